import { tmpdir } from 'node:os';
import type { Finding, Outcome, Result } from '../../src/model.ts';
import { readReport } from '../../src/read-report.ts';
import { type Ended, LAUNCHER, ran } from './command.ts';

/** Names of the vendor's variables, and of others that the login chain reads, with their values. */
export type LoginVariables = Readonly<Record<string, string>>;

export type DatabaseRun = Ended & {
  /** The result of a check, by the end of its id: "version" for database.version. */
  readonly of: (name: string) => Result;
  /** The ids of the checks that came to this. */
  readonly cameTo: (outcome: Outcome) => readonly string[];
  /** All that a check says, a line for each finding: "fail: what is (remedy)". */
  readonly says: (name: string) => string;
};

const worded = ({ outcome, message, remedy }: Finding): string =>
  `${outcome}: ${message}${remedy ? ` (${remedy})` : ''}`;

/** An environment in which there is no login but the one that is given, and no Engine. */
export const onlyThis = (login: LoginVariables): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  DOCKER_HOST: 'unix:///nonexistent/docker.sock',
  ...login,
});

/** The login variables of the vendor for a server. */
export const loginTo = (
  engine: 'MYSQL' | 'PGSQL',
  server: { readonly host: string; readonly port: number },
  user: string,
  password: string,
  more: LoginVariables = {},
): LoginVariables => ({
  WA_DB_ENGINE: engine,
  WA_DB_HOSTNAME: server.host,
  WA_DB_PORT: String(server.port),
  WA_DB_USERNAME: user,
  WA_DB_PASSWORD: password,
  ...more,
});

/** A whole run of the built tool about the database alone; throws where it does not end with one whole report. */
export const runOnDatabase = async (login: LoginVariables, ...args: readonly string[]): Promise<DatabaseRun> => {
  const selection = args.includes('--only') ? [] : ['--only', 'database.*'];
  const all = ['check', '--json', '--no-input', '--target', tmpdir(), ...selection, ...args];
  const ended = await ran(LAUNCHER, all, { env: onlyThis(login) });
  const text = ended.stdout;
  if (!text.endsWith('}\n')) throw new Error(`no report, but ${ended.exitCode}: ${text.slice(-500)} ${ended.stderr}`);
  const report = readReport(JSON.parse(text));
  if (report.run.exitCode !== ended.exitCode)
    throw new Error(`the report says ${report.run.exitCode}, the tool ended with ${ended.exitCode}`);
  const of = (name: string): Result => {
    const result = report.checks.find(({ id }) => id === `database.${name}`);
    if (!result) throw new Error(`there is no database.${name}`);
    return result;
  };
  const cameTo = (outcome: Outcome) => report.checks.flatMap((one) => (one.outcome === outcome ? [one.id] : []));
  return { ...ended, of, cameTo, says: (name) => of(name).findings.map(worded).join('\n') };
};
