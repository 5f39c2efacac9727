import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Behaviour } from './behaviour.ts';
import type { Call } from './control.ts';
import type { Deployment } from './deployment.ts';

/** Tokens last 7 days (onprem-api.md 3.1). */
const LASTS_MS = 7 * 86_400_000;
/** Wrong passwords from one address before it is throttled; the vendor states no number, this one is ours. */
const MOST_WRONG = 10;

const DEFAULT_ADMIN = { user: 'admin', password: 'secret' };

/** What a request brought along to be let in. */
export type Credentials =
  | { readonly kind: 'none' | 'other' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer' | 'apikey'; readonly secret: string };

export const credentialsOf = ({ headers }: IncomingMessage): Credentials => {
  const [scheme = '', rest = ''] = (headers.authorization ?? '').split(/ (.*)/s);
  if (scheme === '') return { kind: 'none' };
  if (scheme === 'Bearer') return { kind: 'bearer', secret: rest };
  if (scheme === 'Apikey') return { kind: 'apikey', secret: rest };
  if (scheme !== 'Basic') return { kind: 'other' };
  const [user = '', password = ''] = Buffer.from(rest, 'base64').toString('utf8').split(/:(.*)/s);
  return { kind: 'basic', user, password };
};

export const authOf = ({ kind }: Credentials): Call['auth'] => kind;

export type LoginAnswer =
  | { readonly token: string; readonly expires: string }
  | { readonly code: 1005 | 1015 | 1024; readonly status: 401 | 429 };

/** The logins of one Webapp: its one user, and the tokens that are in use. */
export const sessions = () => {
  const tokens = new Map<string, number>();
  const wrong = new Map<string, number>();
  return {
    /** One login: a token, or why there is none. */
    login: (given: Credentials, from: string, { login }: Behaviour, own: Deployment['login']): LoginAnswer => {
      if (login === 'throttled' || (wrong.get(from) ?? 0) >= MOST_WRONG) return { code: 1015, status: 429 };
      const { user, password } = given.kind === 'basic' ? given : { user: '', password: '' };
      const isDefault = user === DEFAULT_ADMIN.user && password === DEFAULT_ADMIN.password;
      if (login === 'default-password' && isDefault) return { code: 1024, status: 401 };
      if (login === 'denied' || user !== own.user || password !== own.password) {
        wrong.set(from, (wrong.get(from) ?? 0) + 1);
        return { code: 1005, status: 401 };
      }
      const token = `stand-in.${randomBytes(24).toString('base64url')}`;
      const until = Date.now() + LASTS_MS;
      tokens.set(token, until);
      const expires = new Date(until)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, '+00:00');
      return { token, expires };
    },
    knows: (token: string): boolean => (tokens.get(token) ?? 0) > Date.now(),
    logout: (token: string): boolean => tokens.delete(token),
    /** Wrong passwords are forgotten, as after the time that the throttle lasts. */
    forgive: () => wrong.clear(),
  };
};
export type Sessions = ReturnType<typeof sessions>;
