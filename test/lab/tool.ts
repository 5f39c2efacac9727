import type { Report, Result } from '../../src/model.ts';
import { readReport } from '../../src/read-report.ts';
import { LAUNCHER, ran } from '../support/command.ts';
import { ranIn } from '../support/network.ts';
import type { Api } from './api-calls.ts';
import type { Fault } from './fault.ts';

/** Runs the built tool against a lab; `pid` names the network that it is in, null for this one. */
export const judged = async (
  { url, caFile, login }: Api,
  engine: { readonly host: string; readonly pid: number } | null,
  options: readonly string[] = [],
): Promise<Report> => {
  const api = ['--api-url', url, '--api-ca', caFile];
  const asked = options.filter((option) => option !== '--online');
  const args = ['check', '--json', '--no-input', '--phase', 'after', ...api, ...asked];
  const env = {
    WA_PREFLIGHT_OFFLINE: options.includes('--online') ? '0' : '1',
    ...{ DOCKER_HOST: engine?.host ?? 'unix:///nonexistent/docker.sock', HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
    ...{ WA_API_USERNAME: login.user, WA_API_PASSWORD: login.password, PATH: process.env['PATH'] ?? '' },
  };
  const ended = engine ? await ranIn(engine.pid, LAUNCHER, args, env) : await ran(LAUNCHER, args, { env });
  if (!ended.stdout.includes('"HostReport"'))
    throw new Error(`no report, but ${ended.exitCode}: ${ended.stdout}${ended.stderr}`);
  return readReport(JSON.parse(ended.stdout));
};

const told = ({ outcome, findings }: Result): string =>
  `${outcome}: ${findings.map(({ message }) => message).join(' | ')}`;

/** Checks that came out otherwise than on the healthy lab, each with what it says now. */
const differences = (healthy: Report, now: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(
    now.checks.flatMap((result) => {
      const before = healthy.checks.find(({ id }) => id === result.id);
      return before?.outcome === result.outcome ? [] : [[result.id, told(result)]];
    }),
  );

const covers = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id;

/** What is wrong with how the tool judged a fault; empty where it found the one right thing and nothing else was harmed. */
export const shortfalls = ({ finds, follows = [] }: Fault, healthy: Report, now: Report): readonly string[] => {
  const changed = differences(healthy, now);
  const missed = finds.flatMap(({ check, outcome, says }) => {
    const result = now.checks.find(({ id }) => id === check);
    if (!result) return [`${check} was not asked`];
    const words = told(result);
    if (result.outcome !== outcome) return [`${check} should be ${outcome}, but is ${words}`];
    if (says && !says.test(words)) return [`${check} should speak of ${says}, but says ${words}`];
    if (outcome !== 'pass' && !(check in changed)) return [`${check} is ${outcome} on a healthy lab too`];
    const bare = result.findings.some((finding) => finding.outcome === outcome && !finding.remedy);
    return outcome !== 'skip' && outcome !== 'pass' && bare ? [`${check} gives no remedy: ${words}`] : [];
  });
  const harmed = Object.entries(changed).filter(
    ([id]) => !finds.some(({ check }) => check === id) && !follows.some((pattern) => covers(pattern, id)),
  );
  const bugs = now.checks.filter((result) => /TypeError|undefined|\[object/.test(told(result)));
  return [
    ...missed,
    ...harmed.map(([id, words]) => `${id} was harmed: ${words}`),
    ...bugs.map((result) => `${result.id} tells a bug: ${told(result)}`),
  ];
};
