import * as z from 'zod/mini';
import { defineCheck, pass, skip, unknown, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { databaseVersion } from '../../src/facts/database/version.ts';
import { atLeast, versionNumber } from '../../src/facts/version-number.ts';
import { versionLimit } from '../../src/units.ts';

/** Whether the way to the next release of MySQL, which nobody can go back, is covered by a backup. */
export const databaseUpgrade = defineCheck({
  id: 'database.upgrade',
  title: 'Database upgrade',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches: "Reads the server's version, and whether --db-backup-taken was given.",
  remedy: 'Take a backup before MySQL is moved to 8.0, and say so with --db-backup-taken.',
  requirement: z.strictObject({ oneWay: versionLimit, endOfLife: z.iso.date() }),
  limit: ({ oneWay }) => ({ op: 'is', value: 'backed up', display: `a backup before the move to MySQL ${oneWay}` }),
  async measure(host) {
    await loginOf(host);
    const { backupTaken } = await host.database('login');
    const server = await host.database('server');
    const { name, kinship, series, numbers } = databaseVersion(server);
    return { engine: server.engine, name, kinship, series, numbers, backupTaken };
  },
  figure: ({ name, numbers, backupTaken }) => ({
    value: backupTaken,
    display: `${name} ${numbers ?? ''}`.trim() + (backupTaken ? ', backup taken' : ''),
  }),
  judge({ engine, name, kinship, series, backupTaken }, { oneWay, endOfLife }) {
    if (engine !== 'mysql' || kinship === 'other')
      return skip(`Nothing to say of ${name}: only the move to MySQL ${oneWay} is meant.`);
    const number = series === null ? null : versionNumber(series);
    if (number === null)
      return unknown('The server tells no release, so the move ahead is not known', {
        remedy: 'Find out what this server is (database.version says what it tells).',
      });
    const is = `${name} ${series}`;
    if (atLeast(number, oneWay)) return pass(`${is}: from here there is no way back to 5.7, and none is needed`);
    const ahead = `${is}; a database that was moved to ${oneWay} cannot go back, and MySQL 5.7 itself has had no updates since ${endOfLife}`;
    if (backupTaken) return pass(`${ahead}. A backup was taken, as --db-backup-taken states`);
    return warn(`${ahead}. No backup was stated`, {
      remedy: 'Take a backup before the move and try to restore it, then give --db-backup-taken.',
    });
  },
});
