import { type EngineWay, engineStream } from './engine-stream.ts';
import { logBytes } from './log-bytes.ts';

// Bytes of logs on their way: whole lines, or the newest of them.

/** What was counted on the way: Docker's records, and bytes of lines that were left out. */
export type Told = { records: number; dropped: number };

const NEWLINE = 10;
/** A line that is not ended is held back until it is, bytes: half of it may be half of a secret. */
const MOST_HELD = 8 << 20;

/** The lines of a log as they come from an Engine, by the path of the question. */
export async function* logPieces(
  engine: EngineWay,
  path: string,
  signal: AbortSignal,
  told: Told,
): AsyncGenerator<Buffer, void, undefined> {
  let ready: Buffer[] = [];
  const log = logBytes((piece) => ready.push(piece));
  const taken = (): readonly Buffer[] => {
    const pieces = ready;
    ready = [];
    const { records, dropped } = log.told();
    Object.assign(told, { records, dropped });
    return pieces;
  };
  const stream = await engineStream(engine, path, signal);
  try {
    for await (const chunk of stream) {
      log.add(chunk);
      yield* taken();
    }
    log.end();
  } catch (error) {
    // What came before it broke off is worth having.
    log.flush();
    yield* taken();
    throw error;
  }
  yield* taken();
}

/** The same, each piece with the end of a line at its end; where the pieces break off, the line that is not whole is left out. */
export async function* wholeLines(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let held: Buffer[] = [];
  let length = 0;
  const give = function* () {
    if (length > 0) yield Buffer.concat(held);
    [held, length] = [[], 0];
  };
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(NEWLINE) + 1;
    const [whole, rest] = end === 0 ? [null, piece] : [piece.subarray(0, end), piece.subarray(end)];
    if (whole) {
      yield* give();
      yield whole;
    }
    if (rest.length > 0) held.push(rest);
    length += rest.length;
    if (length > MOST_HELD) yield* give();
  }
  yield* give();
}

/** Leaves out so many bytes, and what follows them up to the end of the line. */
export async function* withoutFirst(
  pieces: AsyncIterable<Buffer>,
  excess: number,
): AsyncGenerator<Buffer, void, undefined> {
  let left = excess;
  let skipping = excess > 0;
  for await (const whole of pieces) {
    const gone = Math.min(left, whole.length);
    left -= gone;
    const piece = whole.subarray(gone);
    const from = skipping && piece.length > 0 ? piece.indexOf(NEWLINE) + 1 : 0;
    if (piece.length === 0 || (skipping && from === 0)) continue;
    skipping = false;
    if (from < piece.length) yield piece.subarray(from);
  }
}

/** The newest bytes of what goes through, at most so many of them, in whole lines. */
export const newestOf = (most: number) => {
  let pieces: Buffer[] = [];
  let length = 0;
  let all = 0;
  return {
    add: (piece: Buffer): void => {
      pieces.push(piece);
      length += piece.length;
      all += piece.length;
      let gone = 0;
      while (length - (pieces[gone]?.length ?? 0) >= most) {
        length -= pieces[gone]?.length ?? 0;
        gone += 1;
      }
      if (gone > 0) pieces = pieces.slice(gone);
    },
    all: (): number => all,
    bytes: (): Buffer => {
      const held = Buffer.concat(pieces);
      const from = Math.max(held.length - most, 0);
      const begin = all === held.length && from === 0 ? 0 : held.indexOf(NEWLINE, from) + 1;
      return held.subarray(begin, held.lastIndexOf(NEWLINE) + 1);
    },
  };
};
