import type { Literal } from '../redact/rule.ts';
import type { Prepared } from './prepare.ts';

type Ways = Prepared['ways'];

/** Shorter ones stand in words that tell nothing: they are found by their names alone. */
const LEAST = 6;

const literal = (kind: string, value: string | null | undefined): readonly Literal[] =>
  value && value.length >= LEAST
    ? [{ rule: { id: `credential.${kind}`, tier: 'credential', kind }, value: Buffer.from(value).toString('latin1') }]
    : [];

const ofDatabase = async ({ access }: Ways, signal: AbortSignal): Promise<readonly Literal[]> => {
  const login = await access.login({ signal, progress: () => {} }).catch(() => null);
  return login ? [...literal('password', login.password), ...literal('key', login.tls.key)] : [];
};

const ofApi = async ({ api }: Ways, signal: AbortSignal): Promise<readonly Literal[]> => {
  const auth = await api
    .session()
    .then((session) => session.login(signal))
    .then(({ auth: got }) => got)
    .catch(() => null);
  const typed = literal('token', auth?.credential);
  const environment = process.env;
  return [
    ...typed,
    ...literal('password', environment['WA_API_PASSWORD']),
    ...literal('key', environment['WA_API_KEY']),
    ...literal('password', environment['WA_DB_PASSWORD']),
    ...literal('password', environment['MYSQL_PWD']),
    ...literal('password', environment['PGPASSWORD']),
  ];
};

/** Secrets that the run knows: logins that were found, given or typed. They were asked for already; nothing new is tried. */
export const knownSecrets = async (ways: Ways, signal: AbortSignal): Promise<readonly Literal[]> =>
  (await Promise.all([ofDatabase(ways, signal), ofApi(ways, signal)])).flat();
