import * as preset from '@secretlint/secretlint-rule-preset-recommend';
import { describe, expect, test } from 'vitest';
import { KEYWORDS } from '../../src/bundle/scanner-keywords.ts';
import { secondScanOf } from '../../src/bundle/second-scan.ts';
import { SecretLeft } from '../../src/bundle/secret-left.ts';
import { redactorOf } from '../../src/redact/redactor.ts';

const rule = { id: 'credential.password', tier: 'credential', kind: 'password' } as const;
const VALUE = 'Gk27-fresh-Orchard-91';
const scan = secondScanOf([{ rule, value: VALUE }]);

const letters = (count: number, of = 'aB3dE5gH7jK9mN1pQ2sT4vW6xY8z'): string =>
  Array.from({ length: count }, (_, at) => of[(at * 11 + 5) % of.length]).join('');

/** What each rule of the scanner finds, put together here so that no such thing stands in this file. */
const SAMPLES: Record<string, string> = {
  aws: `aws_secret_access_key = ${letters(40)}`,
  npm: `npm_${letters(36)}`,
  basicauth: `https://someone:${letters(12)}@example.com`,
  slack: `xoxb-${letters(12)}-${letters(20)}`,
  sendgrid: `SG.${letters(22)}.${letters(43)}`,
  shopify: `shpat_${letters(32)}`,
  stripe: `sk_live_${letters(24)}`,
  github: `ghp_${letters(36)}`,
  gitlab: `glpat-${letters(20)}`,
  groq: `gsk_${letters(52)}`,
  huggingface: `hf_${letters(34, 'abcdefghijklm')}`,
  linear: `lin_api_${letters(40)}`,
  'database-connection-string': `postgresql://someone:${letters(12)}@db/one`,
  'hashicorp-vault': `hvs.${letters(95)}`,
  databricks: `dapi${letters(32, '0123456789abcdef')}`,
  docker: `dckr_pat_${letters(27)}`,
  figma: `figd_${letters(44)}`,
};
const samples = Object.entries(SAMPLES);
const inLog = (text: string): Buffer =>
  Buffer.from(`INFO one ordinary line\nERROR it said ${text} and stopped\nINFO another one\n`);

describe('a second scan', () => {
  test.each(samples)('finds what %s knows, in all of a file and by its words alone', async (_, sample) => {
    for (const everything of [true, false])
      await expect(scan('app/a.log', inLog(sample), everything)).rejects.toThrow(SecretLeft);
  });

  test.each(samples)('is never met with what %s knows: the redactor has taken it out', async (_, sample) => {
    const redactor = redactorOf({ key: new Uint8Array(32).fill(3), literals: [], own: [], keepNetwork: false });
    await scan('app/a.log', redactor.block(inLog(sample), 'log').bytes, true);
  });

  test('takes what a manual writes for a password for none', async () => {
    await scan('compose/db.env', Buffer.from('# mysql://wa:<your password>@db:3306/\n'), true);
    await expect(scan('compose/db.env', Buffer.from('# mysql://wa:<x9>@db:3306/\n'), true)).rejects.toThrow(SecretLeft);
  });

  test('finds a secret of this host in any spelling, and never says it', async () => {
    for (const text of [
      VALUE,
      encodeURIComponent(VALUE),
      Buffer.from(`u:${VALUE}`).toString('base64'),
      Buffer.from(VALUE).toString('hex'),
    ]) {
      const error = await scan('app/a.log', inLog(text), false).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SecretLeft);
      expect(String(error)).toBe(
        'SecretLeft: app/a.log: a second scan still finds a secret of this host there (credential.password)',
      );
    }
  });

  test('names the rule and the file, and not the value', async () => {
    const sample = SAMPLES['github'] ?? '';
    const error = await scan('app/a.log', inLog(sample), true).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('app/a.log');
    expect(String(error)).toContain('github');
    expect(String(error)).not.toContain(sample.slice(4, 12));
  });

  test('is not switched off by what a log says', async () => {
    const text = Buffer.concat([Buffer.from('secretlint-disable\n'), inLog(SAMPLES['github'] ?? '')]);
    await expect(scan('a', text, true)).rejects.toThrow(SecretLeft);
  });

  test('lets our own labels pass', async () => {
    await scan('a', inLog('postgresql://[user-abcdefgh]:[password-abcdefgh]@host-abcdefgh:5432/waweb'), true);
  });
});

test('every rule of the scanner has its words here, and none is named that it does not have', () => {
  const ids = preset.rules.map(({ meta }) => meta.id.replace('@secretlint/secretlint-rule-', ''));
  expect(Object.keys(KEYWORDS).sort()).toEqual(ids.filter((id) => id !== 'filter-comments').sort());
});
