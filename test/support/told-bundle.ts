import type { BundleTold, LogLevels } from '../../report-templates/bundle/told.ts';
import type { MadeBundle } from '../../src/bundle/bundle.ts';
import type { Manifest, Row } from '../../src/bundle/manifest.ts';
import type { Json, Measured, Report, Result } from '../../src/model.ts';
import type { Tally } from '../../src/redact/rule.ts';
import { verdict } from '../../src/verdict.ts';
import { finishedReport } from './sample-report.ts';

// A bundle to look at: every state of a file, three tiers of redaction, logs with an hour of errors.

const TIME = '2026-11-22T07:03:02.000Z';
const DIGEST = '9f2c41ab77d0c3e5a1b2'.repeat(4).slice(0, 64);

const row = (path: string, part: Row['part'], source: string, bytes: number, more: Partial<Row> = {}): Row => ({
  path,
  bytes,
  sha256: DIGEST,
  part,
  volume: 1,
  source,
  collector: 'file',
  time: TIME,
  state: 'whole',
  redactions: 0,
  ...more,
});

const lacking = (path: string, part: Row['part'], state: Row['state'], reason: string): Row =>
  row(path, part, '', 0, { bytes: null, sha256: null, volume: null, state, reason });

const FILES: readonly Row[] = [
  row('README.txt', 'report', 'this tool', 1490),
  row('report.json', 'report', 'the run of 07:02:11', 84_210, { redactions: 6 }),
  row('evidence.json', 'report', 'the run of 07:02:11', 212_004, { redactions: 31 }),
  row('ticket.txt', 'report', 'this tool', 640),
  row('host/cpu.json', 'host', '/proc/cpuinfo', 4100),
  row('host/memory.json', 'host', '/proc/meminfo', 1810),
  row('host/mounts.txt', 'host', '/proc/self/mounts', 2210, { redactions: 2 }),
  row('host/kernel.log', 'host', 'dmesg', 61_220, { redactions: 12 }),
  row('docker/version.json', 'docker', 'GET /version', 1210),
  row('docker/inspect/wacore-1.json', 'docker', 'docker inspect', 12_204, { redactions: 9 }),
  row('docker/inspect/waweb-1.json', 'docker', 'docker inspect', 11_880, { redactions: 9 }),
  row('compose/docker-compose.yml', 'compose', '/opt/wa/docker-compose.yml', 3120),
  row('compose/db.env', 'compose', '/opt/wa/db.env', 214, { redactions: 2 }),
  row('app/coreapp/wacore-1/container.log', 'coreapp-logs', 'newest 3 h of the log of wacore-1', 38_204_112, {
    redactions: 1204,
  }),
  row('app/webapp/waweb-1/web.log', 'webapp-logs', '/var/log/lighttpd/web.log in waweb-1', 8_100_400, {
    state: 'cut',
    reason: 'the last 8.1 of 31 MB',
    redactions: 420,
  }),
  row('app/webapp/waweb-1/error.log', 'webapp-logs', '/var/log/lighttpd/error.log in waweb-1', 0, {
    state: 'empty',
    reason: 'there is nothing in it',
  }),
  row('database/variables.json', 'database', 'SHOW VARIABLES', 41_020, { redactions: 1 }),
  row('network/routes.txt', 'network', 'ip route', 812, { redactions: 4 }),
  row('journal/docker.log', 'journal', 'journalctl -u docker', 4_120_333, { volume: 2, redactions: 88 }),
  lacking(
    'app/coreapp/wacore-1/core.812',
    'crash-logs',
    'left-out',
    'core dumps hold messages and keys: name and size only',
  ),
  lacking('app/support-info.json', 'api', 'denied', 'the API answered 401 to GET /v1/support: no login was given'),
  lacking('app/webapp/waweb-2/web.log', 'webapp-logs', 'timed-out', 'nothing came for 10 s'),
  lacking('host/limits.bin', 'host', 'withheld', 'it is no text, and cannot be cleaned'),
];

export const toldManifest = (change: Partial<Manifest> = {}): Manifest => ({
  $schema: 'https://wa-preflight.invalid/schema/bundle-1.json',
  schemaVersion: '1.0',
  kind: 'BundleManifest',
  tool: { name: 'wa-preflight', version: '0.1.0' },
  name: 'wa-bundle_20261122T070302Z_core-1_3382-1177',
  createdAt: TIME,
  case: '3382-1177',
  volume: 1,
  volumes: 2,
  window: { since: '2026-11-22T04:02:00.000Z', until: '2026-11-22T07:02:00.000Z' },
  complete: false,
  files: [...FILES],
  ...change,
});

const labels = (kind: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `[${kind}-a2b3c4${String(at).padStart(3, '0')}]`);

export const toldTally: Tally = {
  'net.ip': { tier: 'network', found: 784, labels: labels('ip', 12) },
  'net.hostname': { tier: 'network', found: 31, labels: labels('host', 3) },
  'personal.phone': { tier: 'personal', found: 411, labels: labels('phone', 57) },
  'message.body': { tier: 'personal', found: 96, labels: [] },
  'env.password': { tier: 'credential', found: 4, labels: labels('password', 2) },
  'http.bearer': { tier: 'credential', found: 9, labels: labels('token', 2) },
};

/** Three hours in spans of three minutes: quiet, then errors from 06:38 on. */
const toldLevels: readonly LogLevels[] = [
  {
    path: 'app/coreapp/wacore-1/container.log',
    since: '2026-11-22T04:02:00.000Z',
    until: '2026-11-22T07:02:00.000Z',
    firstError: '2026-11-22T06:38:07.000Z',
    spans: Array.from({ length: 60 }, (_, at) => ({
      others: 400 + ((at * 7919) % 320),
      warnings: (at * 31) % 9 === 0 ? 14 : 0,
      errors: at >= 52 ? 60 + ((at * 13) % 40) : 0,
    })),
  },
];

const measured = (display: string, data: { readonly [key: string]: Json } = {}): Measured => ({
  value: display,
  display,
  ...data,
});

const result = (
  id: string,
  title: string,
  outcome: Result['outcome'],
  figure: Measured,
  subject: string,
  message: string,
): Result => ({
  id,
  title,
  group: id.split('.')[0] ?? '',
  phase: 'after',
  level: 'advice',
  outcome,
  message,
  measured: figure,
  required: {
    op: 'is',
    value: 'right',
    display: id === 'containers.running' ? 'Coreapp and Webapp run' : 'no known sign of trouble',
    origin: 'our-advice',
  },
  findings: [
    { outcome, message, subject, ...(outcome === 'pass' ? {} : { remedy: `See to it: docker logs ${subject}` }) },
  ],
  durationMs: 20,
});

const container = (name: string, role: string, change: { readonly [key: string]: Json } = {}): Json => ({
  ...{ name, role, status: 'running', exitCode: 0, oomKilled: false, restarts: 0, upFor: 86_400_000, error: null },
  ...change,
});

/** The finished sample with the checks of an installed client beside it. */
export const installedReport = (): Report => {
  const before = finishedReport();
  const containers = [
    container('wacore-1', 'coreapp', { restarts: 3, upFor: 1_260_000 }),
    container('waweb-1', 'webapp'),
    container('waweb-2', 'webapp', { status: 'exited', exitCode: 137, oomKilled: true, restarts: 2, upFor: null }),
  ];
  const markers = [
    { marker: 'database-gone', count: 412, first: '2026-11-22T06:38:07Z', last: '2026-11-22T07:01:58Z', newest: [] },
    { marker: 'disk-full', count: 2, first: '2026-11-22T06:59:01Z', last: '2026-11-22T06:59:01Z', newest: [] },
  ];
  const fine = (id: string, title: string, display: string) =>
    result(id, title, 'pass', measured(display), 'wacore-1', `${title}: ${display}`);
  const after = [
    fine('containers.versions', 'Versions', '2.55.1'),
    fine('database.version', 'Database version', 'MySQL 8.0.33'),
    fine('docker.compose', 'Docker Compose', '2.32.4'),
    result(
      'containers.running',
      'Containers run',
      'fail',
      measured('2 of 3 running, 5 restarts', { containers }),
      'waweb-2',
      'Webapp waweb-2 is exited: code 137, out of memory',
    ),
    result(
      'containers.log-markers',
      'Signs in the logs',
      'fail',
      measured('414 of 90112 lines', { containers: [{ name: 'wacore-1', markers }] }),
      'wacore-1',
      'The database was gone: 412 lines of wacore-1, from 06:38:07 to 07:01:58',
    ),
  ];
  const checks = [...before.checks, ...after];
  const { summary, outcome, exitCode } = verdict(checks, false);
  const run = { ...before.run, outcome, exitCode, planned: checks.map(({ id }) => id) };
  return { ...before, checks, summary, run };
};

export const toldBundle = (change: Partial<BundleTold> = {}): BundleTold => ({
  report: installedReport(),
  manifest: toldManifest(),
  found: toldTally,
  levels: toldLevels,
  ...change,
});

export const madeBundle = (change: Partial<MadeBundle> = {}): MadeBundle => ({
  volumes: [{ path: '/var/tmp/wa-bundle_20261122T070302Z_core-1_3382-1177.zip', bytes: 12_804_112, sha256: DIGEST }],
  manifest: toldManifest({ volumes: 1 }),
  found: toldTally,
  ticket: 'The vendor ended this product on 2025-10-23.\ncore-1, client 2.55.1, MySQL 8.0.33.\n',
  ...change,
});
