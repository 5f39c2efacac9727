import { describe, expect, it } from 'vitest';
import { databaseUpgrade } from '../../../checks/database/upgrade.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { answers, NO_LOGIN, over, postgresql, refused } from './answers.ts';

const LOGIN = 'database "login"';
const BACKED_UP = { [LOGIN]: over('login', { backupTaken: true })[LOGIN] ?? null };
const of = (version: string, comment: string | null = null, more: Answers = {}) =>
  judged(databaseUpgrade, { ...over('server', { version, comment }), ...more });

describe('database.upgrade', () => {
  it.each(['5.6.51', '5.7.44', '5.7.44-log', '5.7.mysql_aurora.2.07.2'])(
    'warns before the move of %s, and passes it with a backup',
    async (version) => {
      const result = await of(version);
      expect(saying(result)).toMatch(/^warn\n.*cannot go back, and MySQL 5\.7 itself .* since 2023-10-31\. No backup/);
      expect(result.findings[0]?.remedy).toContain('--db-backup-taken');
      expect(saying(await of(version, null, BACKED_UP))).toMatch(/^pass\n.*as --db-backup-taken states/);
    },
  );

  it.each(['8.0.36', '8.4.3', '9.1.0', '10.0.0'])('passes %s: it is past the move', async (version) => {
    expect(saying(await of(version))).toMatch(/^pass\n.*no way back to 5\.7/);
  });

  it('has nothing to say of other products, and cannot tell without a release', async () => {
    expect((await of('10.11.6-MariaDB')).outcome).toBe('skip');
    expect((await of('5.7.25-TiDB-v7.1.0')).outcome).toBe('skip');
    expect((await judged(databaseUpgrade, postgresql())).outcome).toBe('skip');
    expect((await of('next')).outcome).toBe('unknown');
    expect((await judged(databaseUpgrade, refused('server'))).outcome).toBe('unknown');
    expect((await judged(databaseUpgrade, NO_LOGIN)).outcome).toBe('skip');
    expect((await judged(databaseUpgrade, answers)).outcome).toBe('pass');
  });
});
