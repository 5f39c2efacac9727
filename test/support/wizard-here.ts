// sh bin/node test/support/wizard-here.ts SCENE FOLDER [--ascii]
// The wizard on this terminal over a stand-in session: it writes one small file into FOLDER, and says what it came to. SCENE is `ok`,
// `slow` (writing lasts until it is cancelled), `full` (no space is left), `secret` (the second scan found one) or `bug`.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ticketText } from '../../report-templates/bundle/ticket.ts';
import { PART_WORDS } from '../../report-templates/bundle/told.ts';
import type { BundleOptions, BundleProgress, ConsentRow, MadeBundle } from '../../src/bundle/bundle.ts';
import type { Cleaner } from '../../src/bundle/cleaner.ts';
import { previewOf } from '../../src/bundle/preview.ts';
import { SecretLeft } from '../../src/bundle/secret-left.ts';
import { runBundleWizard } from '../../src/cli/bundle-wizard.ts';
import type { WizardSession } from '../../src/cli/wizard-session.ts';
import type { Part, Source } from '../../src/host/source.ts';
import { OutputError } from '../../src/output-error.ts';
import type { Tally } from '../../src/redact/rule.ts';
import { madeBundle, toldBundle, toldManifest } from './told-bundle.ts';

const [scene = 'ok', folder = '.', ...flags] = process.argv.slice(2);

const ENV = [
  'WA_DB_ENGINE=MYSQL',
  'WA_DB_HOSTNAME=db-1.bank.example',
  'WA_DB_PORT=3306',
  'WA_DB_USERNAME=wa',
  'WA_DB_PASSWORD=cAnArY-hunter2',
  'WA_DB_CONNECTION_IDLE_TIMEOUT=180000',
].join('\n');
const LOG = Array.from({ length: 60 }, (_, at) =>
  at % 3 === 0
    ? `2026-11-22T06:38:${String(at).padStart(2, '0')}Z error send to=66812345${600 + at} from 10.20.3.14:52011 failed: 1026`
    : `2026-11-22T06:38:${String(at).padStart(2, '0')}Z info heartbeat ok, 12 ms`,
).join('\n');

const RULES: readonly (readonly [id: string, tier: Tally[string]['tier'], pattern: RegExp, label: string])[] = [
  ['env.password', 'credential', /(?<=PASSWORD=).*/g, '[password-k3m7q2xa]'],
  ['net.hostname', 'network', /db-1\.bank\.example/g, 'host-x2k4m7qa.domain-p3s8w2fd.example'],
  ['personal.phone', 'personal', /66812345\d{3}/g, '[phone-7f3kq2xy]'],
  ['net.ip', 'network', /10\.20\.3\.14/g, '10.88.41.7'],
];

/** A few patterns in the place of the redactor: enough to look at. */
const cleaner = (own: readonly string[]): Pick<Cleaner, 'clean'> => ({
  clean: async function* (_path, chunks) {
    for await (const chunk of chunks) {
      const found: Record<string, Tally[string]> = {};
      let text = Buffer.from(chunk).toString();
      for (const [id, tier, pattern, label] of RULES)
        text = text.replace(pattern, () => {
          found[id] = { tier, found: (found[id]?.found ?? 0) + 1, labels: [label] };
          return label;
        });
      for (const word of own) text = text.replaceAll(word, '[own-a2b3c4d5]');
      yield { bytes: Buffer.from(text), found };
    }
  },
});

const source = (part: Part, path: string, text: string): Source => ({
  ...{
    path,
    part,
    collector: 'file',
    origin: path,
    form: path.endsWith('.log') ? 'log' : 'text',
    priority: 1,
    teaches: false,
  },
  estimate: text.length,
  open: async () => ({
    chunks: (async function* () {
      yield Buffer.from(text);
    })(),
    lacks: () => null,
  }),
});

const row = (
  part: Part,
  contains: string,
  raw: number | null,
  redacted: string,
  sources: readonly Source[],
): ConsentRow => ({
  ...{ part, title: PART_WORDS[part], contains, raw, redacted, sources },
});

const ROWS: readonly ConsentRow[] = [
  row('report', 'report.json, evidence.json', 298e3, 'hosts', [
    source('report', 'report.json', '{"kind":"HostReport"}'),
  ]),
  row('host', 'cpu, memory, disks, mounts', 212e3, 'IP, MAC, hosts', [
    source('host', 'host/mounts.txt', '/dev/vda1 / ext4'),
  ]),
  row('docker', 'version, info, inspect, events', 96e3, 'env values', [source('docker', 'docker/version.json', '{}')]),
  row('compose', 'docker-compose.yml, db.env', 6100, 'passwords', [source('compose', 'compose/db.env', ENV)]),
  row('coreapp-logs', 'wacore-1 container.log', 38e6, 'phones', [
    source('coreapp-logs', 'app/coreapp/wacore-1/container.log', LOG),
  ]),
  row('webapp-logs', 'waweb-1 web.log, error.log', 9e6, 'phones, tokens', [
    source('webapp-logs', 'app/webapp/waweb-1/web.log', LOG),
    source('webapp-logs', 'app/webapp/waweb-1/error.log', ''),
  ]),
  row('crash-logs', 'names and sizes of core dumps', 1200, 'phones', [
    source('crash-logs', 'app/coreapp/wacore-1/crash.txt', 'none'),
  ]),
  row('database', 'version, variables, table sizes', 41e3, 'hosts, users', [
    source('database', 'database/variables.json', '{}'),
  ]),
  row('network', 'DNS answers, routes, TLS chains', 18e3, 'IP, MAC, hosts', [
    source('network', 'network/routes.txt', 'default via 10.20.3.14'),
  ]),
  row('journal', 'docker unit', 4e6, 'IP', [source('journal', 'journal/docker.log', LOG)]),
];

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done, failed) => {
    const timer = setTimeout(done, ms);
    const stopped = () => {
      clearTimeout(timer);
      failed(signal.reason);
    };
    signal.addEventListener('abort', stopped, { once: true });
  });

const make: WizardSession['make'] = async ({ parts, without }, signal, progress) => {
  const files = ROWS.filter(({ part }) => parts.includes(part)).flatMap(({ sources }) => sources);
  const wanted = files.filter(({ path }) => !without.includes(path));
  const path = join(folder, 'wa-bundle_20261122T070302Z_core-1_3382-1177.zip');
  const tell = (step: BundleProgress['step'], done: number, file: string | null): void =>
    progress({ step, file, done, of: wanted.length, packed: done * 1_280_000 });
  tell('learning', 0, null);
  if (scene === 'bug') throw new TypeError('the stand-in has a bug');
  writeFileSync(`${path}.part`, 'half', { mode: 0o600, flag: 'wx' });
  try {
    for (const [at, one] of wanted.entries()) {
      tell('collecting', at, one.path);
      await pause(scene === 'slow' && at === 4 ? 60_000 : 15, signal);
    }
    if (scene === 'full') throw new OutputError(`${path} could not be written: no space is left there`);
    if (scene === 'secret')
      throw new SecretLeft(
        'the second scan found a secret in app/webapp/waweb-1/web.log, by its rule "aws-access-key"',
      );
    tell('proving', wanted.length, null);
    await pause(15, signal);
    writeFileSync(path, wanted.map((one) => `${one.path}\n`).join(''), { mode: 0o600, flag: 'wx' });
    writeFileSync(`${path}.sha256`, '', { mode: 0o600, flag: 'wx' });
  } finally {
    if (existsSync(`${path}.part`)) rmSync(`${path}.part`);
  }
  const sample = madeBundle();
  const volumes = sample.volumes.map((volume) => ({ ...volume, path }));
  const manifest = toldManifest({
    volumes: 1,
    complete: true,
    files: sample.manifest.files.filter(({ state }) => state === 'whole'),
  });
  const ticket = ticketText(toldBundle({ manifest }), volumes);
  return { ...sample, volumes, manifest, ticket } satisfies MadeBundle;
};

const session: WizardSession = {
  rows: ROWS,
  estimate: (parts) =>
    ROWS.filter(({ part }) => parts.includes(part)).reduce((sum, one) => sum + (one.raw ?? 0), 0) / 4,
  preview: (one, own, signal) =>
    previewOf(one, cleaner(own.flatMap((rule) => ('literal' in rule ? [rule.literal] : []))), signal),
  make,
};

const now = Date.parse('2026-11-22T07:02:00Z');
const options: BundleOptions = {
  ...{ output: folder, archive: 'zip', maxSize: 25e6, maxLog: 10e6, consent: null, estimate: false },
  ...{ window: { since: now - 3 * 3_600_000, until: now }, around: null, case: '3382-1177' },
  ...{ sign: null, redactRules: null, map: null, keepNetwork: false },
};

const { lifecycle } = toldBundle().report ?? {};
if (!lifecycle) throw new Error('the sample has no report');
const end = await runBundleWizard(
  { options, lifecycle, sessionFor: async () => session },
  {
    format: null,
    outputs: [],
    tui: true,
    input: true,
    color: 'auto',
    ascii: flags.includes('--ascii'),
    verbose: false,
    debug: false,
  },
);
process.stdout.write(
  `ended ${end.exitCode} ${end.made ? (end.deleted ? 'deleted' : 'made') : (end.failure?.kind ?? 'nothing')}\n`,
);
process.exitCode = end.exitCode;
