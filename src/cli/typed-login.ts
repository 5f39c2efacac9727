import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Action } from '../../report-templates/screen.tsx';
import type { GivenLogin, KnownLogin } from '../host/login.ts';

type LoginAction = Extract<Action, { kind: 'login' | 'login-file' | 'no-login' }>;

/** A path as a person types it, `~` being their home folder, as a path from the root. */
const absolute = (path: string): string => resolve(path.replace(/^~(?=\/|$)/, homedir()));

/** What a person gave in the screen as the measuring process wants it: what the page has no field for stays as it is known. */
export const givenBy = (action: LoginAction, known: KnownLogin): GivenLogin | null => {
  if (action.kind === 'no-login') return null;
  if (action.kind === 'login-file') return { file: absolute(action.path) };
  const { engine, host, port, user, password, tls } = action.typed;
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
