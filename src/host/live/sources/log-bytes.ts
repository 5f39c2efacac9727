import { SourceError } from '../../source.ts';
import { freshStream, lineByLine, type Stream } from './line-by-line.ts';

const HEADER = 8;
const LONGEST_TIME = 40;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const [NEWLINE, SPACE] = [10, 32];
/** What an Engine writes as one record of a longer line, bytes: with a terminal nothing else marks where the next begins. */
const RECORD = 16 * 1024;
const NONE = Buffer.alloc(0);
const LINE_END = Buffer.from([NEWLINE]);

/**
 * Turns what Docker sends of a log into its lines as bytes, `TIME TEXT\n` each: frames of two streams are told apart and never
 * mixed within a line, and the time before each record of a continued line is taken out, so that what was torn is whole again.
 * Nothing is held but what waits for the end of another stream's line. `emit` gets pieces of at most 64 KiB.
 */
export const logBytes = (emit: (piece: Buffer) => void) => {
  const streams = new Map<number, Stream>();
  const { line, flush, counted } = lineByLine(streams, emit);
  let header = NONE;
  let current: Stream | null = null;
  let left = 0;
  let raw = false;
  let records = 0;

  /** Whether a record of that time goes on with the line: Engines of today say so by the time, older ones by a full record. */
  const continues = ({ open, time, recorded }: Stream, next: string): boolean =>
    open && (next === time || (recorded > 0 && recorded % RECORD === 0));
  /** How many bytes of a piece belong to the time before a record; it is known when its space is. */
  const intoHead = (stream: Stream, piece: Buffer): number => {
    const space = piece.indexOf(SPACE);
    const newline = piece.indexOf(NEWLINE);
    const end = space >= 0 && (newline < 0 || space < newline) ? space : newline >= 0 ? newline : piece.length;
    const room = Math.min(end, LONGEST_TIME - stream.head.length);
    const head =
      stream.head.length === 0 ? piece.subarray(0, room) : Buffer.concat([stream.head, piece.subarray(0, room)]);
    const told = head.toString('latin1');
    const isTime = end === space && room === end && TIME.test(told);
    if (!isTime && room === piece.length && head.length < LONGEST_TIME) {
      stream.head = Buffer.from(head);
      return room;
    }
    [stream.head, stream.inHead] = [NONE, false];
    if (!isTime) line(stream, head);
    else if (!continues(stream, told)) {
      // Some drivers give the last record of a long line without its end.
      if (stream.open) line(stream, LINE_END);
      line(stream, Buffer.from(`${told} `));
      [stream.length, stream.time] = [0, told];
    }
    stream.recorded = 0;
    return isTime ? room + 1 : room;
  };
  const text = (stream: Stream, piece: Buffer) => {
    for (let at = 0; at < piece.length; ) {
      if (stream.inHead) {
        at += intoHead(stream, piece.subarray(at));
        continue;
      }
      const newline = piece.indexOf(NEWLINE, at);
      const end = newline < 0 ? piece.length : newline + 1;
      const upTo = raw ? Math.min(end, at + RECORD - (stream.length % RECORD)) : end;
      line(stream, piece.subarray(at, upTo));
      stream.recorded += upTo - at;
      at = upTo;
      const torn = raw && stream.open && stream.length > 0 && stream.length % RECORD === 0;
      if (!raw || (stream.open && !torn)) continue;
      stream.inHead = true;
      records += 1;
    }
  };
  const streamOf = (id: number): Stream => {
    const known = streams.get(id) ?? freshStream();
    streams.set(id, known);
    return known;
  };
  const intoHeader = (piece: Buffer): number => {
    const room = Math.min(HEADER - header.length, piece.length);
    header = Buffer.concat([header, piece.subarray(0, room)]);
    if (header.length < HEADER) return room;
    const [id = 0] = header;
    if (id > 3 || header.readUIntBE(1, 3) !== 0)
      throw new SourceError('failed', 'what the Docker Engine sent is no log');
    current = streamOf(id);
    left = header.readUInt32BE(4);
    header = NONE;
    records += 1;
    [current.head, current.inHead] = [NONE, true];
    return room;
  };
  const framed = (piece: Buffer) => {
    for (let at = 0; at < piece.length; ) {
      if (left === 0 || current === null) {
        at += intoHeader(piece.subarray(at));
        continue;
      }
      const end = Math.min(piece.length, at + left);
      text(current, piece.subarray(at, end));
      left -= end - at;
      at = end;
      if (left === 0 && current.inHead && current.head.length > 0) {
        line(current, current.head);
        [current.head, current.inHead] = [NONE, false];
      }
    }
  };
  return {
    add: (piece: Buffer): void => {
      const [first] = piece;
      if (first !== undefined && streams.size === 0 && header.length === 0 && first > 3) {
        raw = true;
        streamOf(1).inHead = true;
      }
      if (raw) text(streamOf(1), piece);
      else framed(piece);
    },
    /** No more comes: a line without an end gets one. */
    end: (): void => {
      for (const stream of streams.values()) {
        if (stream.inHead && stream.head.length > 0) line(stream, stream.head);
        if (stream.open && !stream.skipping) line(stream, LINE_END);
      }
      flush();
    },
    /** Gives what was put together until now, also where more is to come. */
    flush,
    /** Records of Docker's, lines, and bytes of lines that were left out because of another line's length. */
    told: () => ({ records, ...counted }),
  };
};
