import { describe, expect, it } from 'vitest';
import { databasePassword } from '../../../checks/database/password.ts';
import { PASSWORD_TRAPS } from '../../../src/host/answers/database.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, login, NO_LOGIN, over, refused } from './answers.ts';

describe('database.password', () => {
  it('passes a password without traps, also where no connection came about', async () => {
    expect((await judged(databasePassword, answers)).outcome).toBe('pass');
    const failed = { step: 'tcp', kind: 'refused', message: 'x', code: null };
    expect((await judged(databasePassword, over('connect', { failed }))).outcome).toBe('pass');
    expect(databasePassword.needs).toBeUndefined();
  });

  it.each(PASSWORD_TRAPS)('warns of each kind in words of its own: %s', async (trap) => {
    const result = await judged(databasePassword, login({ passwordTraps: [trap] }));
    expect(result).toMatchObject({ outcome: 'warn', findings: [{ subject: trap }], measured: { display: trap } });
  });

  it('says each kind in a finding, and no two kinds in the same words', async () => {
    const { findings } = await judged(databasePassword, login({ passwordTraps: [...PASSWORD_TRAPS] }));
    expect(new Set(findings.map(({ message }) => message)).size).toBe(PASSWORD_TRAPS.length);
  });

  it('warns of no password, and of a file that others may read', async () => {
    expect(saying(await judged(databasePassword, login({ hasPassword: false })))).toMatch(/^warn\n.*is empty/);
    const open = await judged(databasePassword, login({ readableByOthers: ['db.env (0644)'] }));
    expect(saying(open)).toBe('warn\nOthers than its owner may read the password: db.env (0644)');
    expect(open.findings[0]?.remedy).toContain('chmod 600');
  });

  it('names the characters of the vendor, not those of the password', async () => {
    const { message } = await judged(databasePassword, login({ passwordTraps: ['vendor-unsafe'] }));
    expect(message).toContain('?{}&~!()^=');
  });

  it('is skip without a login, and cannot tell without an answer', async () => {
    expect((await judged(databasePassword, NO_LOGIN)).findings[0]?.remedy).toContain('--db-env-file');
    expect((await judged(databasePassword, refused('login'))).outcome).toBe('unknown');
  });
});
