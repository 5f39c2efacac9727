import { shareWords } from '../../src/facts/database/latency.ts';
import type { Finding, Level, Measured, Outcome, Pending, Report, Required, Result } from '../../src/model.ts';
import { verdict } from '../../src/verdict.ts';
import { sampleConnect, sampleLatency } from './sample-database.ts';

// Two reports to look at: a finished one with every outcome, and one in the middle of a run.

const SOURCE = {
  document: 'On-Premises API, Getting started',
  clause: 'Hardware',
  says: 'At least 16 GB of memory for production.',
  link: 'https://developers.facebook.com/docs/whatsapp/on-premises/get-started',
  checkedOn: '2026-11-22',
};

type Brief = {
  readonly level?: Level;
  readonly outcome: Outcome;
  readonly findings?: readonly Finding[];
  readonly measured?: Measured;
  readonly required?: string | Required;
  readonly reason?: string;
  readonly waived?: Result['waived'];
  readonly ms?: number;
};

const limit = (display: string): Required => ({ op: '>=', value: display, display, origin: 'vendor-number' });

const result = (id: string, title: string, brief: Brief): Result => {
  const findings = brief.findings ?? [{ outcome: brief.outcome, message: `${title}: as it should be` }];
  return {
    id,
    title,
    group: id.split('.')[0] ?? '',
    phase: 'before',
    level: brief.level ?? 'required',
    outcome: brief.outcome,
    ...(brief.waived && { waived: brief.waived }),
    message: findings[0]?.message ?? '',
    ...(brief.measured && { measured: brief.measured }),
    ...(brief.required && { required: typeof brief.required === 'string' ? limit(brief.required) : brief.required }),
    findings,
    ...(brief.reason && { reason: brief.reason }),
    source: SOURCE,
    durationMs: brief.ms ?? 12,
  };
};

const shown = (display: string): Measured => ({ value: display, display });

const COUNTS = [0, 22, 410, 900, 760, 301, 122, 60, 31, 14, 6, 4] as const;
const BOUNDS = [0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10, 15, 25, 50, null] as const;

const latency: Measured = {
  value: 18.4,
  unit: 'ms',
  stat: 'p99',
  display: 'p99 18.4 ms',
  method: '2300-byte append + fdatasync',
  target: '/var/lib/docker',
  stoppedEarly: false,
  latency: {
    all: { samples: 2630, mean: 1.9, p50: 0.81, p90: 3.2, p95: 5.4, p99: 18.4, max: 61 },
    rounds: [16.9, 18.4, 21.2].map((p99) => ({ samples: 877, mean: 1.9, p50: 0.8, p90: 3.2, p95: 5.4, p99, max: 61 })),
    histogram: COUNTS.map((count, at) => ({ le: BOUNDS[at] ?? null, count })),
    strip: Array.from({ length: 120 }, (_, at) => (at % 17 === 3 ? 30 + (at % 7) : 1 + ((at * 37) % 23) / 5)),
    seconds: 9.4,
  },
};

const FINISHED: readonly Result[] = [
  result('lifecycle.product', 'Product life', {
    level: 'advice',
    outcome: 'warn',
    measured: shown('2026-11-22'),
    required: 'before 2025-10-23',
    findings: [
      {
        outcome: 'warn',
        message: 'The vendor ended this product on 2025-10-23.',
        remedy: 'Plan the move to the Cloud API.',
      },
    ],
  }),
  result('host.platform', 'Platform', { outcome: 'pass', measured: shown('Linux x86-64'), required: 'Linux x86-64' }),
  result('host.kernel', 'Kernel', { outcome: 'pass', measured: shown('6.1.0-28-amd64'), required: '>= 4.11' }),
  result('host.memory', 'Memory', {
    level: 'recommended',
    outcome: 'fail',
    measured: {
      value: 8160755712,
      unit: 'By',
      display: '7.6 GiB',
      total: 8160755712,
      available: 5160755712,
      installed: null,
      limit: null,
      limitFrom: null,
    },
    required: '>= 16 GiB',
    findings: [
      {
        outcome: 'fail',
        message:
          '7.6 GiB of memory, at least 16 GiB needed (14.9 GiB with the tolerance for what kernel and firmware keep)',
        remedy: 'Add memory, or move to a larger machine.',
      },
    ],
  }),
  result('host.clock', 'Clock synchronised', {
    level: 'advice',
    outcome: 'pass',
    measured: shown('0.4 ms, chrony'),
    required: '<= 10 s',
  }),
  result('disk.capacity', 'Capacity of the disk', {
    level: 'recommended',
    outcome: 'fail',
    measured: shown('120 GB'),
    required: '>= 250 GB',
    waived: { reason: 'OPS-212, test machine', until: '2026-12-31', by: 'ops' },
    findings: [{ outcome: 'fail', message: '120 GB, at least 250 GB needed', remedy: 'Grow the disk.' }],
  }),
  result('disk.write-latency', 'Write latency of the disk', {
    level: 'recommended',
    outcome: 'fail',
    measured: latency,
    required: { op: '<=', value: 10, unit: 'ms', stat: 'p99', display: 'p99 <= 10 ms', origin: 'vendor-text' },
    ms: 9720,
    findings: [
      {
        outcome: 'fail',
        subject: '/var/lib/docker',
        message: 'p99 18.4 ms over 3 rounds (16.9 to 21.2 ms), at most 10 ms needed',
        remedy: 'Move Docker\'s data root to an SSD: set "data-root" in /etc/docker/daemon.json and restart Docker.',
        link: 'https://docs.docker.com/engine/daemon/',
      },
    ],
  }),
  result('docker.engine', 'Docker Engine reachable', {
    outcome: 'unknown',
    required: 'reachable',
    reason: 'no-answer',
    findings: [
      {
        outcome: 'unknown',
        message: 'Could not find out: permission denied at /var/run/docker.sock',
        remedy: 'Run as root, or join the group docker: sudo usermod -aG docker deploy',
      },
    ],
  }),
  result('docker.version', 'Docker version', {
    outcome: 'skip',
    required: '>= 18.04',
    reason: 'needs',
    findings: [
      {
        outcome: 'skip',
        subject: 'docker.engine',
        message: 'Not asked: it needs docker.engine, which came to unknown.',
      },
    ],
  }),
  result('database.connect', 'Database connection', {
    outcome: 'pass',
    measured: sampleConnect,
    required: 'connected',
    ms: 21,
    findings: [
      {
        outcome: 'pass',
        subject: 'db-1:3306',
        message:
          'Connected to db-1:3306 (10.20.0.15) as user wa, login from --db-env-file, in 18.3 ms: name resolution 0.41 ms, TCP 2.9 ms, TLS 8.8 ms, authentication 3.2 ms, the first query 3 ms',
      },
    ],
  }),
  result('database.latency', 'Database latency', {
    level: 'recommended',
    outcome: 'warn',
    measured: sampleLatency,
    required: { op: '<=', value: 5, unit: 'ms', stat: 'p95', display: 'p95 <= 5 ms', origin: 'vendor-text' },
    ms: 4210,
    findings: [
      {
        outcome: 'warn',
        subject: 'db-1:3306',
        message: `Queries take ${sampleLatency.display.slice(4)} at p95, at most 5 ms needed; ${shareWords(sampleLatency.p50, sampleLatency.network)}`,
        remedy: 'Move the database into the same zone or network as this host.',
      },
    ],
  }),
];

/** A finished report: fails, an unknown, a warning, a waived one, a skip, and a latency check to draw. */
export const finishedReport = (change: Partial<Report> = {}): Report => {
  const { summary, outcome, exitCode } = verdict(change.checks ?? FINISHED, false);
  return {
    $schema: 'https://wa-preflight.invalid/schema/host-report-1.json',
    schemaVersion: '1.0',
    kind: 'HostReport',
    tool: { name: 'wa-preflight', version: '0.1.0' },
    spec: { name: 'whatsapp-onprem', version: '2026.11', checkedOn: '2026-11-22' },
    run: {
      id: '7b0c6a57-1d3c-4a8f-9f37-0a4a5b8a0c11',
      startedAt: '2026-11-22T07:02:11.000Z',
      durationMs: 12_400,
      outcome,
      exitCode,
      profile: 'production',
      phase: 'before',
      shape: 'single',
      privileged: false,
      strict: false,
      replayed: false,
      planned: FINISHED.map(({ id }) => id),
    },
    lifecycle: {
      status: 'ended',
      endedOn: '2025-10-23',
      message: 'The vendor ended this product on 2025-10-23.',
      source: SOURCE,
    },
    host: { name: 'core-1', os: 'Debian GNU/Linux 12', kernel: '6.1.0-28-amd64', arch: 'x64', virtualization: 'kvm' },
    summary,
    checks: FINISHED,
    pending: [],
    ...change,
  };
};

const pending = (id: string, change: Partial<Pending> = {}): Pending => {
  const { title, group, required } = FINISHED.find((one) => one.id === id) as Result;
  return { id, title, group, ...(required && { required }), state: 'waiting', ...change };
};

/** The same run on its way: five results, a benchmark at 62 %, a question asked, one waiting. */
export const runningReport = (): Report =>
  finishedReport({
    checks: FINISHED.slice(0, 6),
    pending: [
      pending('disk.write-latency', {
        state: 'running',
        progress: 0.62,
        note: '1632 of 2630 writes',
        asking: 'disk "write-latency"',
      }),
      pending('docker.engine', { state: 'running', asking: 'docker "engine"' }),
      pending('docker.version'),
      pending('database.connect', { state: 'running', asking: 'database "login"' }),
      pending('database.latency'),
    ],
  });

/** What the spec says beside the report, by id. */
export const REASONS = {
  'host.memory': {
    reason:
      'A machine sold with 16 GB shows 15.2 to 15.7 GiB, because kernel and firmware keep some; the tolerance covers that.',
    touches: 'Reads /proc/meminfo, the memory blocks of /sys and the cgroup limit.',
  },
  'disk.write-latency': {
    reason:
      'Coreapp writes each message to its database before it acknowledges it: a slow disk is felt by every message.',
    touches: 'Writes at most 64 MiB to an unlinked file on the judged disk.',
    writes: 'writes at most 64 MiB to the disk',
  },
} as const;
