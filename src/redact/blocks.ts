import { endsWhole, isJsonFile } from './json-file.ts';
import { LEADS_ON } from './led-on.ts';
import type { Form } from './rule.ts';
import { isInKey } from './runs.ts';

/** A part of a file that is cleaned by itself. */
export type RawBlock = { readonly bytes: Uint8Array; readonly form: Form };

/** What a splitter must know: values of several lines, how a piece of text is cleaned (to see whether a cut changes anything). */
export type Splitting = {
  /** Memory for a block, at least so many bytes; it belongs to whoever gets the block. */
  readonly take: (bytes: number) => Buffer;
  readonly longValues: readonly string[];
  readonly cleaned: (bytes: Uint8Array) => Uint8Array;
};

/** A file of known structure is read as a whole up to this size, bytes; a larger one line by line. */
export const MOST_WHOLE = 16 * 2 ** 20;
/** Size of a block, bytes. */
const TARGET = 2 ** 20;
/** A line is kept whole up to this size, and so is what belongs together in several lines. */
const REACH = 4 * 2 ** 20;
/** What both sides of a cut within a line are cleaned with, to see whether it changes anything. */
const CONTEXT = 64 * 1024;
/** Places that are tried for a cut. */
const MOST_TRIES = 64;
const MOST_COMPARED = 12;

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;

/** Places after which a line may be cut, the best first: between objects, between members, between words. */
const GAPS = ['},', ', "', '; ', ', ', ' ', ',', ';', '&', '|', '\t'].map((gap) => Buffer.from(gap, 'latin1'));

const lastCharacter = (bytes: Buffer, before: number): number => {
  let at = before - 1;
  while (at > 0 && (bytes[at] ?? 0) <= SPACE) at -= 1;
  return bytes[at] ?? 0;
};

/** A place between two lines at which nothing goes on: no key, no block of indented lines, no torn record, no value of several lines. */
const isCalm = (bytes: Buffer, at: number, jsonFile: boolean, { longValues }: Splitting): boolean => {
  const next = bytes[at];
  if (next === SPACE || next === TAB || LEADS_ON.has(lastCharacter(bytes, at))) return false;
  if (isInKey(bytes.subarray(Math.max(0, at - CONTEXT), at))) return false;
  if (jsonFile && !endsWhole(bytes.subarray(Math.max(0, at - 4 * CONTEXT), at), MOST_TRIES)) return false;
  return longValues.every((value) => {
    const from = Math.max(0, at - value.length);
    const found = bytes.subarray(from, at + value.length).indexOf(value, 0, 'latin1');
    return found < 0 || from + found >= at || from + found + value.length <= at;
  });
};

/** Whether both sides of a cut, cleaned apart, are what they are when they are cleaned together. */
const changesNothing = (bytes: Buffer, at: number, from: number, { cleaned }: Splitting): boolean => {
  const to = Math.min(bytes.length, at + CONTEXT);
  const apart = Buffer.concat([cleaned(bytes.subarray(from, at)), cleaned(bytes.subarray(at, to))]);
  return apart.equals(cleaned(bytes.subarray(from, to)));
};

/**
 * Where nothing parts a line for a long way: whether what began before that is being taken out, so that its rest would be left. The
 * beginning of it tells: its key, and as much of it as a rule needs to see.
 */
const isTakenFrom = (bytes: Buffer, at: number, { cleaned }: Splitting): boolean => {
  const start = Math.max(...GAPS.map((gap) => bytes.lastIndexOf(gap, at - 1)), 0);
  const to = Math.min(start + CONTEXT, at);
  const window = bytes.subarray(Math.max(0, start - 4096), to);
  return !Buffer.from(cleaned(window)).subarray(-256).equals(window.subarray(-256));
};

/** Ends of lines, from a place back to another one. */
const lineEnds = function* (bytes: Buffer, from: number, to: number): Generator<number> {
  for (let at = bytes.lastIndexOf(NEWLINE, from - 1); at + 1 > to; at = bytes.lastIndexOf(NEWLINE, at - 1)) {
    yield at + 1;
    if (at === 0) return;
  }
};

const gaps = function* (bytes: Buffer, from: number, to: number): Generator<number> {
  for (const gap of GAPS) {
    let at = bytes.lastIndexOf(gap, from - gap.length);
    for (let tries = 0; tries < MOST_COMPARED && at >= to; tries += 1) {
      yield at + gap.length;
      at = at === 0 ? -1 : bytes.lastIndexOf(gap, at - 1);
    }
  }
};

const firstOf = (places: Iterable<number>, most: number, fits: (at: number) => boolean): number => {
  let tries = 0;
  for (const at of places) {
    if (fits(at)) return at;
    tries += 1;
    if (tries >= most) break;
  }
  return -1;
};

/** Where the first block ends; -1 where more bytes are needed to tell. */
const cutOf = (bytes: Buffer, jsonFile: boolean, splitting: Splitting): number => {
  const calm = (at: number) => isCalm(bytes, at, jsonFile, splitting);
  const near = firstOf(lineEnds(bytes, TARGET, TARGET / 2), MOST_TRIES, calm);
  if (near > 0) return near;
  if (bytes.length < REACH + CONTEXT) return -1;
  const far = firstOf(lineEnds(bytes, REACH, TARGET), 16 * MOST_TRIES, calm);
  if (far > 0) return far;
  const harmless = (at: number) => changesNothing(bytes, at, Math.max(0, at - CONTEXT), splitting);
  const between = firstOf(lineEnds(bytes, REACH, TARGET / 2), MOST_COMPARED, harmless);
  if (between > 0) return between;
  const within = firstOf(gaps(bytes, REACH, REACH - 4 * CONTEXT), GAPS.length * MOST_COMPARED, harmless);
  if (within > 0) return within;
  return !isTakenFrom(bytes, REACH, splitting) && harmless(REACH) ? REACH : Number.NaN;
};

/** Why a file of such content is left out. */
class TooLong extends Error {
  override readonly name = 'TooLong';
}

/**
 * Cuts a file into blocks that can be cleaned each by itself, whatever the sizes of the chunks that it comes in: a file of known
 * structure is one block, a log is cut at ends of lines about every MiB, a line of more than 4 MiB where cleaning both sides apart
 * gives the same as cleaning them together. Throws where no such place is found.
 */
export const blocksOf = async function* (
  chunks: AsyncIterable<Uint8Array>,
  form: Form,
  splitting: Splitting,
): AsyncGenerator<RawBlock> {
  const structured = form !== 'log' && form !== 'text';
  let held: Buffer = Buffer.alloc(0);
  let size = 0;
  let enough = structured ? MOST_WHOLE + 1 : TARGET + CONTEXT;
  let jsonFile: boolean | null = null;
  let lines: Form = form;
  /** The same bytes in memory that has room for more. */
  const moved = (from: Buffer, room: number): Buffer => {
    const larger = splitting.take(room);
    from.copy(larger);
    return larger;
  };
  for await (const chunk of chunks) {
    if (size + chunk.length > held.length)
      held = moved(held.subarray(0, size), Math.max(size + chunk.length, size > TARGET ? 2 * size : 0));
    held.set(chunk, size);
    size += chunk.length;
    while (size >= enough) {
      if (structured) lines = 'log';
      const bytes = held.subarray(0, size);
      jsonFile ??= isJsonFile(bytes);
      const cut = cutOf(bytes, jsonFile, splitting);
      if (Number.isNaN(cut)) throw new TooLong('a value in it is longer than 4 MiB, so that it was not cleaned');
      if (cut > 0) {
        held = moved(bytes.subarray(cut), size - cut);
        size -= cut;
        yield { bytes: bytes.subarray(0, cut), form: lines };
      }
      enough = cut > 0 ? TARGET + CONTEXT : REACH + CONTEXT;
    }
  }
  if (size > 0) yield { bytes: held.subarray(0, size), form: lines };
};
