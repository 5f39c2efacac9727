import { type Fault, type Field, formWith, type LoginForm, type Place, secretIn, valueIn } from './login-form.ts';
import type { Secret } from './secret.ts';

const ENGINE_WORDS = { mysql: 'MySQL', postgresql: 'PostgreSQL' } as const;
const TLS_WORDS = {
  prefer: 'prefer',
  require: 'require',
  verify: 'verify certificate',
  off: 'off',
} as const;
type Engine = keyof typeof ENGINE_WORDS;
type Tls = keyof typeof TLS_WORDS;

const PORTS: Readonly<Record<Engine, string>> = { mysql: '3306', postgresql: '5432' };

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

const engineIn = (form: LoginForm): Engine => (valueIn(form, 'engine') === 'postgresql' ? 'postgresql' : 'mysql');
const tlsIn = (form: LoginForm): Tls => {
  const mode = valueIn(form, 'tls');
  return Object.hasOwn(TLS_WORDS, mode) ? (mode as Tls) : 'prefer';
};

export const databaseFields = (form: LoginForm): readonly Field[] => [
  { name: 'engine', label: 'engine', kind: 'choice', words: ENGINE_WORDS },
  { name: 'host', label: 'host', kind: 'text' },
  { name: 'port', label: 'port', kind: 'text', quiet: !form.typed.includes('port') },
  { name: 'user', label: 'user', kind: 'text' },
  { name: 'password', label: 'password', kind: 'secret' },
  { name: 'tls', label: 'TLS', kind: 'choice', words: TLS_WORDS },
];

/** A page to fill in: what is known goes before what was typed earlier; a password is never kept. The first gap has the focus. */
export const databaseForm = ({ known }: LoginShown, before: LoginForm | null): LoginForm => {
  const earlier = (field: string) => (before ? valueIn(before, field) : '');
  const engine = known.engine ?? (before ? engineIn(before) : 'mysql');
  const kept = before?.typed.includes('port') ? earlier('port') : PORTS[engine];
  const port = known.port === undefined ? kept : String(known.port);
  const host = (known.socket ?? known.host) || earlier('host');
  const user = known.user || earlier('user');
  const tls = known.tls?.mode ?? (before ? tlsIn(before) : 'prefer');
  const focus = host === '' ? 'engine' : user === '' ? 'user' : 'password';
  const form = formWith('database', focus, { engine, host, port, user, tls });
  return port === PORTS[engine] ? form : { ...form, typed: ['port'] };
};

/** The same page with another value in a choice; a port that nobody typed follows the engine. */
export const databaseChosen = (form: LoginForm, field: string, value: string): LoginForm => {
  const chosen = { ...form, values: { ...form.values, [field]: value } };
  if (field !== 'engine' || form.typed.includes('port')) return chosen;
  return { ...chosen, values: { ...chosen.values, port: PORTS[engineIn(chosen)] } };
};

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
export const databaseFault = (form: LoginForm): Fault | null => {
  const host = valueIn(form, 'host').trim();
  const faults = [
    ['host', hostFault(host)],
    ['port', host.startsWith('/') ? null : portFault(valueIn(form, 'port').trim())],
    ['user', valueIn(form, 'user') === '' ? 'the name of the database user is needed' : null],
  ] as const;
  const [first] = faults.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]));
  return first ?? null;
};

/** What was typed, where nothing is wrong with it. */
export const databaseTyped = (form: LoginForm): TypedLogin => ({
  engine: engineIn(form),
  host: valueIn(form, 'host').trim(),
  port: Number(valueIn(form, 'port').trim()) || Number(PORTS[engineIn(form)]),
  user: valueIn(form, 'user'),
  password: secretIn(form, 'password'),
  tls: tlsIn(form),
});
