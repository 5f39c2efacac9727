import { describe, expect, test } from 'vitest';
import { learnFrom, ownHost } from '../../../src/redact/learn.ts';
import { redactorOf } from '../../../src/redact/redactor.ts';
import type { Literal } from '../../../src/redact/rule.ts';

const cleaned = (text: string, literals: readonly Literal[] = []): string => {
  const redactor = redactorOf({ key: new Uint8Array(32), literals, own: [], keepNetwork: false });
  return Buffer.from(redactor.block(Buffer.from(text), 'log').bytes).toString();
};

const LAST = 'j7/RowC0qZfdSdwuw4OQs4PxY9QayLevJ9OvxWVxhJvmRT7ZsXBY7I8d';
const KEY = `-----BEGIN PRIVATE KEY-----\n${'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEYj4HAiwFWeyRyEz\n'.repeat(2)}${LAST}\n-----END PRIVATE KEY-----\n`;

describe('what belongs to a marked line goes to the rules with it', () => {
  // Its last line alone holds too little to be marked.
  test.each(['', 'the key:\n', 'a:\nb:\n', 'token=\\\n', 'list: [\n'])(
    'a key behind %j, to its last line',
    (before) => {
      expect(cleaned(`first\n${before}${KEY}behind\n`)).not.toContain(LAST);
      expect(cleaned(`first\n${before}${KEY}behind\n`)).toContain('-----END PRIVATE KEY-----\nbehind\n');
    },
  );
});

test('a phone number of an env file goes in bare digits too, but not as a part of others or a time', () => {
  const text = cleaned(
    'sent 4917155501420 49171555014200 ok 1715550142\n',
    learnFrom('ONCALL_PHONE=+49 171 5550 1420\nPHONE=+1 715 550 142\n', 'env'),
  );
  expect(text).toMatch(/^sent \[phone-[a-z2-7]{8}\] 49171555014200 ok 1715550142\n$/);
});

test('a password may look like a container, and goes; a host of that name is one, and stays', () => {
  const text = 'mysqld: Access denied (welcome2-mysql), installation-mysql is up\n';
  const learnt = learnFrom('WA_DB_PASSWORD=welcome2-mysql\nWA_DB_HOSTNAME=installation-mysql\n', 'env');
  expect(cleaned(text, learnt)).toMatch(/\(\[password-[a-z2-7]{8}\]\), installation-mysql is up\n$/);
});

describe('the name of this host', () => {
  test('goes wherever it stands, also in front of its domain, with one label', () => {
    const text = cleaned('10.9.8.7 fra-prod-core7 fra-prod-core7.bank.example\n', ownHost('fra-prod-core7'));
    const [, short = '', full = ''] = text.trim().split(' ');
    expect(short).toMatch(/^host-[a-z2-7]{8}$/);
    expect(full).toMatch(new RegExp(`^${short}\\.domain-[a-z2-7]{8}\\.example$`));
  });

  test('is looked for under its full and its short name, also where it is a word', () => {
    const names = (name: string) => ownHost(name).map(({ value }) => value);
    expect(names('edge-fra-7.bank.example')).toEqual(['edge-fra-7.bank.example', 'edge-fra-7']);
    expect(names('frankfurt')).toEqual(['frankfurt']);
    for (const common of ['localhost', 'db', 'vm', 'core', 'whatsapp', 'production', 'wa-core-1', '956b6406c915'])
      expect(names(common)).toEqual([]);
  });
});
