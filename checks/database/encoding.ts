import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { encodingOf } from '../../src/facts/database/settings.ts';

const name = z.string().check(z.minLength(1));
const LESS: Readonly<Record<string, string>> = {
  utf8: ', which holds no emoji',
  utf8mb3: ', which holds no emoji',
  sql_ascii: ', which checks and converts nothing',
};

/** Whether a database that is created without more words can hold every character of a message. */
export const databaseEncoding = defineCheck({
  id: 'database.encoding',
  title: 'Database encoding',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches: "Reads the server's default character set.",
  remedy: 'Let new databases hold all of Unicode: utf8mb4 on MySQL, UTF8 on PostgreSQL.',
  requirement: z.strictObject({ mysql: name, postgresql: name }),
  limit: ({ mysql, postgresql }) => ({
    op: 'is',
    value: { mysql, postgresql },
    display: `MySQL ${mysql}, PostgreSQL ${postgresql}`,
  }),
  async measure(host) {
    await loginOf(host);
    const server = await host.database('server');
    return { engine: server.engine, ...encodingOf(server) };
  },
  figure: ({ encoding }) => ({ value: encoding, display: encoding ?? 'not told' }),
  judge({ engine, encoding, lacking }, requirement) {
    const needed = requirement[engine];
    if (lacking)
      return warn(`The server does not know ${needed}, without which no emoji can be stored`, {
        remedy: `Move to a server that knows ${needed}.`,
      });
    if (encoding === null)
      return unknown('The server does not tell its encoding', {
        remedy: `Ask it as an administrator: ${engine === 'mysql' ? "SHOW VARIABLES LIKE 'character_set_server'" : 'SHOW server_encoding'}.`,
      });
    if (encoding.toLowerCase() === needed.toLowerCase()) return pass(`New databases hold all of Unicode (${encoding})`);
    return warn(`The default encoding is ${encoding}${LESS[encoding.toLowerCase()] ?? ''}; ${needed} advised`, {
      remedy:
        engine === 'mysql'
          ? `Set character-set-server = ${needed} in the server's configuration, before the client creates its databases.`
          : `Create the client's databases with ENCODING '${needed}' from template0, or make the cluster anew with it.`,
    });
  },
});
