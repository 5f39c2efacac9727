import { oneLine } from '../../src/printable.ts';
import * as words from '../words.ts';
import { cut } from '../wrap.ts';
import { type BundleTold, lacksIn, sizeOf, tiersTold, utc, versionsIn } from './told.ts';

/** A file of the bundle as it is attached. */
export type Volume = { readonly path: string | null; readonly bytes: number; readonly sha256: string };

const MOST_PROBLEMS = 6;
/** Nobody reads a line of a ticket that is longer. */
const MOST = 600;

const problemsIn = ({ report }: BundleTold): string => {
  if (!report) return 'No preflight report is in the bundle.';
  const bad = words.worstFirst(report.checks).filter((one) => ['fail', 'unknown'].includes(words.stateOf(one)));
  const told = bad.slice(0, MOST_PROBLEMS).map(({ title, measured, required }) => {
    const limit = required ? ` (required: ${required.display})` : '';
    return `${title}: ${measured?.display ?? 'not known'}${limit}`;
  });
  const more = bad.length > MOST_PROBLEMS ? `; ${bad.length - MOST_PROBLEMS} more in summary.html` : '';
  return bad.length === 0 ? 'No check failed.' : `${told.join('; ')}${more}.`;
};

const attached = (volumes: readonly Volume[], { manifest, found }: BundleTold): string => {
  const files = volumes.map(({ path, bytes, sha256 }) => {
    const name = path === null ? manifest.name : (path.split('/').at(-1) ?? path);
    return `${name} (${sizeOf(bytes)}, sha256 ${sha256})`;
  });
  const what = files.length > 0 ? `Attached: ${files.join(', ')}.` : `Attached: ${manifest.name}.`;
  const lacks = lacksIn(manifest).filter(({ state }) => !['empty', 'absent'].includes(state)).length;
  const replaced = tiersTold(found);
  return [
    what,
    lacks > 0 ? `${lacks} files are cut, left out or not collected: see manifest.json.` : '',
    replaced === '' ? '' : `Replaced by labels: ${replaced}.`,
  ]
    .filter(Boolean)
    .join(' ');
};

/**
 * `ticket.txt`: five lines to paste into a ticket, the product's end first. Without volumes it names the bundle alone, as the text
 * that lies inside of it has to.
 */
export const ticketText = (told: BundleTold, volumes: readonly Volume[] = []): string => {
  const { report, manifest } = told;
  const host = report ? report.host.name : manifest.name;
  const run = report
    ? `${words.VERDICTS[report.run.outcome]} by ${report.tool.name} ${report.tool.version}, ${report.run.profile} ${report.run.shape}, ${utc(report.run.startedAt)}: ${words.countsOf(report.summary)}.`
    : `Support bundle of ${utc(manifest.createdAt)}.`;
  const lines = [
    report?.lifecycle.message ?? 'The bundle holds no preflight report.',
    `${[host, ...versionsIn(report)].join(', ')}${manifest.case === null ? '' : `; case ${manifest.case}`}.`,
    run,
    problemsIn(told),
    attached(volumes, told),
  ];
  return `${lines.map((text) => cut(oneLine(text), MOST)).join('\n')}\n`;
};
