import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { numberIn, queryCacheLeftOver, readOnlyReasons } from '../../src/facts/database/settings.ts';
import { databaseVersion } from '../../src/facts/database/version.ts';
import { apart, gibibytes, milliseconds, size } from '../../src/units.ts';

/** Settings that let a healthy server fail the client later: what MySQL 8 refuses, time-outs, read-only, small packets. */
export const databaseSettings = defineCheck({
  id: 'database.settings',
  title: 'Database settings',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches: "Reads a fixed list of the server's settings and states.",
  remedy: "Mend the setting that the message names in the server's configuration.",
  requirement: z.strictObject({ minPacket: size }),
  limit: () => ({ op: 'is', value: 'fitting', display: 'writable, time-outs and packets large enough' }),
  async measure(host) {
    const { idleTimeoutMs } = await loginOf(host);
    const server = await host.database('server');
    const seconds = server.engine === 'mysql' ? numberIn(server.variables, 'wait_timeout') : null;
    return {
      engine: server.engine,
      readOnly: readOnlyReasons(server),
      // Amazon sets the query cache of Aurora, and takes it out itself when it moves one to 8.0.
      queryCache:
        server.engine === 'mysql' && databaseVersion(server).product !== 'aurora-mysql'
          ? queryCacheLeftOver(server)
          : [],
      waitTimeoutMs: seconds === null ? null : seconds * 1000,
      idleTimeoutMs,
      packet: server.engine === 'mysql' ? numberIn(server.variables, 'max_allowed_packet') : null,
      known: Object.keys(server.variables).length + Object.keys(server.status).length,
    };
  },
  figure: ({ readOnly }) => ({
    value: readOnly.length ? 'read-only' : 'writable',
    display: readOnly.length ? 'read-only' : 'writable',
  }),
  judge({ readOnly, queryCache, waitTimeoutMs, idleTimeoutMs, packet, known }, { minPacket }) {
    if (known === 0) throw new Error('the server tells none of its settings');
    const short = waitTimeoutMs !== null && idleTimeoutMs !== null && waitTimeoutMs < idleTimeoutMs;
    const [waits, keeps] = apart([waitTimeoutMs ?? 0, idleTimeoutMs ?? 0], milliseconds, 'ms');
    const small = packet !== null && packet < minPacket;
    const [has, needs] = apart([packet ?? 0, minPacket], gibibytes, 'bytes');
    const findings = [
      ...(readOnly.length
        ? [
            warn(
              `The server is read-only or a replica (${readOnly.join(', ')}); what the client writes there is refused or stays there`,
              {
                subject: 'read-only',
                remedy: 'Give the client the address of the primary server.',
              },
            ),
          ]
        : []),
      ...(queryCache.length
        ? [
            warn(`The query cache is set (${queryCache.join(', ')}); MySQL 8.0 does not start with such settings`, {
              subject: 'query_cache',
              remedy: "Take query_cache_* out of the server's configuration before it is moved to 8.0.",
            }),
          ]
        : []),
      ...(short
        ? [
            warn(
              `The server closes idle connections after ${waits} (wait_timeout), the client keeps them for ${keeps} (WA_DB_CONNECTION_IDLE_TIMEOUT)`,
              { subject: 'wait_timeout', remedy: 'Raise wait_timeout above WA_DB_CONNECTION_IDLE_TIMEOUT.' },
            ),
          ]
        : []),
      ...(small
        ? [
            warn(`A statement may be ${has} long (max_allowed_packet); ${needs} advised`, {
              subject: 'max_allowed_packet',
              remedy: `Raise max_allowed_packet to ${gibibytes(minPacket)} or more.`,
            }),
          ]
        : []),
    ];
    return findings.length
      ? findings
      : pass('The server can be written to, and its time-outs and packets suit the client');
  },
});
