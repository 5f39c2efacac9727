import type { Evidence } from '../host/evidence.ts';
import { recordingIn } from '../host/recording.ts';
import { parsedJson } from '../json-text.ts';
import type { Cleaner } from './cleaner.ts';
import { type Collected, type Packed, packedOf } from './collect.ts';
import type { ReportAgain } from './report-again.ts';
import { type Spool, unpacked } from './spool.ts';

/** The text of a file that was collected. */
export const textOf = async ({ blocks }: Packed, spool: Spool): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for (const kept of blocks) pieces.push(unpacked(await spool.read(kept)));
  return Buffer.concat(pieces).toString('utf8');
};

const evidenceIn = (text: string): Evidence | null => {
  const read = parsedJson(Buffer.from(text));
  const told = 'wrong' in read ? read : recordingIn(read.json);
  return 'wrong' in told ? null : told.recording.evidence;
};

/** Tells the report of the run by cleaned evidence. */
export type Again = (cleaned: Evidence, clean: (text: string) => string) => Promise<ReportAgain>;

/**
 * Collected files in which the report is told by the bundle's own evidence, so that it can be had again from it. Where one of both is
 * not whole they stay as they are. Evidence that does not bear a verdict says so.
 */
export const retold = async (
  collected: readonly Collected[],
  again: Again,
  cleaner: Cleaner,
  spool: Spool,
): Promise<readonly Collected[]> => {
  const whole = (path: string) => collected.find(({ source, lack }) => source.path === path && lack === null);
  const [report, evidence] = [whole('report.json'), whole('evidence.json')];
  const cleaned = report?.packed && evidence?.packed ? evidenceIn(await textOf(evidence.packed, spool)) : null;
  if (!report?.packed || !evidence || !cleaned) return collected;
  const told = await again(cleaned, cleaner.text);
  const { pending: _none, ...written } = told.report;
  const bytes = Buffer.from(`${JSON.stringify(written, null, 1)}\n`);
  await cleaner.prove('report.json', bytes);
  for (const kept of report.packed.blocks) spool.drop(kept);
  const packed = { ...(await packedOf(bytes, spool)), found: report.packed.found };
  const reason = `what ${told.differ.join(', ')} judged by was taken out of it`;
  return collected.map((one): Collected => {
    if (one === report) return { ...one, packed };
    return one === evidence && told.differ.length > 0 ? { ...one, lack: { state: 'cut', reason } } : one;
  });
};
