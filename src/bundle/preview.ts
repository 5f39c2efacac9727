import type { Source } from '../host/source.ts';
import { oneLine } from '../printable.ts';
import type { Tally } from '../redact/rule.ts';
import { type Change, changesIn } from './before-after.ts';
import type { Cleaner } from './cleaner.ts';
import { excerptOf } from './excerpt.ts';
import { guarded, patiently } from './guarded.ts';
import { together } from './tally.ts';

/** A file as it will be sent, as far as a person can look through it. Printable, and without any secret. */
export type FilePreview = {
  readonly path: string;
  readonly state: 'reading' | 'read' | 'failed';
  /** Why it cannot be read or cleaned. */
  readonly reason: string | null;
  readonly changes: readonly Change[];
  readonly found: Tally;
  readonly lines: readonly string[];
  /** There is more of it than was looked at. */
  readonly more: boolean;
};

/** Raw bytes that are looked at: a log is the same all along, anything else is cleaned as a whole or not at all. */
const MOST = { log: 256 * 1024, other: 4 * 2 ** 20 } as const;
const MOST_LINES = 4000;
const MOST_CHANGES = 200;
/** Characters of one change, of one line, of all lines. */
const LONGEST = { change: 600, line: 32_000, all: 512_000 } as const;
/** Longest silence of a source, ms: a person waits. */
const PATIENCE_MS = 10_000;

/** The file of which nothing is known yet. */
export const unread = (
  path: string,
  state: FilePreview['state'] = 'reading',
  reason: string | null = null,
): FilePreview => ({
  path,
  state,
  reason,
  changes: [],
  found: {},
  lines: [],
  more: false,
});

/** As many of the lines as a person can look through, and whether anything of them is missing. */
const shownLines = (lines: readonly string[]): { readonly lines: readonly string[]; readonly cut: boolean } => {
  const shown: string[] = [];
  let left: number = LONGEST.all;
  for (const text of lines) {
    if (left <= 0 || shown.length === MOST_LINES) return { lines: shown, cut: true };
    shown.push(oneLine(text.slice(0, Math.min(left, LONGEST.line))));
    left -= text.length;
  }
  return { lines: shown, cut: left < 0 || lines.some((text) => text.length > LONGEST.line) };
};

const shownChange = (change: Change): Change => {
  const { before, after } = excerptOf(change.before, change.after, LONGEST.change);
  return { ...change, before: before === null ? null : oneLine(before), after: oneLine(after) };
};

const beginning = async (
  source: Source,
  signal: AbortSignal,
): Promise<{ readonly bytes: Buffer; readonly more: boolean }> => {
  const most = source.form === 'log' ? MOST.log : MOST.other;
  const pieces: Uint8Array[] = [];
  let size = 0;
  const guard = { signal, patience: PATIENCE_MS };
  const { chunks, lacks } = guarded(await patiently(source.open(signal), guard), guard);
  for await (const piece of chunks) {
    signal.throwIfAborted();
    pieces.push(piece);
    size += piece.byteLength;
    if (size > most) break;
  }
  const bytes = Buffer.concat(pieces);
  const lack = lacks();
  if (lack && size === 0) throw new Error(lack.reason);
  if (size <= most) return { bytes, more: false };
  if (source.form !== 'log') throw new Error('it is too large to be looked through here');
  const end = bytes.lastIndexOf(0x0a, most) + 1;
  return { bytes: bytes.subarray(0, end || most), more: true };
};

/** Reads the beginning of a source and cleans it as the bundle will. Raw bytes stay in memory, bounded, and in nothing that is given back. */
export const previewOf = async (
  source: Source,
  cleaner: Pick<Cleaner, 'clean'>,
  signal: AbortSignal,
): Promise<FilePreview> => {
  const { path, form } = source;
  try {
    const { bytes, more } = await beginning(source, signal);
    const once = async function* () {
      yield bytes;
    };
    const pieces: Uint8Array[] = [];
    let found: Tally = {};
    for await (const block of cleaner.clean(path, once(), form)) {
      signal.throwIfAborted();
      pieces.push(block.bytes);
      found = together(found, block.found);
    }
    const clean = Buffer.concat(pieces).toString('utf8');
    const { lines, cut } = shownLines(clean === '' ? [] : clean.replace(/\n$/, '').split('\n', MOST_LINES + 1));
    const changes = changesIn(bytes.toString('utf8'), clean, found, MOST_CHANGES);
    return {
      path,
      state: 'read',
      reason: null,
      changes: changes.map(shownChange),
      found,
      lines,
      more: more || cut,
    };
  } catch (error) {
    signal.throwIfAborted();
    return unread(path, 'failed', oneLine(error instanceof Error ? error.message : String(error)));
  }
};
