import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Action } from '../../report-templates/screen.tsx';
import type { ApiLogin, GivenApiLogin } from '../host/api-login.ts';
import type { GivenLogin, KnownLogin } from '../host/login.ts';
import type { GivenTo } from './runner-messages.ts';

type LoginAction = Extract<Action, { kind: 'login' | 'login-file' }>;
type Typed<To> = Extract<Action, { kind: 'login'; to: To }>['typed'];

/** A path as a person types it, `~` being their home folder, as a path from the root. */
const absolute = (path: string): string => resolve(path.replace(/^~(?=\/|$)/, homedir()));

/** What the page has no field for stays as it is known. */
const databaseLogin = (
  { engine, host, port, user, password, tls }: Typed<'database'>,
  known: KnownLogin,
): GivenLogin => {
  const socket = host.startsWith('/') ? host : null;
  return {
    engine,
    host: socket ? 'localhost' : host,
    port,
    socket,
    user,
    password: password.reveal(),
    database: engine === known.engine ? (known.database ?? null) : null,
    prefix: known.prefix ?? '',
    idleTimeoutMs: known.idleTimeoutMs ?? null,
    tls: { mode: tls, ca: null, certificate: null, key: null },
  };
};

const apiLogin = ({ url, login, trusted }: Typed<'api'>): GivenApiLogin => {
  const revealed = (given: NonNullable<typeof login>): ApiLogin =>
    given.how === 'key' ? { key: given.key.reveal() } : { user: given.user, password: given.password.reveal() };
  return {
    url,
    login: login && revealed(login),
    trusted: trusted?.replaceAll(':', '').toLowerCase() ?? null,
  };
};

/** What a person gave in the screen as the measuring process wants it; `known` is what is known of the database login. */
export const givenBy = (action: LoginAction, known: KnownLogin): GivenTo => {
  if (action.kind === 'login-file') return { kind: 'login', to: 'database', given: { file: absolute(action.path) } };
  if (action.to === 'api') return { kind: 'login', to: 'api', given: apiLogin(action.typed) };
  return { kind: 'login', to: 'database', given: databaseLogin(action.typed, known) };
};
