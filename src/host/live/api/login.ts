import { fieldsOf } from '../../../facts/api/nodes.ts';
import type { Json } from '../../../model.ts';
import type { ApiAnswers, ApiCall } from '../../answers/api.ts';
import type { ApiLogin } from '../../api-login.ts';

type LoginAnswer = ApiAnswers['login'];
type Places = LoginAnswer['places'];
type Environment = Readonly<Record<string, string | undefined>>;

/** What the chain of places came to: the words for the evidence, and the login itself. */
export type Chain = { readonly places: Places; readonly login: ApiLogin | null };

const PASSWORD = 'WA_API_USERNAME and WA_API_PASSWORD';
const KEY = 'WA_API_KEY';
const PERSON = 'asked of a person';

/** Looks for a login. One that a person gave is meant, so it goes before all that was found; a password before a key, which opens less. */
export const findLogin = (environment: Environment, given: ApiLogin | null): Chain => {
  const { WA_API_USERNAME: user, WA_API_PASSWORD: password, WA_API_KEY: key } = environment;
  const byPassword = user && password ? { user, password } : null;
  const byKey = key ? { key } : null;
  const login = given ?? byPassword ?? byKey;
  const half = Boolean(user) !== Boolean(password);
  const missing = `${user ? 'WA_API_PASSWORD' : 'WA_API_USERNAME'} is missing`;
  const stateOf = (found: ApiLogin | null): Places[number]['state'] =>
    found === null ? 'not-given' : found === login ? 'used' : 'not-needed';
  return {
    login,
    places: [
      half
        ? { place: PASSWORD, state: 'incomplete', detail: missing }
        : { place: PASSWORD, state: stateOf(byPassword), detail: null },
      { place: KEY, state: stateOf(byKey), detail: null },
      { place: PERSON, state: stateOf(given), detail: null },
    ],
  };
};

const fields = (json: Json | undefined) => fieldsOf(json) ?? {};

/** The token of an answer to a login, and when it ends (RFC 3339, null where that is not told); null where there is none. */
export const tokenIn = (body: Json): { readonly token: string; readonly expiresAt: string | null } | null => {
  const { users } = fields(body);
  const [first] = Array.isArray(users) ? users : [];
  const { token, expires_after: expires } = fields(first);
  // It becomes a header: what could end one is no token.
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,8192}$/.test(token)) return null;
  const at = new Date(typeof expires === 'string' ? expires.replace(' ', 'T') : Number.NaN);
  return { token, expiresAt: Number.isNaN(at.getTime()) ? null : at.toISOString() };
};

const PASSWORD_CHANGE = 1024;
const TOO_MANY = 1015;

const codesIn = (body: Json): readonly Json[] => {
  const { errors } = fields(body);
  return Array.isArray(errors) ? errors.map((error) => fields(error)['code'] ?? null) : [];
};

/** What a login that gave no token came to. */
export const refusalIn = ({ status, body, failed }: ApiCall): LoginAnswer['state'] => {
  if (failed?.kind === 'untrusted') return 'untrusted';
  if (status === null) return 'unreachable';
  const codes = codesIn(body).map(Number);
  if (status === 429 || codes.includes(TOO_MANY)) return 'throttled';
  if (codes.includes(PASSWORD_CHANGE)) return 'password-change';
  return status === 401 ? 'denied' : 'failed';
};

const WHY: Readonly<Record<Exclude<LoginAnswer['state'], 'token' | 'key'>, string>> = {
  'no-login': 'there is no login for the API',
  'no-api': 'there is no API to ask',
  unreachable: 'the API could not be reached',
  untrusted: "the API's certificate could not be verified, so no login was sent",
  denied: 'the API refused the login',
  throttled: 'the API takes no more logins for now',
  'password-change': 'the API wants the password of the login to be changed first',
  failed: 'the login to the API failed',
};

/** Why a node was not asked, as a sentence. */
export const notAsked = (node: string, state: keyof typeof WHY): string => `${node} was not asked: ${WHY[state]}`;

/** Said of a node that an API key does not open. */
export const notByKey = (node: string): string =>
  `${node} was not asked: an API key is not good for it, only for health, stats and metrics; ${PASSWORD} are needed`;
