import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { rightsFindings } from '../../src/facts/database/rights-words.ts';
import { worst } from '../../src/model.ts';

const WORDS: Readonly<Record<string, string>> = { pass: 'all that is needed', warn: 'not exactly what is needed' };

/** What this user may really do, by its grants, its active roles and what was revoked in part. */
export const databasePrivileges = defineCheck({
  id: 'database.privileges',
  title: 'Database privileges',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches: "Reads this user's own grants, its roles and the names of the client's databases.",
  remedy: 'Grant the user what it lacks on the databases of the client.',
  requirement: z.strictObject({
    /** Of MySQL; PostgreSQL wants CREATEDB or databases that are there. */
    mysql: z
      .array(z.string().check(z.regex(/^[A-Z][A-Z ]*$/, 'not a privilege such as "CREATE"')))
      .check(z.minLength(1)),
  }),
  limit: ({ mysql }) => ({
    op: 'is',
    value: { mysql, postgresql: ['CREATEDB'] },
    display: `MySQL ${mysql.join(', ')}; PostgreSQL CREATEDB`,
  }),
  async measure(host) {
    const { prefix } = await loginOf(host);
    return { prefix, rights: await host.database('rights') };
  },
  figure({ prefix, rights }, { mysql }) {
    const outcome = worst(rightsFindings(rights, prefix, mysql).map((one) => one.outcome));
    return { value: rights.currentUser, display: `${rights.currentUser}: ${WORDS[outcome] ?? 'not what is needed'}` };
  },
  judge: ({ prefix, rights }, { mysql }) => rightsFindings(rights, prefix, mysql),
});
