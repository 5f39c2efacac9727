import type { Manifest, Row } from '../../src/bundle/manifest.ts';
import type { Measured, Report, Result } from '../../src/model.ts';
import { oneLine } from '../../src/printable.ts';
import type { Tally } from '../../src/redact/rule.ts';
import { gigabytes } from '../../src/units.ts';

/** Lines of one log by level, counted over equal spans of time. */
export type LogLevels = {
  /** The file in the bundle. */
  readonly path: string;
  readonly since: string;
  readonly until: string;
  readonly spans: readonly { readonly errors: number; readonly warnings: number; readonly others: number }[];
  /** When the first error was logged, RFC 3339. */
  readonly firstError: string | null;
};

/**
 * What the pages of a bundle are made of. All of it went through the redactor before: a template shows what it is given and cleans
 * nothing but markup. The report is null where none is in the bundle; the manifest may lack the rows of the pages themselves.
 */
export type BundleTold = {
  readonly report: Report | null;
  readonly manifest: Manifest;
  readonly found: Tally;
  readonly levels?: readonly LogLevels[];
};

/** "2026-11-22 07:02:11 UTC" of a time in RFC 3339; what is none is given back as it is. */
export const utc = (time: string): string => {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? oneLine(time) : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
};

/** Bytes as a mail program tells them: "12.8 MB". */
export const sizeOf = (bytes: number): string => (bytes === 1 ? '1 byte' : gigabytes(bytes).replace(/ B$/, ' bytes'));

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What each part of a bundle is called where people read. */
export const PART_WORDS: Readonly<Record<Row['part'], string>> = {
  report: 'Preflight report',
  host: 'Host facts',
  docker: 'Docker state',
  compose: 'Compose and env files',
  'coreapp-logs': 'Coreapp logs',
  'webapp-logs': 'Webapp logs',
  'crash-logs': 'Crash logs',
  api: 'API answers and calls',
  database: 'Database facts',
  network: 'Network facts',
  journal: 'System journal',
  wadebug: 'WADebug data',
};

/** What became of a file, for people; those that are no trouble come last. */
export const STATE_WORDS: Readonly<Record<Row['state'], string>> = {
  withheld: 'withheld, could not be cleaned',
  failed: 'failed',
  denied: 'permission denied',
  'timed-out': 'timed out',
  cut: 'cut',
  'no-room': 'no room left',
  'left-out': 'left out by choice',
  absent: 'not there',
  empty: 'empty',
  whole: 'whole',
};

/** Rows that are files of some volume of the bundle. */
export const filesIn = ({ files }: Manifest): readonly Row[] => files.filter(({ bytes }) => bytes !== null);

/** Rows that a reader has to know of: what is not whole, worst first; a file that is empty or not there by nature comes last. */
export const lacksIn = ({ files }: Manifest): readonly Row[] => {
  const order = Object.keys(STATE_WORDS);
  return files
    .filter(({ state }) => state !== 'whole')
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
};

/** The result of a check, where the report holds one. */
export const resultOf = (report: Report | null, id: string): Result | undefined =>
  report?.checks.find((result) => result.id === id);

const measuredOf = (report: Report | null, id: string): Measured | null => {
  const result = resultOf(report, id);
  return result?.measured && result.measured.value !== null ? result.measured : null;
};

const VERSIONS = [
  ['client', 'containers.versions'],
  ['build', 'lifecycle.build'],
  ['', 'database.version'],
  ['Docker', 'docker.version'],
  ['Compose', 'docker.compose'],
] as const;

/** The versions that support asks for first, as far as the report knows them: "client 2.55.1", "MySQL 8.0.33". */
export const versionsIn = (report: Report | null): readonly string[] => {
  if (!report) return [];
  const told = VERSIONS.flatMap(([word, id]) => {
    const measured = measuredOf(report, id);
    if (!measured || measured.display === '' || measured.display.startsWith('not ')) return [];
    return [`${word} ${measured.display}`.trim()];
  });
  return [...told, report.host.os].map(oneLine).filter((word) => word !== '');
};

/** Sums of a tally by tier. */
const tiersIn = (found: Tally): readonly { readonly tier: string; readonly found: number }[] =>
  (['credential', 'personal', 'network'] as const).map((tier) => ({
    tier,
    found: Object.values(found)
      .filter((one) => one.tier === tier)
      .reduce((sum, one) => sum + one.found, 0),
  }));

/** The sums of a tally in words: "13 credentials, 411 pieces of personal data, 784 network identifiers". */
export const tiersTold = (found: Tally): string => {
  const words = { credential: 'credential', personal: 'piece', network: 'network identifier' } as const;
  return tiersIn(found)
    .filter((one) => one.found > 0)
    .map((one) => {
      const text = counted(one.found, words[one.tier as keyof typeof words]);
      return one.tier === 'personal' ? `${text} of personal data` : text;
    })
    .join(', ');
};
