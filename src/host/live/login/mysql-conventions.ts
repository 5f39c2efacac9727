import type { LoginPlace } from '../../answers/database.ts';
import type { TlsMode } from '../../login.ts';
import type { UrlParts } from '../../login-url.ts';
import { portOf, type TlsWish } from './draft.ts';
import { exposedMode, foreignFile } from './foreign-file.ts';
import { type OptionFile, parseOptionFile } from './my-cnf.ts';
import { type Added, inHome, type Surroundings } from './surroundings.ts';

// https://dev.mysql.com/doc/refman/8.0/en/option-files.html, https://dev.mysql.com/doc/refman/8.0/en/connection-options.html
const FILE = '~/.my.cnf';
const MODES: Readonly<Record<string, TlsMode>> = {
  DISABLED: 'off',
  PREFERRED: 'prefer',
  REQUIRED: 'require',
  VERIFY_CA: 'verify',
  VERIFY_IDENTITY: 'verify',
};
const USED = ['user', 'password', 'host', 'port', 'socket', 'ssl-ca', 'ssl-cert', 'ssl-key', 'ssl-mode'];
const NO_FILE: OptionFile = { options: new Map(), includes: false };

type Opened = { readonly file: OptionFile; readonly place: LoginPlace; readonly exposed: readonly string[] };

const opened = async (around: Surroundings, signal: AbortSignal): Promise<Opened> => {
  const without = (state: LoginPlace['state'], detail: string | null): Opened => ({
    file: NO_FILE,
    place: { place: FILE, state, detail },
    exposed: [],
  });
  try {
    const read = await foreignFile(inHome(around, '.my.cnf'), signal);
    if (!read) return without('not-found', null);
    if (read.mode & 0o002) return without('unreadable', 'ignored, as others may write it');
    const file = parseOptionFile(read.text, 'client');
    const names = USED.filter((name) => file.options.has(name));
    const unfollowed = file.includes ? ['the files that it includes are not read'] : [];
    if (names.length === 0)
      return without('not-found', ['it has no option of a login in [client]', ...unfollowed].join('; '));
    const detail = [names.join(', '), ...unfollowed].join('; ');
    const mode = exposedMode(read.mode);
    return { file, place: { place: FILE, state: 'used', detail }, exposed: mode ? [`${FILE} (${mode})`] : [] };
  } catch (error) {
    if (signal.aborted) throw error;
    return without('unreadable', error instanceof Error ? error.message : String(error));
  }
};

const tlsIn = ({ options }: OptionFile): TlsWish => {
  const file = (option: string) => {
    const path = options.get(option);
    return path ? { name: `${option} of ${FILE}`, path } : null;
  };
  const files = { ca: file('ssl-ca'), certificate: file('ssl-cert'), key: file('ssl-key') };
  const mode = MODES[options.get('ssl-mode')?.toUpperCase() ?? ''];
  if (mode) return { mode, from: `ssl-mode of ${FILE}`, ...files };
  // MySQL's own client verifies when it is given a CA and no mode.
  if (files.ca) return { mode: 'verify', from: files.ca.name, ...files };
  return { mode: null, from: 'the default', ...files };
};

/** What MYSQL_PWD and the `[client]` group of ~/.my.cnf add to a URL. */
export const mysqlConventions = async (url: UrlParts, around: Surroundings, signal: AbortSignal): Promise<Added> => {
  const variable = around.environment['MYSQL_PWD'] || null;
  const { file, place, exposed } = await opened(around, signal);
  const { options } = file;
  const host = options.get('host') || null;
  const local = (url.host ?? host ?? 'localhost') === 'localhost';
  return {
    host,
    port: portOf(options.get('port') ?? ''),
    // A port that is asked for in the URL means TCP.
    socket: local && url.port === null ? options.get('socket') || null : null,
    user: options.get('user') || null,
    database: null,
    password: variable ?? options.get('password') ?? null,
    tls: tlsIn(file),
    places: [{ place: 'MYSQL_PWD', state: variable ? 'used' : 'not-found', detail: null }, place],
    exposed,
  };
};
