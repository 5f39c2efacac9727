import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { connectionsOf } from '../../src/facts/database/settings.ts';
import { ratio } from '../../src/units.ts';

const most = z.int().check(z.positive());

/** How many connections the server allows ordinary users, and how many of them are taken. */
export const databaseConnections = defineCheck({
  id: 'database.connections',
  title: 'Database connections',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches: "Reads max_connections, what is reserved of them, and how many are in use, from the server's own tables.",
  remedy: 'Raise max_connections at the server.',
  requirement: z.strictObject({ mysql: most, postgresql: most, warnShare: ratio }),
  limit: ({ mysql, postgresql }) => ({
    op: '>=',
    value: { mysql, postgresql },
    display: `MySQL >= ${mysql}, PostgreSQL >= ${postgresql}`,
  }),
  async measure(host) {
    await loginOf(host);
    const server = await host.database('server');
    return { engine: server.engine, ...connectionsOf(server) };
  },
  figure: ({ max, reserved, used }) => ({
    value: max,
    unit: '{connection}',
    display: `${max ?? 'not told'}${reserved ? `, ${reserved} reserved` : ''}${used === null ? '' : `, ${used} in use`}`,
  }),
  judge({ engine, max, reserved, own, used }, requirement) {
    const least = requirement[engine];
    if (max === null)
      return unknown('The server does not tell max_connections', {
        remedy: `Ask it as an administrator: ${engine === 'mysql' ? "SHOW VARIABLES LIKE 'max_connections'" : 'SHOW max_connections'}.`,
      });
    const room = Math.max(1, max - reserved);
    const is = `${max} connections${reserved ? `, ${reserved} of them for administrators` : ''}${own === null ? '' : `, ${own} for this user`}${used === null ? '' : `, ${used} in use`}`;
    const remedy = `Raise max_connections to ${least} or more at the server.`;
    if (max < least) return warn(`${is}; at least ${least} advised`, { remedy });
    if (own !== null && own < least)
      return warn(`${is}; at least ${least} for the client's user advised`, {
        remedy: `Raise the limit of this user's connections to ${least} or more.`,
      });
    if (used !== null && used >= room * requirement.warnShare)
      return warn(`${is}: ${Math.round((used / room) * 100)} % of what users may have are taken`, {
        remedy: 'Raise max_connections at the server, or end connections that nobody uses.',
      });
    return pass(is);
  },
});
