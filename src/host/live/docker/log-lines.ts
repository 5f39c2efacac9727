/** A line as a container wrote it. */
export type LogLine = {
  /** RFC 3339 with Docker's nanoseconds, as Docker put it before the line; null where there is none. */
  readonly time: string | null;
  /** At most 64 KiB of it. */
  readonly text: Buffer;
  /** It was longer. */
  readonly cut: boolean;
};

/** Of a line no more than this is held, bytes. */
const MOST_LINE = 64 * 1024;
const LONGEST_TIME = 40;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const [NEWLINE, SPACE, RETURN] = [10, 32, 13];

/** Puts the lines of one stream together: a line may come in many pieces, and in many records of Docker's, each with a time of its own. */
const assembler = (take: (line: LogLine) => void) => {
  let head = Buffer.alloc(0);
  let inHead = false;
  /** That of the record, and that of the line: where it began. */
  let recorded: string | null = null;
  let time: string | null = null;
  let parts: Buffer[] = [];
  let length = 0;
  let cut = false;
  let begun = false;

  const keep = (piece: Buffer) => {
    if (!begun) time = recorded;
    begun = true;
    const room = MOST_LINE - length;
    cut ||= piece.length > room;
    if (room <= 0 || piece.length === 0) return;
    // A copy: what it stands in is as large as the network hands it over.
    const kept = Buffer.from(piece.subarray(0, room));
    parts.push(kept);
    length += kept.length;
  };
  const flush = () => {
    if (inHead && head.length > 0) keep(head);
    inHead = false;
    if (!begun) return;
    const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    take({ time, text: whole.at(-1) === RETURN ? whole.subarray(0, -1) : whole, cut });
    [parts, length, cut, begun] = [[], 0, false, false];
  };
  /** How many bytes of a piece belong to the time before the line; the time is known when its space is. */
  const intoHead = (piece: Buffer): number => {
    const space = piece.indexOf(SPACE);
    const line = piece.indexOf(NEWLINE);
    const end = space >= 0 && (line < 0 || space < line) ? space : line >= 0 ? line : piece.length;
    const room = Math.min(end, LONGEST_TIME - head.length);
    head = Buffer.concat([head, piece.subarray(0, room)]);
    const told = head.toString('latin1');
    const isTime = end === space && room === end && TIME.test(told);
    if (!isTime && room === piece.length && head.length < LONGEST_TIME) return room;
    inHead = false;
    if (isTime) recorded = told;
    keep(isTime ? head.subarray(0, 0) : head);
    return isTime ? room + 1 : room;
  };
  return {
    /** A record begins: what follows is a time, a space and text. */
    begin: () => {
      [head, inHead, recorded] = [Buffer.alloc(0), true, null];
    },
    add: (piece: Buffer, everyLine: boolean) => {
      for (let at = 0; at < piece.length; ) {
        if (inHead) {
          at += intoHead(piece.subarray(at));
          continue;
        }
        const found = piece.indexOf(NEWLINE, at);
        const end = found < 0 ? piece.length : found;
        keep(piece.subarray(at, end));
        at = end + 1;
        if (found < 0) continue;
        flush();
        if (everyLine) [head, inHead, recorded] = [Buffer.alloc(0), true, null];
      }
    },
    flush,
  };
};

const HEADER = 8;

/**
 * Takes what Docker sends of a log, in pieces of any size, and gives line for line: the frames of a container's two streams, or the
 * raw stream of one with a terminal, told apart by their first bytes (a raw one begins with a time). It holds no more than a line
 * of each stream. Throws where neither is sent.
 */
export const logLines = (take: (line: LogLine) => void) => {
  const streams = new Map<number, ReturnType<typeof assembler>>();
  const streamOf = (id: number) => {
    const known = streams.get(id) ?? assembler(take);
    streams.set(id, known);
    return known;
  };
  let header = Buffer.alloc(0);
  let raw: ReturnType<typeof assembler> | null = null;
  let current: ReturnType<typeof assembler> | null = null;
  let left = 0;
  let records = 0;

  const intoHeader = (piece: Buffer): number => {
    const room = Math.min(HEADER - header.length, piece.length);
    header = Buffer.concat([header, piece.subarray(0, room)]);
    if (header.length < HEADER) return room;
    const [id = 0] = header;
    if (id > 3 || header.readUIntBE(1, 3) !== 0) throw new Error('what the Docker Engine sent is no log');
    current = streamOf(id);
    left = header.readUInt32BE(4);
    header = Buffer.alloc(0);
    records += 1;
    current.begin();
    return room;
  };
  const framed = (piece: Buffer) => {
    for (let at = 0; at < piece.length; ) {
      if (left === 0) {
        at += intoHeader(piece.subarray(at));
        continue;
      }
      const end = Math.min(piece.length, at + left);
      current?.add(piece.subarray(at, end), false);
      left -= end - at;
      at = end;
    }
  };
  return {
    add: (piece: Buffer): void => {
      const [first] = piece;
      if (first !== undefined && raw === null && records === 0 && header.length === 0 && first > 3) {
        raw = streamOf(1);
        raw.begin();
      }
      if (raw) raw.add(piece, true);
      else framed(piece);
    },
    /** No more comes: a line without an end is one too. */
    end: (): void => {
      for (const stream of streams.values()) stream.flush();
    },
    /** Records of Docker's so far; 0 for a raw stream, where lines are all there is. */
    records: (): number => records,
  };
};
