import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/model.ts';
import { certificates, noCertificates } from '../support/certificates.ts';
import { LAUNCHER } from '../support/command.ts';
import { type Answers, HOSTILE, hostileApi, hostileEngine } from '../support/hostile-api.ts';
import { type Row, type Run, timed } from './measure.ts';

const MOST_MS = 60_000;
const MOST_BYTES = 256 * 2 ** 20;
const ASKED = 'lifecycle.build,docker.*,containers.*,api.*,webhook.*,security.*';
const LOGIN = { WA_API_USERNAME: 'wa', WA_API_PASSWORD: 'Correct-1' };

const SESSION = {
  users: [{ token: 'token', expires_after: '2036-11-29 08:14:03+00:00' }],
  meta: { version: 'v2.57.2', api_status: 'stable' },
};
/** One behaviour at every path, and at every path but the login. */
const WAYS: Readonly<Record<string, (behaviour: string) => Answers>> = {
  'API, every path': (behaviour) => () => behaviour,
  'API, all but the login': (behaviour) => (path) => (path.startsWith('/v1/users/') ? SESSION : behaviour),
};
const VERSION = { Version: '24.0.7', ApiVersion: '1.43', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' };
const ENGINES: Readonly<Record<string, (behaviour: string) => Answers>> = {
  'Engine, every path': (behaviour) => () => behaviour,
  'Engine, all but the version': (behaviour) => (path) => (/\/(_ping|version)$/.test(path) ? VERSION : behaviour),
};

/** What the run came to: its exit code, and the first check that tells of trouble with what was hostile. */
const verdictOf = (text: string, groups: readonly string[]): string => {
  const { checks = [], kind } = JSON.parse(text) as Partial<Report>;
  const told = checks.filter(({ group, outcome }) => groups.includes(group) && !['pass', 'skip'].includes(outcome));
  const [first] = told;
  return first ? `${first.outcome} ${first.id}${told.length > 1 ? ` and ${told.length - 1} more` : ''}` : `${kind}`;
};

const rowOf = (name: string, { ms, peak, exitCode, stdout }: Run, groups: readonly string[]): Row => ({
  name,
  ours: `exit ${exitCode}, ${(ms / 1000).toFixed(1)} s, ${(peak / 2 ** 20).toFixed(0)} MiB`,
  reference: verdictOf(stdout, groups),
  ratio: null,
  target: `<= ${MOST_MS / 1000} s, <= ${MOST_BYTES / 2 ** 20} MiB`,
  met: ms <= MOST_MS && peak <= MOST_BYTES && exitCode !== 70,
});

const check = (options: readonly string[], env: Record<string, string>): Promise<Run> =>
  timed(LAUNCHER, ['check', '--json', '--no-input', '--phase', 'all', '--only', ASKED, ...options], env, true);

/** Each bad behaviour of an API and of an Engine before the whole command: verdict, time, memory of all its processes. */
export const benchHostile = async (): Promise<readonly Row[]> => {
  const reason = noCertificates();
  if (reason)
    return [{ name: 'hostile servers', ours: `skipped: ${reason}`, reference: '', ratio: null, target: '', met: null }];
  const folder = mkdtempSync(join(tmpdir(), 'bench-hostile-'));
  const rows: Row[] = [];
  try {
    const { good, caFile } = certificates(folder);
    const none = { DOCKER_HOST: `unix://${folder}/none.sock` };
    for (const behaviour of HOSTILE) {
      for (const [name, answers] of Object.entries(WAYS)) {
        const { url, stop } = await hostileApi(good, answers(behaviour));
        const run = await check(['--api-url', url, '--api-ca', caFile], { ...none, ...LOGIN });
        rows.push(rowOf(`${name}: ${behaviour}`, run, ['api', 'security', 'webhook']));
        await stop();
      }
      for (const [name, answers] of Object.entries(ENGINES)) {
        const { host, stop } = await hostileEngine(join(folder, 'd.sock'), answers(behaviour));
        rows.push(rowOf(`${name}: ${behaviour}`, await check([], { DOCKER_HOST: host }), ['docker', 'containers']));
        await stop();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
};
