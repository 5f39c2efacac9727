import { describe, expect, it } from 'vitest';
import { isMysqlGreeting, looksLike } from '../../../../src/host/child/database/first-words.ts';
import { isWhole, readGreeting, toned } from '../../../../src/host/child/database/mysql/greeting.ts';
import { answerWithout, withoutPassword } from '../../../../src/host/child/database/without-password.ts';
import { orderOf, PASSWORD } from '../../../support/database-order.ts';
import { error, greeting } from '../../../support/rogue-mysql.ts';
import { error as postgresError } from '../../../support/rogue-postgres.ts';

describe('the first words of a server', () => {
  it.each([
    ['a greeting of MySQL', greeting(), 'a MySQL server'],
    ['of MariaDB', greeting({ version: '5.5.5-10.11.19-MariaDB-0+deb12u1' }), 'a MySQL server'],
    ['an error of MySQL', error(0, 1040, 'Too many connections'), 'a MySQL server'],
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n'), 'an HTTP server'],
    ['a page', Buffer.from('<!DOCTYPE html>'), 'an HTTP server'],
    ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'), 'an SSH server'],
    ['mail', Buffer.from('220 mail ESMTP\r\n'), 'a mail or FTP server'],
    ['Redis', Buffer.from('-ERR unknown command\r\n'), 'a Redis server'],
    ['an alert of TLS', Buffer.from([0x15, 3, 1, 0, 2]), 'a server that wants TLS at once'],
    ['nothing known', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]), null],
    ['nothing', Buffer.alloc(0), null],
  ] as const)('%s', (_name, said, like) => {
    expect(looksLike(said)).toBe(like);
  });

  it('of PostgreSQL are not taken for MySQL, at any length', () => {
    for (let length = 0; length < 400; length += 1)
      expect(isMysqlGreeting(postgresError('28000', 'x'.repeat(length)))).toBe(false);
  });
});

describe('a greeting', () => {
  it('is read at every length but whole, without a fault', () => {
    const said = greeting({ tls: true, plugin: 'caching_sha2_password' });
    for (let length = 0; length < said.length; length += 1) expect(isWhole(said.subarray(0, length))).toBe(false);
    expect(isWhole(said)).toBe(true);
    for (let length = 5; length < said.length; length += 1) readGreeting(said.subarray(0, length));
    expect(readGreeting(said)).toMatchObject({ offersTls: true, plugin: 'caching_sha2_password' });
    expect(readGreeting(greeting())).toMatchObject({ offersTls: false, plugin: 'mysql_native_password' });
    expect(readGreeting(greeting({ protocol: 9 }))).toBe(null);
  });

  it('is handed on without TLS, and with nothing else changed but its number', () => {
    const said = greeting({ tls: true });
    const read = readGreeting(said);
    if (!read) throw new Error('it was not read');
    const plain = toned(said, read, 1);
    expect(readGreeting(plain)).toEqual({ ...read, offersTls: false });
    const changed = [...said].flatMap((byte, at) => (plain[at] === byte ? [] : [at]));
    expect(changed).toEqual([3, read.at + 1]);
  });
});

describe('the password', () => {
  const login = orderOf({}).login;

  it('is cut out of words in every form', () => {
    const forms = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PASSWORD).toString('base64')];
    for (const form of forms) expect(withoutPassword(`it was ${form}!`, PASSWORD)).toBe('it was ***!');
    expect(withoutPassword('it was short', '')).toBe('it was short');
    expect(withoutPassword('a b', 'b')).toBe('a ***');
    expect(withoutPassword("access denied for e, password 'e'", 'e')).toBe("access denied for ***, password '***'");
    expect(withoutPassword('x'.repeat(5000), PASSWORD).length).toBe(1003);
  });

  it('is cut out of answers, unless it is a short word or part of a name', () => {
    const answer = { version: `8.0.36-${PASSWORD}`, list: [PASSWORD], n: 1, none: null };
    expect(answerWithout(answer, login)).toEqual({ version: '8.0.36-***', list: ['***'], n: 1, none: null });
    expect(answerWithout({ version: '8.0.36' }, { ...login, password: '8.0' })).toEqual({ version: '8.0.36' });
    const named = { ...login, user: 'postgres-1', password: 'postgres' };
    expect(answerWithout({ user: 'postgres-1' }, named)).toEqual({ user: 'postgres-1' });
  });
});
