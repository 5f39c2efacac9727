import type { Behaviour } from './behaviour.ts';
import { type Placed, placed, type Seen } from './cluster.ts';
import type { Control } from './control.ts';
import type { Deployment } from './deployment.ts';
import { type ApiError, apiError, statusOf } from './errors.ts';
import { health, support, type Told } from './nodes.ts';
import { type Credentials, type LoginAnswer, type Sessions, sessions } from './sessions.ts';
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

/** How the Webapp reaches its Coreapps and masters: over the network in containers, not at all within one process. */
export type Link = (deployment: Deployment) => Promise<readonly Seen[]>;
export type Webapp = (request: Request) => Promise<Reply>;

type Asked = {
  readonly request: Request;
  readonly behaviour: Behaviour;
  readonly deployment: Deployment;
  readonly nodes: () => Promise<readonly Placed[]>;
};
type Node = {
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
const nodesOf = (control: Control, started: number): Readonly<Record<string, Node>> => ({
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

const notReady = ({ notReadyUntil }: Behaviour): boolean =>
  notReadyUntil !== null && Date.now() < Date.parse(notReadyUntil);
const WANTS_COREAPP = /^(GET \/v1\/(health|stats\/app)|POST \/v1\/messages)$/;

const loggedIn = (answer: LoginAnswer): Reply =>
  'token' in answer
    ? { status: 200, json: { users: [{ token: answer.token, expires_after: answer.expires }] } }
    : { status: answer.status, json: { errors: [apiError(answer.code)] } };

/** The stand-in for the Webapp: documented nodes, documented shapes, no network of its own. */
export const webapp = (control: Control, link: Link): Webapp => {
  const known = sessions();
  const nodes = nodesOf(control, Date.now());
  const refusal = (request: Request, { who }: Node, behaviour: Behaviour): Reply | null => {
    const { credentials } = request;
    const apiKey = process.env['WA_API_KEY'] ?? control.deployment().apiKey;
    const token = credentials.kind === 'bearer' && !behaviour.tokensRefused && known.knows(credentials.secret);
    if (who === 'nobody' || (who === 'key' && credentials.kind === 'apikey' && credentials.secret === apiKey))
      return null;
    if (!token) return failed(apiError(1005, 'Invalid credentials'), 401);
    return who === 'admin' && behaviour.notAdmin ? failed(apiError(1005, 'Access denied for this role')) : null;
  };
  const answer = async (request: Request, behaviour: Behaviour, deployment: Deployment): Promise<Reply> => {
    const called = `${request.method} ${request.path}`;
    const bare = request.path.replace(/^\/v1\//, '');
    const wrong = behaviour.errors[bare] ?? behaviour.errors[request.path];
    if (wrong !== undefined) return failed(apiError(wrong));
    if (called === 'POST /v1/users/login')
      return loggedIn(known.login(request.credentials, request.from, behaviour, deployment.login));
    if (called === 'POST /v1/users/logout') return logout(request, known);
    const node = nodes[called];
    if (!node && request.method === 'GET') return failed(apiError(1006));
    if (!node) return { ...failed(apiError(1000, 'The stand-in has no way to do this')), never: true };
    const refused = refusal(request, node, behaviour);
    if (refused) return refused;
    if (WANTS_COREAPP.test(called) && notReady(behaviour)) return failed(apiError(1011));
    const told = await node.tell({
      ...{ request, behaviour, deployment },
      nodes: async () => placed(await link(deployment), deployment, behaviour),
    });
    if ('error' in told) return failed(told.error);
    return 'body' in told ? { status: 200, json: told.body } : told;
  };
  return async (request) => {
    const [behaviour, deployment] = [control.behaviour(), control.deployment()];
    if (behaviour.login === 'normal') known.forgive();
    const reply = await answer(request, behaviour, deployment);
    const meta = { version: behaviour.version ?? deployment.version, api_status: 'stable' };
    return { ...reply, ...(reply.json && { json: { ...reply.json, meta } }), later: behaviour.slowMs };
  };
};

const failed = (error: ApiError, status = statusOf(error.code)): Reply => ({ status, json: { errors: [error] } });

const logout = ({ credentials }: Request, known: Sessions): Reply =>
  credentials.kind === 'bearer' && known.logout(credentials.secret)
    ? { status: 200, json: {} }
    : failed(apiError(1005, 'Invalid credentials'), 401);
