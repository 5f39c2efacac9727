import { createHash } from 'node:crypto';
import type { Recording } from '../host/evidence.ts';
import { recordingIn } from '../host/recording.ts';
import { parsedJson } from '../json-text.ts';
import type { Report } from '../model.ts';
import { oneLine, printableDeep } from '../printable.ts';
import { readReport } from '../read-report.ts';
import { firstWrong } from '../schema-words.ts';
import { UsageError } from '../usage-error.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

/** The files of a bundle that are read again. */
export const READ_AGAIN = ['manifest.json', 'report.json', 'evidence.json'] as const;
export type ReadAgain = (typeof READ_AGAIN)[number];

/** Bytes of those files that a bundle has, and the name of its one folder. */
export type Found = { readonly top: string; readonly files: ReadonlyMap<ReadAgain, Buffer> };

/** A bundle that was read. `report` and `evidence` are null where it has none; the manifest says why. */
export type Bundle = {
  readonly top: string;
  readonly manifest: Manifest;
  readonly report: Report | null;
  readonly evidence: Recording | null;
};

const jsonIn = (bytes: Buffer, shown: string): unknown => {
  const read = parsedJson(bytes);
  if ('wrong' in read) throw new UsageError(`${shown}: ${read.wrong}`);
  return read.json;
};

const manifestIn = (bytes: Buffer, shown: string): Manifest => {
  const read = manifestSchema.safeParse(printableDeep(jsonIn(bytes, shown)));
  if (read.success) return read.data;
  const { at, words } = firstWrong(read.error);
  throw new UsageError(`${shown}: it is not the manifest of a bundle${at && ` at ${oneLine(at)}`} (${oneLine(words)})`);
};

/** A file that is not the one which the manifest speaks of is not judged as if it were. */
const refuseChanged = (name: ReadAgain, bytes: Buffer, { files }: Manifest, top: string, shown: string): void => {
  const row = files.find(({ path }) => path === name || path === `${top}/${name}`);
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (row?.sha256 !== digest)
    throw new UsageError(
      `${shown}: it is not the file that the manifest names: the bundle was changed after it was made`,
    );
};

/** Reads what was found in a bundle, each file against its schema. `sealed`: digests must be those of the manifest. */
export const bundleOf = ({ top, files }: Found, name: string, sealed: boolean): Bundle => {
  const shown = (file: ReadAgain) => `${name}, ${file}`;
  const raw = files.get('manifest.json');
  if (!raw) throw new UsageError(`${name}: it has no manifest.json, so it is not a bundle of this tool`);
  const manifest = manifestIn(raw, shown('manifest.json'));
  const bytesOf = (file: ReadAgain): Buffer | null => {
    const bytes = files.get(file) ?? null;
    if (bytes && sealed) refuseChanged(file, bytes, manifest, top, shown(file));
    return bytes;
  };
  const [report, evidence] = [bytesOf('report.json'), bytesOf('evidence.json')];
  const recording = evidence && recordingIn(jsonIn(evidence, shown('evidence.json')));
  if (recording && 'wrong' in recording) throw new UsageError(`${shown('evidence.json')}: ${oneLine(recording.wrong)}`);
  return {
    top,
    manifest,
    report: report && readReport(jsonIn(report, shown('report.json')), shown('report.json')),
    evidence: recording?.recording ?? null,
  };
};

/** Why a bundle lacks one of its files, as a sentence's end. */
export const whyLacking = ({ manifest, top }: Bundle, file: ReadAgain): string => {
  const { volume, volumes, files } = manifest;
  const row = files.find(({ path }) => path === file || path === `${top}/${file}`);
  if (volume > 1) return `it is file ${volume} of ${volumes} of a bundle: ${file} is in the first one`;
  const why = row?.reason === undefined ? '' : ` (${oneLine(row.reason)})`;
  return `the bundle holds no ${file}${why}`;
};
