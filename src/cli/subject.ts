import { type Bundle, whyLacking } from '../bundle/contents.ts';
import { readBytes } from '../bundle/document.ts';
import { givenAt, openBundle } from '../bundle/open.ts';
import type { Recording } from '../host/evidence.ts';
import { recordingIn } from '../host/recording.ts';
import { parsedJson } from '../json-text.ts';
import type { Report } from '../model.ts';
import { oneLine } from '../printable.ts';
import { readReport } from '../read-report.ts';
import { UsageError } from '../usage-error.ts';
import { refuseHungInput } from './hung.ts';

/** What a person named to be read again: known by what is in it, never by its name. */
export type Subject =
  | { readonly kind: 'report'; readonly name: string; readonly report: Report }
  | { readonly kind: 'recording'; readonly name: string; readonly recording: Recording }
  | { readonly kind: 'bundle'; readonly name: string; readonly bundle: Bundle };

const KINDS: readonly unknown[] = ['HostReport', 'HostEvidence'];

const kindIn = (json: unknown, name: string): unknown => {
  const kind = typeof json === 'object' && json !== null && 'kind' in json ? json.kind : null;
  if (KINDS.includes(kind)) return kind;
  const is =
    typeof kind === 'string' ? `its kind is "${oneLine(kind).slice(0, 80)}"` : 'it does not say of what kind it is';
  throw new UsageError(`${name}: ${is}; a report, a recording or a bundle of this tool is needed`);
};

/** Reads a report, a recording or a bundle. What is none of them is a usage error; `option` begins its sentence. */
export const readSubject = async (path: string, option: string): Promise<Subject> => {
  const name = `${option} ${oneLine(path)}`.trim();
  await refuseHungInput(path, name);
  const given = await givenAt(path, name);
  if (given !== 'text') {
    return { kind: 'bundle', name, bundle: await openBundle(path, given, name) };
  }
  const read = parsedJson(await readBytes(path, name));
  if ('wrong' in read) throw new UsageError(`${name}: ${read.wrong}`);
  if (kindIn(read.json, name) === 'HostEvidence') {
    const told = recordingIn(read.json);
    if ('wrong' in told) throw new UsageError(`${name}: ${oneLine(told.wrong)}`);
    return { kind: 'recording', name, recording: told.recording };
  }
  return { kind: 'report', name, report: readReport(read.json, name) };
};

/** The report that is to be shown. */
export const reportIn = (subject: Subject): Report => {
  if (subject.kind === 'report') return subject.report;
  if (subject.kind === 'recording')
    throw new UsageError(`${subject.name}: it is a recording, which holds no report: check --from judges it`);
  const { report } = subject.bundle;
  if (report) return report;
  throw new UsageError(`${subject.name}: ${whyLacking(subject.bundle, 'report.json')}`);
};

/** What is to be judged again, and the report of the run that it comes from, where that is there. */
export type Judgeable = { readonly recording: Recording; readonly ran: Report | null };

/** The evidence that is to be judged. */
export const judgeable = (subject: Subject): Judgeable => {
  if (subject.kind === 'recording') return { recording: subject.recording, ran: null };
  if (subject.kind === 'report')
    throw new UsageError(`${subject.name}: it is a report, which holds no evidence to judge: render shows it`);
  const { report, evidence } = subject.bundle;
  if (evidence) return { recording: evidence, ran: report };
  throw new UsageError(`${subject.name}: ${whyLacking(subject.bundle, 'evidence.json')}`);
};
