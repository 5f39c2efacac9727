import type { ApiCall } from '../../host/answers/api.ts';
import { type ApiError, errorsIn, healthNodes, type SupportNode, supportNodes } from './nodes.ts';
import {
  type NeverReady,
  OFFLINE,
  ofNodes,
  type Readiness,
  type ReadyPhase,
  type Step,
  TAKES_OFFLINE,
  TEMPLATES,
} from './nodes-readiness.ts';
import { utcOf } from './utc.ts';

export type { NeverReady, Readiness };

// How far a start has come, by what the API tells and nothing else. Initialization: the templates are loaded and offline messages
// taken, at most 6 minutes by the vendor; meanwhile sends get 1011, "service not ready".

/** What was asked. `support` null: not asked, as an API key is not good for it. `further`: other calls, searched for 1011. */
export type ReadinessCalls = {
  readonly health: ApiCall;
  readonly support: ApiCall | null;
  readonly further: readonly ApiCall[];
  /** Of /v1/account/shards; null where it was not asked or not told. */
  readonly shards: number | null;
};

/** Error codes of an answer or of one of its nodes, with the words around them. */
const errorsOf = (call: ApiCall | null): readonly ApiError[] => errorsIn(call?.body ?? undefined);

const has = (errors: readonly ApiError[], code: number): ApiError | undefined =>
  errors.find((error) => error.code === code);

const words = ({ title, details }: ApiError): string => details ?? title;

const EXPIRED_REMEDY = 'Install a client version that has not expired, if there is one; the vendor ended the product.';

/** A 1005 that asks for another version, as an expired build answers it. */
const isExpiry = (error: ApiError): boolean =>
  error.code === 1005 && /expir|upgrad|version/i.test(words(error)) && !/certificate/i.test(words(error));

/** A build whose last moment is over by the client's own clock, or by ours where it tells none. */
const expiredNode = (nodes: readonly SupportNode[], now: number): NeverReady | null => {
  const ended = nodes.find(
    ({ expires, clock }) => (utcOf(expires) ?? Number.POSITIVE_INFINITY) <= (utcOf(clock) ?? now),
  );
  return ended
    ? {
        code: 'expired',
        message: `this build of the client stopped working on ${ended.expires}`,
        remedy: EXPIRED_REMEDY,
      }
    : null;
};

/** What no waiting mends, by the errors of the answers. */
const neverBy = (call: ApiCall | null): NeverReady | null => {
  const errors = errorsOf(call);
  const expiry = errors.find(isExpiry);
  if (expiry)
    return {
      code: 'expired',
      message: `the client refuses its build: ${words(expiry)} (1005)`,
      remedy: EXPIRED_REMEDY,
    };
  if (has(errors, 1024))
    return {
      code: 'password-change',
      message: 'the password must be changed before anything else is answered (1024)',
      remedy: 'Change the password of the user with POST /v1/users/login and new_password.',
    };
  return null;
};

const REFUSED: NeverReady = {
  code: 'unauthorised',
  message: 'the API does not take the login (401)',
  remedy: 'Give a login that the API takes: WA_API_USERNAME and WA_API_PASSWORD, or WA_API_KEY.',
};

/** Phases that an answer without any status tells by its error code. */
const BY_CODE: readonly (readonly [number, ReadyPhase, string])[] = [
  [1023, 'database', 'the client cannot use its database (1023)'],
  [1014, 'starting', 'the Webapp cannot reach a Coreapp (1014)'],
  [1011, 'connecting', 'the client says that it is not ready (1011)'],
];

/** What a health node without a status tells; where it says that the client is not ready, support may tell why. */
const withoutStatus = (health: ApiCall, supported: readonly SupportNode[]): Step => {
  if (health.status === null)
    return {
      phase: 'starting',
      message: `the API gives no answer${health.failed ? ` (${health.failed.message})` : ''}`,
    };
  const errors = errorsOf(health);
  if (has(errors, 1011)) {
    const sockets = supported.map(({ socket }) => socket);
    if (sockets.includes(OFFLINE)) return TAKES_OFFLINE;
    if (sockets.includes('UP')) return TEMPLATES;
  }
  for (const [code, phase, message] of BY_CODE) {
    const error = has(errors, code);
    if (error) return { phase, message: error.details ? `${message}: ${error.details}` : message };
  }
  const [first] = errors;
  if (first) return { phase: 'starting', message: `health answers with error ${first.code}: ${words(first)}` };
  return { phase: 'starting', message: `health answers with HTTP status ${health.status} and no status of a node` };
};

const KEY_ONLY =
  'The login is an API key, which is good for health alone: offline messages and shards cannot be asked for, so health decides.';

/** Why the support node is of no use, in a sentence; null where it is, or where an answer may still come. */
const withoutSupport = ({ support }: ReadinessCalls): string | null => {
  if (support === null) return KEY_ONLY;
  if (support.status === 403 || support.status === 404)
    return `The support node answers with HTTP status ${support.status}: the socket of the client cannot be asked for, so health decides.`;
  return null;
};

/** How far the client has come: the phase, and whether waiting is of any use. `now` in ms since 1970. */
export const readinessOf = (calls: ReadinessCalls, now: number): Readiness => {
  const { health, support, further } = calls;
  const all = [health, support, ...further];
  const nodes = healthNodes(health.body ?? undefined);
  const supported = supportNodes(support?.body ?? undefined) ?? [];
  const why = withoutSupport(calls);
  const base = { never: null, topology: null, unknown: why === null ? [] : [why] };
  const never = all.map(neverBy).find((found) => found !== null) ?? expiredNode(supported, now);
  if (never) return { ...base, phase: 'starting', message: never.message, never };
  if (health.status === 401) return { ...base, phase: 'starting', message: REFUSED.message, never: REFUSED };
  if (!nodes) return { ...base, ...withoutStatus(health, supported) };
  const notReady = all.some((call) => has(errorsOf(call), 1011));
  const judged = ofNodes(nodes, supported, {
    shards: calls.shards,
    notReady,
    silent: why === null && supported.length === 0,
  });
  return { ...judged, unknown: [...base.unknown, ...judged.unknown] };
};
