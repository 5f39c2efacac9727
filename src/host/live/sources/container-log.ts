import type { Lack, Reading } from '../../source.ts';
import type { EngineWay } from './engine-stream.ts';
import { logPieces, newestOf, type Told, wholeLines, withoutFirst } from './log-pieces.ts';
import { lackOf, readingOf } from './source-of.ts';

/** A time of a container's log, ms since 1970, and how many bytes of it are taken. */
export type WantedLog = { readonly id: string; readonly since: number; readonly until: number; readonly most: number };

/** What is held of a log while its size is found out, bytes: one that is not larger is asked for once. */
const HELD = 4 << 20;
/** Records of the first look; Docker reads the last so many from the end, whatever there is before them. */
const FIRST_TAIL = 5000;
const MOST_TAIL = 50_000_000;
/** How long it is looked for where the newest bytes begin, ms, and how much of it is read for that. */
const LOOKING = 8000;
const ENOUGH = 32 << 20;

const queryOf = ({ id, since, until }: WantedLog, tail: number | null): string => {
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  const time = `since=${seconds(since)}&until=${seconds(until)}${tail === null ? '' : `&tail=${tail}`}`;
  return `/containers/${encodeURIComponent(id)}/logs?stdout=1&stderr=1&timestamps=1&${time}`;
};

type Look = {
  readonly newest: ReturnType<typeof newestOf>;
  readonly told: Told;
  /** Why it did not come to an end; null where it did. */
  readonly stopped: string | null;
};

const look = async (engine: EngineWay, wanted: WantedLog, tail: number | null, signal: AbortSignal): Promise<Look> => {
  const told: Told = { records: 0, dropped: 0 };
  const newest = newestOf(Math.min(wanted.most, HELD));
  const from = performance.now();
  const enough = wanted.most * 2 + ENOUGH;
  let stopped: string | null = null;
  try {
    for await (const piece of logPieces(engine, queryOf(wanted, tail), signal, told)) {
      newest.add(piece);
      if (performance.now() > from + LOOKING) stopped = `its end was not reached within ${LOOKING / 1000} s`;
      if (newest.all() > enough) stopped = `its end was not reached within ${enough >> 20} MiB`;
      if (stopped !== null) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    // What was sent before it broke off is worth having.
    if (newest.all() === 0) throw error;
    stopped = lackOf(error).message;
  }
  // An Engine that never comes to an end costs the time of those that do.
  if (stopped !== null) engine.patience.spend(performance.now() - from);
  return { newest, told, stopped };
};

type Found = Look & { readonly tail: number | null; readonly whole: boolean };

/** Looks at ever more of the newest records, until they are enough or all there are. */
const findStart = async (engine: EngineWay, wanted: WantedLog, signal: AbortSignal): Promise<Found> => {
  // The last records are counted from the end of the log: for a time that is long past they say nothing.
  let tail = wanted.until > Date.now() - 60_000 ? FIRST_TAIL : null;
  for (;;) {
    const found = await look(engine, wanted, tail, signal);
    const bytes = found.newest.all();
    const whole = found.stopped === null && (tail === null || found.told.records < tail);
    if (tail === null || whole || found.stopped !== null || bytes >= wanted.most || tail >= MOST_TAIL)
      return { ...found, tail, whole };
    const factor = (wanted.most * 1.25) / Math.max(bytes, 1);
    tail = Math.min(Math.ceil(tail * Math.min(Math.max(factor, 2), 100)), MOST_TAIL);
  }
};

/** A size for people. */
export const sizeWords = (bytes: number): string =>
  bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / (1 << 20)).toFixed(1)} MiB`;

/** A line of ours at the top of what is not whole. */
export const markerOf = ({ reason }: Lack): Buffer => Buffer.from(`[wa-preflight: ${reason}]\n`);

const lackIn = (whole: boolean, stopped: string | null, kept: number, dropped: number): Lack | null => {
  if (stopped !== null) return { state: 'cut', reason: `${stopped}: ${sizeWords(kept)} that came until then are here` };
  if (!whole) return { state: 'cut', reason: `there is more of it: the newest ${sizeWords(kept)} are here` };
  const reason = `${sizeWords(dropped)} were left out that were written while a very long line was being written`;
  if (dropped > 0) return { state: 'cut', reason };
  return kept === 0 ? { state: 'empty', reason: 'nothing was written in this time' } : null;
};

async function* marked(lack: Lack | null, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  if (lack?.state === 'cut') yield markerOf(lack);
  yield* pieces;
}

const readingOfHeld = ({ newest, told, stopped, whole }: Found): Reading => {
  const bytes = newest.bytes();
  const lack = lackIn(whole && bytes.length === newest.all(), stopped, bytes.length, told.dropped);
  const { chunks } = readingOf(bytes);
  return { chunks: marked(lack, chunks as AsyncIterable<Buffer>), lacks: () => lack };
};

/**
 * The newest `most` bytes of a time of a container's log, by the Engine, in whole lines; a line at its top says what is missing.
 * Holds a few MiB at most: of a larger log the newest are asked for a second time, from where they begin.
 */
export const openContainerLog = async (engine: EngineWay, wanted: WantedLog, signal: AbortSignal): Promise<Reading> => {
  const found = await findStart(engine, wanted, signal);
  const bytes = found.newest.all();
  if (found.stopped !== null || bytes <= HELD || wanted.most <= HELD) return readingOfHeld(found);
  const excess = Math.max(bytes - wanted.most, 0);
  const whole = found.whole && excess === 0;
  const told: Told = { records: 0, dropped: 0 };
  let kept = 0;
  let stopped: string | null = null;
  const again = async function* () {
    try {
      const pieces = logPieces(engine, queryOf(wanted, found.tail), signal, told);
      for await (const piece of wholeLines(withoutFirst(pieces, excess))) {
        kept += piece.length;
        yield piece;
      }
    } catch (error) {
      signal.throwIfAborted();
      stopped = lackOf(error).message;
    }
  };
  const expected = lackIn(whole, null, bytes - excess, 0);
  return { chunks: marked(expected, again()), lacks: () => lackIn(whole, stopped, kept, told.dropped) };
};

/** The first bytes of a log since a time, in whole lines; a line at its end says that there is more. */
export const openLogHead = async (engine: EngineWay, wanted: WantedLog, signal: AbortSignal): Promise<Reading> => {
  const told: Told = { records: 0, dropped: 0 };
  const pieces: Buffer[] = [];
  let length = 0;
  let stopped: string | null = null;
  try {
    for await (const piece of logPieces(engine, queryOf(wanted, null), signal, told)) {
      pieces.push(piece);
      length += piece.length;
      if (length > wanted.most) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (length === 0) throw error;
    stopped = lackOf(error).message;
  }
  const all = Buffer.concat(pieces).subarray(0, wanted.most);
  const head = all.subarray(0, all.lastIndexOf(0x0a) + 1);
  const reason = stopped ?? `there is more of it: the first ${sizeWords(head.length)} are here`;
  const lack: Lack | null = stopped !== null || length > head.length ? { state: 'cut', reason } : null;
  return readingOf(lack && head.length > 0 ? Buffer.concat([head, markerOf(lack)]) : head, lack);
};
