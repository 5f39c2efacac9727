import { oneLine } from '../../src/printable.ts';
import { NO_SECRET, type Secret } from './secret.ts';

export const ENGINE_WORDS = { mysql: 'MySQL', postgresql: 'PostgreSQL' } as const;
export const TLS_WORDS = {
  prefer: 'prefer',
  require: 'require',
  verify: 'verify certificate',
  off: 'off',
} as const;
type Engine = keyof typeof ENGINE_WORDS;
type Tls = keyof typeof TLS_WORDS;

const PORTS: Readonly<Record<Engine, string>> = { mysql: '3306', postgresql: '5432' };

/** One place in which a login was looked for. */
export type Place = { readonly place: string; readonly state: string; readonly detail: string | null };

/** What whoever shows the screen knows of the database login. */
export type LoginShown = {
  /** How often a person was asked for one: the page opens by itself once for each. */
  readonly asked: number;
  /** Checks wait for it now. */
  readonly wanted: boolean;
  readonly places: readonly Place[];
  readonly known: {
    readonly engine?: Engine;
    readonly host?: string;
    readonly port?: number;
    readonly socket?: string | null;
    readonly user?: string;
    readonly tls?: { readonly mode: Tls };
  };
};

/** What was typed in, whole. The password is never part of a frame, nor of a dump of the screen's state. */
export type TypedLogin = {
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  readonly tls: Tls;
};

export const FIELDS = ['engine', 'host', 'port', 'user', 'password', 'tls'] as const;
export type Field = (typeof FIELDS)[number];

/** The login page as it is being filled in. */
export type LoginForm = {
  readonly focus: Field;
  readonly engine: Engine;
  readonly host: string;
  readonly port: string;
  /** Until a port was typed it follows the engine. */
  readonly portTyped: boolean;
  readonly user: string;
  readonly password: Secret;
  readonly tls: Tls;
  /** What is wrong, told at its field. */
  readonly fault: { readonly field: Field | 'file'; readonly message: string } | null;
  /** The path of a file that is being typed in place of the fields. */
  readonly file: string | null;
  /** Enter was pressed without a password: the next one means it. */
  readonly withoutPassword: boolean;
};

const EMPTY: LoginForm = {
  focus: 'engine',
  engine: 'mysql',
  host: '',
  port: PORTS.mysql,
  portTyped: false,
  user: '',
  password: NO_SECRET,
  tls: 'prefer',
  fault: null,
  file: null,
  withoutPassword: false,
};

/** A page to fill in: what is known goes before what was typed earlier; a password is never kept. The first gap has the focus. */
export const formOf = ({ known }: LoginShown, typed: LoginForm | null): LoginForm => {
  const before = typed ?? EMPTY;
  const engine = known.engine ?? before.engine;
  const port = known.port === undefined ? (before.portTyped ? before.port : PORTS[engine]) : String(known.port);
  const form: LoginForm = {
    ...EMPTY,
    engine,
    host: oneLine((known.socket ?? known.host) || before.host),
    port,
    portTyped: port !== PORTS[engine],
    user: oneLine(known.user || before.user),
    tls: known.tls?.mode ?? before.tls,
  };
  if (form.host === '') return { ...form, focus: 'engine' };
  return { ...form, focus: form.user === '' ? 'user' : 'password' };
};

/** The same page with another engine; a port that nobody typed follows. */
export const withEngine = (form: LoginForm, engine: Engine): LoginForm => ({
  ...form,
  engine,
  port: form.portTyped ? form.port : PORTS[engine],
});

const hostFault = (host: string): string | null => {
  if (host === '') return 'the name or address of the database host is needed';
  if (host.startsWith('/')) return null;
  if (/^[^:]+:\d+$/.test(host)) return 'the port has a field of its own';
  return /[\s/@]/.test(host) ? 'this is no host name and no address' : null;
};

const portFault = (port: string): string | null => {
  if (!/^\d+$/.test(port)) return 'a number is needed';
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? null : 'a number from 1 to 65535 is needed';
};

/** The first thing that is wrong with what was typed; null where nothing is. */
export const faultOf = ({ host, port, user }: LoginForm): LoginForm['fault'] => {
  const faults = [
    ['host', hostFault(host.trim())],
    ['port', host.trim().startsWith('/') ? null : portFault(port.trim())],
    ['user', user === '' ? 'the name of the database user is needed' : null],
  ] as const;
  const [first] = faults.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]));
  return first ?? null;
};

/** What was typed, where nothing is wrong with it. */
export const typedOf = ({ engine, host, port, user, password, tls }: LoginForm): TypedLogin => ({
  engine,
  host: host.trim(),
  port: Number(port.trim()) || Number(PORTS[engine]),
  user,
  password,
  tls,
});
