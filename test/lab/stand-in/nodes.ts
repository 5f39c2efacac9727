import type { Behaviour } from './behaviour.ts';
import type { Placed } from './cluster.ts';
import { BANNER, type Deployment } from './deployment.ts';
import { type ApiError, apiError } from './errors.ts';

// The bodies of health and support, as onprem-api.md 3.2 and 3.3 have them.

/** A body, or the error that the only node there is gave. */
export type Told = { readonly body: Readonly<Record<string, unknown>> } | { readonly error: ApiError };

/** One answer for the only node, or one for each under its key. */
const perNode = (
  name: string,
  nodes: readonly Placed[],
  single: boolean,
  tell: (node: Placed) => Readonly<Record<string, unknown>>,
): Told => {
  const [first] = nodes;
  if (single && first) return first.fault === null ? { body: { [name]: tell(first) } } : down(first.fault);
  const each = nodes.map((node) => [
    node.key,
    node.fault === null ? tell(node) : { errors: [apiError(1014, node.fault)] },
  ]);
  return { body: { [name]: Object.fromEntries(each) } };
};
const down = (why: string): Told => ({ error: apiError(1014, why) });

export const health = (nodes: readonly Placed[], { topology }: Deployment): Told =>
  perNode('health', nodes, topology === 'single', ({ gateway, role }) => ({
    gateway_status: gateway,
    ...(topology !== 'single' && { role }),
  }));

const SOCKETS: Readonly<Record<Placed['gateway'], string>> = {
  connected: 'UP',
  connecting: 'SC',
  disconnected: 'DN',
  uninitialized: 'UNK',
  unregistered: 'DN',
};

export const support = (nodes: readonly Placed[], deployment: Deployment, behaviour: Behaviour): Told =>
  perNode('support', nodes, deployment.topology === 'single', ({ facts, gateway, role, shards }) => {
    const free = (bytes: number | undefined) => behaviour.freeBytes ?? bytes ?? 0;
    const meant = gateway === 'connected' || gateway === 'connecting';
    return {
      context: 'healthcheck',
      db_engine: deployment.database.engine,
      db_info: [deployment.database.version],
      debug_info: gateway === 'unregistered' ? 'unregistered' : deployment.phoneNumber,
      description: `${BANNER} ${deployment.version}`,
      device_iso8601: new Date(Date.now() + behaviour.clockOffMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      e2e: { identity_timestamp: '2024-02-11T09:00:00Z', registration_id: 911_204_417 },
      env: facts?.env ?? [],
      expire_timestamp: behaviour.expires ?? deployment.expires,
      free_space_data: free(facts?.freeBytes.data),
      free_space_logs: free(facts?.freeBytes.logs),
      free_space_media_incoming: free(facts?.freeBytes.media),
      free_space_media_outgoing: free(facts?.freeBytes.media),
      lc: 'en',
      lg: 'US',
      multi_connect: deployment.topology !== 'single',
      os_name: 'ubuntu-x86_64',
      os_version: '20.04',
      schema: behaviour.schema,
      socket_conn: meant && behaviour.socket !== null ? behaviour.socket : SOCKETS[gateway],
      version: (behaviour.version ?? deployment.version).replace(/^v/, ''),
      ...(deployment.topology !== 'single' && { role, shards }),
    };
  });
