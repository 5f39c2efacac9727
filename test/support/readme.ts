import { write } from '../../report-templates/plain.ts';
import { frameOf } from '../../report-templates/screen/frame.ts';
import { plain } from '../../report-templates/screen/line.ts';
import { NO_LOGINS } from '../../report-templates/screen/login-parts.ts';
import { FRESH } from '../../report-templates/screen/state.ts';
import type { Report } from '../../src/model.ts';
import { judgedWhole, timeless } from './corpus-run.ts';
import { hostNamed } from './hosts.ts';

const SPENT_MS = 9000;

const asIfLive = ({ report: judged }: { readonly report: Report }): Report => {
  const report = timeless(judged) as Report;
  return {
    ...report,
    run: { ...report.run, startedAt: '2026-11-22T09:00:00.000Z', durationMs: SPENT_MS, replayed: false },
  };
};

/** A server with three faults, for the README: little memory, statx denied by a profile of its own, logs without a limit. */
const example = async (): Promise<Report> => {
  const memory = 'system "memory"';
  const daemon = 'readFile "/etc/docker/daemon.json"';
  const evidence = {
    ...hostNamed('statx-eperm'),
    [memory]: hostNamed('memory-8')[memory] ?? { error: '' },
    [daemon]: hostNamed('logs-unbounded')[daemon] ?? { error: '' },
  };
  return asIfLive(await judgedWhole(evidence, { phase: 'before', optIns: new Set() }));
};

/** A single instance that runs, with a Coreapp that restarts and callbacks that wait. */
const installedExample = async (): Promise<Report> => {
  const deployment = 'docker "deployment"';
  const stats = 'api "stats-app"';
  const evidence = {
    ...hostNamed('installed'),
    [deployment]: hostNamed('coreapp-restarted-often')[deployment] ?? { error: '' },
    [stats]: hostNamed('api-queue-long')[stats] ?? { error: '' },
  };
  return asIfLive(await judgedWhole(evidence, { optIns: new Set() }));
};

const screen = (report: Report, columns: number, rows: number): string =>
  frameOf(
    {
      ...{ report, reasons: {}, ascii: false, columns, rows, tick: 0, still: true, now: 0 },
      ...{ notice: null, refused: null, logins: NO_LOGINS },
    },
    FRESH,
  )
    .map((line) => plain(line).trimEnd())
    .join('\n');

/** The README with its screens drawn anew by the tool: what stands between `<!-- screen: NAME -->` and `<!-- /screen -->`. */
export const withScreens = async (readme: string): Promise<string> => {
  const report = await example();
  const screens: Readonly<Record<string, string>> = {
    'finished 100x28': screen(report, 100, 28),
    'installed 100x20': screen(await installedExample(), 100, 20),
    plain: write(report, { color: false, ascii: false, width: 100, verbose: false }).trimEnd(),
  };
  return readme.replace(/(<!-- screen: (.+?) -->\n)[\s\S]*?(<!-- \/screen -->)/g, (_, open, name: string, close) => {
    const drawn = screens[name];
    if (drawn === undefined) throw new Error(`the README asks for a screen "${name}", which nobody draws`);
    return `${open}\n\`\`\`text\n${drawn}\n\`\`\`\n\n${close}`;
  });
};
