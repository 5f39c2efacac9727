/** A stream of a container's output, on its way into lines. */
export type Stream = {
  /** What may become the time before a record. */
  head: Buffer;
  inHead: boolean;
  /** A line has begun and not ended. */
  open: boolean;
  /** Bytes of this line so far, and of this record of it. */
  length: number;
  recorded: number;
  /** Of the record that this line began with: those that continue it have the same. */
  time: string;
  /** Lines that wait for the end of a line of the other stream. */
  waiting: Buffer[];
  held: number;
  /** No more of it can wait: what comes is left out. */
  full: boolean;
  /** The rest of a line is left out, whose beginning was. */
  skipping: boolean;
};

const NEWLINE = 10;
/** Lines of one stream that wait for the end of a line of the other, bytes. */
const MOST_WAITING = 1 << 20;
const OUT = 64 * 1024;

export const freshStream = (): Stream => ({
  head: Buffer.alloc(0),
  inHead: false,
  open: false,
  length: 0,
  recorded: 0,
  time: '',
  waiting: [],
  held: 0,
  full: false,
  skipping: false,
});

/** Puts out pieces of at most 64 KiB, however small those are that are put in. */
const batches = (emit: (piece: Buffer) => void) => {
  let out = Buffer.allocUnsafe(OUT);
  let filled = 0;
  const flush = (): void => {
    if (filled > 0) emit(out.subarray(0, filled));
    out = Buffer.allocUnsafe(OUT);
    filled = 0;
  };
  return {
    flush,
    put: (piece: Buffer): void => {
      for (let at = 0; at < piece.length; ) {
        if (filled === OUT) flush();
        const room = Math.min(OUT - filled, piece.length - at);
        piece.copy(out, filled, at, at + room);
        filled += room;
        at += room;
      }
    },
  };
};

/**
 * Lets one stream write at a time, for as long as a line of it takes; lines of others wait, up to a MiB of them. Whole lines alone are
 * left out beyond that: half of one may be half of a secret.
 */
export const lineByLine = (streams: ReadonlyMap<number, Stream>, emit: (piece: Buffer) => void) => {
  const { put, flush } = batches(emit);
  const counted = { lines: 0, dropped: 0 };
  let owner: Stream | null = null;

  const hold = (stream: Stream, piece: Buffer) => {
    if (stream.held + piece.length > MOST_WAITING && !stream.full) {
      const kept = Buffer.concat(stream.waiting);
      const whole = kept.subarray(0, kept.lastIndexOf(NEWLINE) + 1);
      counted.dropped += stream.held - whole.length;
      [stream.waiting, stream.held, stream.full] = [[whole], whole.length, true];
    }
    if (stream.full) {
      counted.dropped += piece.length;
      stream.skipping = piece.at(-1) !== NEWLINE;
      return;
    }
    stream.waiting.push(Buffer.from(piece));
    stream.held += piece.length;
  };
  const release = () => {
    for (const stream of streams.values()) {
      if (owner !== null) return;
      stream.full = false;
      if (stream.held === 0) continue;
      const last = stream.waiting.at(-1)?.at(-1);
      for (const piece of stream.waiting) put(piece);
      [stream.waiting, stream.held] = [[], 0];
      if (last !== NEWLINE) owner = stream;
    }
  };
  return {
    flush,
    counted,
    /** A piece within one line of a stream, or with its end. */
    line: (stream: Stream, piece: Buffer): void => {
      if (piece.length === 0) return;
      const ends = piece.at(-1) === NEWLINE;
      stream.open = !ends;
      stream.length = ends ? 0 : stream.length + piece.length;
      if (ends) counted.lines += 1;
      if (owner !== null && owner !== stream) hold(stream, piece);
      else if (stream.skipping) {
        counted.dropped += piece.length;
        stream.skipping = !ends;
      } else {
        put(piece);
        owner = ends ? null : stream;
        if (ends) release();
      }
    },
  };
};
