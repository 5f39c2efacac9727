import { describe, expect, it } from 'vitest';
import { databaseAuth } from '../../../checks/database/auth.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, login, NO_LOGIN, over, refused } from './answers.ts';

const failed = (kind: string, step = 'login') => ({ step, kind, message: 'its words', code: null });

describe('database.auth', () => {
  it("passes the plugin that the vendor's files start the server with", async () => {
    expect(saying(await judged(databaseAuth, answers))).toBe('pass\nUser wa logs in by mysql_native_password');
  });

  it.each(['caching_sha2_password', 'sha256_password', 'auth_socket', 'ed25519', 'mysql_native_password_2'])(
    'warns of %s, with which the login works',
    async (plugin) => {
      const result = await judged(databaseAuth, over('rights', { plugin }));
      expect(result).toMatchObject({ outcome: 'warn', measured: { value: plugin } });
      expect(result.findings[0]?.remedy).toContain(
        "on MySQL 5.7 and 8.0: ALTER USER 'wa'@'%' IDENTIFIED WITH mysql_native_password BY '...'",
      );
    },
  );

  it('takes the word of the login where the plugin may not be read', async () => {
    const hidden = over('rights', { plugin: null });
    expect((await judged(databaseAuth, hidden)).outcome).toBe('pass');
    const unsaid = {
      ...over('connect', { authentication: null }),
      'database "rights"': hidden['database "rights"'] ?? null,
    };
    expect(saying(await judged(databaseAuth, unsaid))).toMatch(/^skip\n.*not told; the login worked/);
  });

  it.each(['auth-plugin', 'cleartext-refused'])('fails when the login failed because of it: %s', async (kind) => {
    const result = await judged(databaseAuth, over('connect', { failed: failed(kind) }));
    expect(saying(result)).toMatch(/^fail\nThe login as wa failed because of mysql_native_password/);
    expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/);
    if (kind === 'auth-plugin') expect(result.findings[0]?.remedy).toContain("ALTER USER 'wa'@'...' IDENTIFIED");
  });

  it.each([
    ['denied', 'login'],
    ['refused', 'tcp'],
  ])('is skip when it failed for something else: %s', async (kind, step) => {
    const result = await judged(databaseAuth, over('connect', { failed: failed(kind, step) }));
    expect(result).toMatchObject({ outcome: 'skip', findings: [{ subject: 'database.connect' }] });
  });

  it('is skip on PostgreSQL and without a login, and cannot tell without an answer', async () => {
    expect((await judged(databaseAuth, login({ engine: 'postgresql' }))).outcome).toBe('skip');
    expect((await judged(databaseAuth, NO_LOGIN)).outcome).toBe('skip');
    expect((await judged(databaseAuth, refused('connect'))).outcome).toBe('unknown');
    expect((await judged(databaseAuth, refused('rights'))).outcome).toBe('unknown');
  });
});
