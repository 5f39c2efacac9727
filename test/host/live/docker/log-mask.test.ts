import { describe, expect, it } from 'vitest';
import { masker, secretsIn } from '../../../../src/host/live/docker/log-mask.ts';

const plain = masker([]);

describe('what a line of a log may show', () => {
  it.each([
    ['to +66 81 234 5678 now', 'to *********78 now'],
    ['id 15550100077', 'id *********77'],
    ['(555) 010-0077', '(********77'],
    ['at 2026-11-22T11:12:13.123456Z', 'at 2026-11-22T11:12:13.123456Z'],
    ['at 2026-11-22 11:12:13', 'at 2026-11-22 11:12:13'],
    ['from 192.168.100.100:3306', 'from 192.168.100.100:3306'],
    ['error 2006 of 123456', 'error 2006 of 123456'],
    ['{"body":"see you"}', '{"body":"***"}'],
    ['{"body" : "with \\" and \\\\","x":1}', '{"body" : "***","x":1}'],
    ['{"body":"without an end', '{"body":"***'],
    [String.raw`"{\"body\":\"he said \\\"no\\\" twice\",\"x\":1}"`, String.raw`"{\"body\":\"***\",\"x\":1}"`],
    ['{"profile":{"name":"Somchai"}}', '{"profile":{"name":"***"}}'],
    ['password=hunter2 rest', 'password=*** rest'],
    ['"WA_SECRET": "abc"', '"WA_SECRET": "***"'],
    ['api_key: abcdef, next', 'api_key: ***, next'],
    ['Authorization: Bearer abcdef123.x', 'Authorization: Bearer ***'],
    ['token eyJhbGciOiJIUzI1.eyJzdWIi.c2ln end', 'token *** end'],
    ['certificate verify failed', 'certificate verify failed'],
    ['POST https://me:p@ss@hook.example:8443/tok/in?x=1 failed', 'POST https://***@hook.example:8443/*** failed'],
    [
      String.raw`{\"url\":\"http://hook.example/tok\",\"n\":1}`,
      String.raw`{\"url\":\"http://hook.example/***\",\"n\":1}`,
    ],
    ['at https://hook.example?k=1 and mysql://wa:pw@db/x', 'at https://hook.example?*** and mysql://***@db/x'],
    ['connect to https://hook.example:443: refused', 'connect to https://hook.example:443: refused'],
    ["insert into message (body) values ('it''s me', 'you')", "insert into message (body) values ('***', '***')"],
    ['UPDATE message SET body="see you" WHERE id=7', 'UPDATE message SET body="***" WHERE id=7'],
    ["QSqlError: Table 'wa.messages' doesn't exist", "QSqlError: Table 'wa.messages' doesn't exist"],
    ['nothing to hide', 'nothing to hide'],
  ])('%s', (line, shown) => {
    expect(plain(line)).toBe(shown);
  });

  it('takes out every secret of an environment, as it is and as it is written elsewhere', () => {
    const secrets = secretsIn({
      WA_DB_PASSWORD: 'p&ss "word"',
      WA_DB_HOSTNAME: 'db-1.internal',
      WA_DB_USERNAME: 'whatsapp',
      WA_API_KEY: 'key-of-12345',
      DATA_SOURCE_NAME: 'wa:s3cr3t-in-dsn@(db:3306)/',
      DATABASE_URL: 'mysql://wa:p%40ssw0rd@db/x',
      ANYTHING: 'unknown-value',
      SHORT: 'abcde',
      EMPTY: '',
    });
    const mask = masker(secrets);
    const hidden = ['p&ss "word"', 'p%26ss%20%22word%22', 'p&ss \\"word\\"', 'key-of-12345', 's3cr3t-in-dsn'];
    for (const text of [...hidden, 'p%40ssw0rd', 'p@ssw0rd', 'unknown-value'])
      expect(mask(`a ${text} b`)).not.toContain(text);
    expect(mask('user whatsapp at db-1.internal, abcde')).toBe('user whatsapp at db-1.internal, abcde');
  });

  it.each([
    '"body":"',
    '\\"body\\":\\"',
    'password=',
    '\\',
    '1 ',
    '1',
    'a',
    '"',
    'bearer ',
    'eyJ',
    'x-',
    '{"to":"',
    'http://',
    'https://a/',
    "insert ('",
    'select ="',
    'values(',
  ])('is found in no more time than a line is long: %s again and again', (part) => {
    const line = part.repeat(Math.ceil(65_536 / part.length));
    const since = performance.now();
    plain(line);
    expect(performance.now() - since).toBeLessThan(1000);
  });
});
