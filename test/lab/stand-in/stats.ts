import type { Behaviour } from './behaviour.ts';
import type { Placed } from './cluster.ts';
import type { Deployment } from './deployment.ts';
import { apiError } from './errors.ts';
import type { Told } from './nodes.ts';

// The bodies of stats/app, stats/db and metrics, as onprem-api.md 3.4 and 3.5 have them.

type Row = { readonly labels?: Readonly<Record<string, string>>; readonly value: number };
type Metric = { readonly data: readonly Row[]; readonly help: string; readonly type: 'counter' | 'gauge' };
type Metrics = Readonly<Record<string, Metric>>;

const counter = (help: string, ...data: readonly Row[]): Metric => ({ data, help, type: 'counter' });
const gauge = (help: string, ...data: readonly Row[]): Metric => ({ data, help, type: 'gauge' });
const value = (number: number): Row => ({ value: number });

/** Calls since the start: enough of them that a share of one hundredth shows. */
const REQUESTS = 20_000;
const CALLBACKS = 4000;
/** A call to the database takes so long at the mean, µs. */
const SQL_US = 1400;

const appMetrics = ({ callbackQueue, sqlErrors, callbackFailures }: Behaviour): Metrics => {
  const [errors, failed] = [Math.round(REQUESTS * sqlErrors), Math.round(CALLBACKS * callbackFailures)];
  const of = (result: string, number: number): Row => ({ labels: { result, type: 'inbound_message' }, value: number });
  const failures = failed > 0 ? [of('503', failed)] : [];
  return {
    callback_queue_size: gauge('Current callback queue size', value(callbackQueue)),
    callback_requests: counter(
      'Total number of callback requests made',
      of('success', CALLBACKS - failed),
      ...failures,
    ),
    callback_requests_duration_ms_count: counter('Callback requests that were timed', value(CALLBACKS)),
    callback_requests_duration_ms_sum: counter('Time that callback requests took', value(CALLBACKS * 40)),
    concurrent_rate_limit_triggered: counter('Times that the rate limit was hit', value(0)),
    db_request_duration_us_count: counter('Calls to the database', value(REQUESTS - errors)),
    db_request_duration_us_sum: counter('Time that calls to the database took', value((REQUESTS - errors) * SQL_US)),
    db_request_error_duration_us_count: counter('Calls to the database that failed', value(errors)),
    db_request_error_duration_us_sum: counter('Time that failed calls took', value(errors * SQL_US)),
    endpoint_requests: counter('Requests by endpoint', { labels: { endpoint: 'control' }, value: 900 }),
    in_message_decoded: counter('Messages decoded', value(CALLBACKS)),
    in_message_from_server: counter('Messages from the server', value(CALLBACKS)),
    in_message_persisted: counter('Messages persisted', value(CALLBACKS)),
    in_messages_pending_processing: gauge('Messages that wait', value(0)),
  };
};

const databaseMetrics = (): Metrics => ({
  db_contacts: gauge(
    'Contacts',
    { labels: { type: 'whatsapp_user' }, value: 1203 },
    { labels: { type: 'non_whatsapp_user' }, value: 77 },
  ),
  db_message_receipts: gauge('Receipts', value(9021)),
  db_messages: gauge('Messages', value(4410)),
  db_pending_callbacks: gauge('Callbacks that wait', value(3)),
  db_pending_messages: gauge('Messages that wait', value(0)),
});

const stats = (
  part: 'app' | 'db',
  nodes: readonly Placed[],
  { topology }: Deployment,
  tell: (node: Placed) => Metrics,
): Told => {
  const [first] = nodes;
  if (topology === 'single' && first)
    return first.fault === null ? { body: { stats: { [part]: tell(first) } } } : { error: apiError(1014, first.fault) };
  const each = nodes.map((node) => [
    node.key,
    node.fault === null ? tell(node) : { errors: [apiError(1014, node.fault)] },
  ]);
  return { body: { stats: { [part]: Object.fromEntries(each) } } };
};

export const statsApp = (nodes: readonly Placed[], deployment: Deployment, behaviour: Behaviour): Told =>
  stats('app', nodes, deployment, () => appMetrics(behaviour));

/** Of more than one node, only the primary master tells. */
export const statsDatabase = (nodes: readonly Placed[], deployment: Deployment): Told =>
  stats('db', nodes, deployment, ({ role }) =>
    deployment.topology === 'single' || role === 'primary_master' ? databaseMetrics() : {},
  );

export const webMetrics = ({ pendingConnections }: Behaviour, uptime: number): Metrics => {
  const node = (number: number, labels: Readonly<Record<string, string>> = {}): Row => ({
    labels: { node: 'waweb', ...labels },
    value: number,
  });
  return {
    web_uptime: gauge('Seconds since the start', node(uptime)),
    web_connections: gauge('Connections', node(2)),
    web_pending_connections: gauge('Connections that wait for a worker', node(pendingConnections)),
    web_max_pending_connections: gauge('The most that waited', node(pendingConnections)),
    web_queue_len: gauge('Length of the queue', node(128)),
    web_idle_processes: gauge('Workers that wait', node(pendingConnections > 0 ? 0 : 6)),
    web_requests: counter('Requests', node(812, { state: 'done' })),
    api_requests_duration_ms_sum: counter('Time', node(9000, { result: '200', method: 'GET_v1_health' })),
  };
};

/** The text form, asked for by `?format=prometheus`. */
export const prometheus = (metrics: Metrics): string =>
  Object.entries(metrics)
    .map(([name, { help, type, data }]) => {
      const rows = data.map(({ labels = {}, value: number }) => {
        const inner = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
        return `${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${number}`;
      });
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...rows, ''].join('\n');
    })
    .join('');
