import { describe, expect, it } from 'vitest';
import { parseOptionFile } from '../../../../src/host/live/login/my-cnf.ts';
import { passwordIn } from '../../../../src/host/live/login/pgpass.ts';

const wanted = { host: 'db-1', port: 5432, database: 'wa', user: 'me' };

describe('.pgpass', () => {
  it.each([
    ['a line that names all', 'db-1:5432:wa:me:pw', 'pw'],
    ['wildcards', '*:*:*:*:pw', 'pw'],
    ['the first that matches', 'db-2:*:*:*:no\n*:5433:*:*:no\ndb-1:*:*:me:first\n*:*:*:*:second', 'first'],
    ['another database', 'db-1:5432:other:me:pw', null],
    ['another user', '*:*:*:you:pw', null],
    ['a comment', '#*:*:*:*:no\n*:*:*:*:pw', 'pw'],
    ['escapes in the password', 'db-1:*:*:me:a\\:b\\\\c', 'a:b\\c'],
    ['a colon in the password', 'db-1:*:*:me:a:b', 'a:b'],
    ['the ends of lines of Windows', 'db-1:*:*:me:pw\r\n', 'pw'],
    ['a star that is meant', '\\*:*:*:me:no', null],
    ['too few fields', 'db-1:5432:wa:me', null],
    ['an empty password', 'db-1:5432:wa:me:', null],
    ['an empty file', '', null],
  ])('%s', (_, text, password) => {
    expect(passwordIn(text, wanted)).toBe(password);
  });

  it('takes escaped fields, sockets as localhost, and any database where none is named', () => {
    expect(passwordIn('\\:\\:1:5432:wa:a\\:b:pw', { ...wanted, host: '::1', user: 'a:b' })).toBe('pw');
    expect(passwordIn('localhost:*:*:me:pw', { ...wanted, host: '/run/postgresql' })).toBe('pw');
    expect(passwordIn('db-1:5432:other:me:pw', { ...wanted, database: null })).toBe('pw');
  });
});

describe('option files of MySQL', () => {
  const client = (text: string) => Object.fromEntries(parseOptionFile(text, 'client').options);
  it.each([
    ['spaces around', '[client]\n  user =  wa  \n', { user: 'wa' }],
    ['other groups', '[mysqld]\nuser=no\n[client]\nuser=wa\n[mysql]\nuser=no\n', { user: 'wa' }],
    ['the last one', '[client]\nuser=a\n[client]\nuser=b\n', { user: 'b' }],
    [
      'dashes and underscores',
      '[client]\nssl_ca=/a\nloose-ssl-mode=REQUIRED\n',
      { 'ssl-ca': '/a', 'ssl-mode': 'REQUIRED' },
    ],
    ['quotes', '[client]\npassword="a # b"\nuser=\'it "s\'\n', { password: 'a # b', user: 'it "s' }],
    ['a hash outside of quotes', '[client]\npassword=test#pass\n', { password: 'test' }],
    ['comments', '# a\n; b\n[client] # c\n;user=no\nuser=wa # d\n', { user: 'wa' }],
    ['escapes', '[client]\npassword=a\\sb\\\\c\\"\\x\n', { password: 'a b\\c"\\x' }],
    ['equals signs', '[client]\npassword=a=b=\n', { password: 'a=b=' }],
    ['an option without a value', '[client]\npassword\ncompress\n', {}],
    ['the ends of lines of Windows, and a mark', '\ufeff[client]\r\nuser=wa\r\n', { user: 'wa' }],
  ])('%s', (_, text, options) => {
    expect(client(text)).toEqual(options);
  });

  it('tells of files that it does not follow', () => {
    expect(parseOptionFile('!includedir /etc/mysql/conf.d\n', 'client').includes).toBe(true);
    expect(parseOptionFile('[client]\npassword=!include x\n', 'client').includes).toBe(false);
  });
});
