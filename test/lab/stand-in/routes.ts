import type { Behaviour } from './behaviour.ts';
import type { Placed } from './cluster.ts';
import type { Control } from './control.ts';
import type { Deployment } from './deployment.ts';
import { apiError } from './errors.ts';
import { health, support, type Told } from './nodes.ts';
import type { Credentials } from './sessions.ts';
import { settings } from './settings.ts';
import { prometheus, statsApp, statsDatabase, webMetrics } from './stats.ts';

export type Request = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly credentials: Credentials;
  readonly from: string;
  readonly body: string;
};
export type Reply = {
  readonly status: number;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly text?: { readonly type: string; readonly body: string };
  readonly later?: number;
  readonly never?: boolean;
};

type Asked = {
  readonly request: Request;
  readonly behaviour: Behaviour;
  readonly deployment: Deployment;
  readonly nodes: () => Promise<readonly Placed[]>;
};
export type Node = {
  /** user: any token. key: an API key does as well. admin: the administrator's token. */
  readonly who: 'nobody' | 'user' | 'key' | 'admin';
  readonly tell: (asked: Asked) => Told | Reply | Promise<Told | Reply>;
};

const pem = (body: string | null): Reply =>
  body === null ? { status: 404 } : { status: 200, text: { type: 'application/x-pem-file', body } };

const messages = ({ request }: Asked): Reply | Told => {
  const sent = ((): unknown => {
    try {
      return JSON.parse(request.body);
    } catch {
      return null;
    }
  })();
  const to = typeof sent === 'object' && sent && 'to' in sent && typeof sent.to === 'string' ? sent.to : null;
  if (to === null) return { error: apiError(1008, 'Parameter to is missing') };
  return { status: 201, json: { messages: [{ id: `gBEGstand-in${to.length}` }] } };
};

/** Every node that a tool may ask (onprem-api.md 3.10b: safe, the pair of logins, opt-in). All else is recorded as "never". */
export const nodesOf = (control: Control, started: number): Readonly<Record<string, Node>> => ({
  'GET /': {
    who: 'nobody',
    tell: () => ({ status: 200, text: { type: 'text/html', body: '<title>Stand-in</title>\n' } }),
  },
  'GET /v1/health': {
    who: 'key',
    tell: async ({ nodes, deployment }) => health(await nodes(), deployment),
  },
  'GET /v1/support': {
    who: 'user',
    tell: async ({ nodes, deployment, behaviour }) => support(await nodes(), deployment, behaviour),
  },
  'GET /v1/stats/app': {
    who: 'key',
    tell: async ({ nodes, deployment, behaviour }) => statsApp(await nodes(), deployment, behaviour),
  },
  'GET /v1/stats/db': {
    who: 'key',
    tell: async ({ nodes, deployment, behaviour }) => {
      await new Promise((done) => setTimeout(done, behaviour.statsDatabaseMs));
      return statsDatabase(await nodes(), deployment);
    },
  },
  'GET /metrics': {
    who: 'key',
    tell: ({ behaviour, request }) => {
      const metrics = webMetrics(behaviour, Math.round((Date.now() - started) / 1000));
      return request.query.get('format') === 'prometheus'
        ? { status: 200, text: { type: 'text/plain; version=0.0.4', body: prometheus(metrics) } }
        : { body: { metrics } };
    },
  },
  ...Object.fromEntries(
    Object.entries(settings).map(([path, tell]): [string, Node] => [
      `GET ${path}`,
      { who: 'admin', tell: ({ deployment, behaviour }) => ({ body: tell(deployment, behaviour) }) },
    ]),
  ),
  'GET /v1/certificates/external/ca': { who: 'admin', tell: () => pem(control.certificates().ca) },
  'GET /v1/certificates/webhooks/ca': {
    who: 'admin',
    tell: ({ behaviour }) => pem(behaviour.webhookUrl === null ? null : control.certificates().ca),
  },
  'POST /v1/messages': { who: 'user', tell: messages },
});
