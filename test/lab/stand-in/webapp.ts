import type { Behaviour } from './behaviour.ts';
import { placed, type Seen } from './cluster.ts';
import type { Control } from './control.ts';
import type { Deployment } from './deployment.ts';
import { type ApiError, apiError, statusOf } from './errors.ts';
import { type Node, nodesOf, type Reply, type Request } from './routes.ts';
import { type LoginAnswer, type Sessions, sessions } from './sessions.ts';

/** How the Webapp reaches its Coreapps and masters: over the network in containers, not at all within one process. */
export type Link = (deployment: Deployment) => Promise<readonly Seen[]>;
export type Webapp = (request: Request) => Promise<Reply>;

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
