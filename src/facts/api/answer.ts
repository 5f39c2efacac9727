import { skip, Unasked } from '../../check.ts';
import type { ApiAnswers, ApiNode } from '../../host/answers/api.ts';
import type { Host } from '../../host/host.ts';
import type { Json } from '../../model.ts';
import { connectionWords } from './connection.ts';
import { type Trouble, troubleOf, troubleWords } from './trouble.ts';

/** How an API is given to the tool. */
export const HOW_URL = 'Give the address of the API: --api-url https://HOST:9090.';

/** How a login of it is given. */
export const HOW_LOGIN = 'Give a login: WA_API_USERNAME and WA_API_PASSWORD, or WA_API_KEY in the environment.';

type Endpoint = ApiAnswers['endpoint'];
type Login = ApiAnswers['login'];
type Node = Exclude<ApiNode, 'webhooks-ca' | 'external-ca'> | 'stats-db' | 'message';

/** Nodes that an API key may ask too. */
const BY_KEY = new Set<Node>(['health', 'stats-app', 'metrics', 'stats-db']);

const see = (id: string, why: string, remedy?: string): Unasked =>
  new Unasked(skip(`${why}: see ${id}.`, { subject: id, ...(remedy && { remedy }) }));

/** An API that answers, by its certificate alone; without one there is nothing to measure, and the check is `skip`. */
export const endpointOf = async (host: Host): Promise<Endpoint & { readonly url: string }> => {
  const endpoint = await host.api('endpoint');
  const { url, none, failed } = endpoint;
  if (url === null)
    throw new Unasked(
      skip(`There is no API to look at (${none ?? 'none was given'}). ${HOW_URL}`, { remedy: HOW_URL }),
    );
  if (failed) throw see('api.login', `The API at ${url} cannot be reached (${connectionWords(failed)})`);
  return { ...endpoint, url };
};

/** The login in use, where it may ask a node; without one the check is `skip`. */
export const apiLoginFor = async (host: Host, node: Node): Promise<Login> => {
  const login = await host.api('login');
  if (login.state === 'no-api') throw see('api.login', 'There is no API to ask', HOW_URL);
  if (login.state === 'no-login') throw see('api.login', 'There is no login of the API', HOW_LOGIN);
  if (login.state !== 'token' && login.state !== 'key') throw see('api.login', 'Nobody is logged in');
  if (login.state === 'key' && !BY_KEY.has(node))
    throw new Unasked(
      skip('An API key may ask health, stats and metrics only; this needs a user.', {
        remedy: 'Give a user: WA_API_USERNAME and WA_API_PASSWORD.',
      }),
    );
  return login;
};

/** What a node answered: `trouble` where that is no answer to the question. Times are of this host, ms since the epoch. */
export type NodeAnswer = {
  readonly trouble: Trouble | null;
  readonly body: Json;
  readonly askedAt: number | null;
  readonly ms: number;
};

const askedAt = (startedAt: string): number | null => {
  const at = Date.parse(startedAt);
  return Number.isNaN(at) ? null : at;
};

/** Asks one node as it is; throws where no answer came at all. */
export const nodeOf = async (host: Host, node: Node): Promise<NodeAnswer> => {
  await apiLoginFor(host, node);
  const call = await host.api(node);
  return { trouble: troubleOf(call), body: call.body, askedAt: askedAt(call.startedAt), ms: call.ms };
};

const alike = (one: Trouble, other: Trouble | null): boolean =>
  other !== null &&
  one.code === other.code &&
  one.status === other.status &&
  (one.code !== null || one.status === 401 || (one.status ?? 0) >= 500);

/** Asks one node; where it is in the same trouble as the health node, that one carries the verdict and this is `skip`. */
export const answerOf = async (host: Host, node: Exclude<Node, 'health'>): Promise<NodeAnswer> => {
  const answer = await nodeOf(host, node);
  const { trouble } = answer;
  if (!trouble) return answer;
  const health = await nodeOf(host, 'health').catch(() => null);
  if (alike(trouble, health?.trouble ?? null)) {
    const carrier = trouble.code === 1011 ? 'api.ready' : 'api.health';
    throw see(carrier, `${trouble.path} answers ${troubleWords(trouble)}, as the health node does`);
  }
  return answer;
};
