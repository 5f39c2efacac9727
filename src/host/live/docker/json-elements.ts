import { EngineFault } from './engine-fault.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSING = new Set([0x5d, 0x7d]);

/** One element is not read beyond this, bytes. */
const MOST = 1 << 20;

const SENSELESS = 'it answered with something that is no list';

/**
 * Takes a JSON array of objects in pieces and gives away each object as soon as it is whole: a list of thousands is never held.
 * Throws an EngineFault where it is no such array.
 */
export const jsonElements = (each: (element: unknown) => void) => {
  let pieces: Buffer[] = [];
  let length = 0;
  let depth = 0;
  let inText = false;
  let escaped = false;
  let ended = false;

  const give = () => {
    const text = Buffer.concat(pieces).toString('utf8');
    pieces = [];
    length = 0;
    let element: unknown;
    try {
      element = JSON.parse(text);
    } catch {
      throw new EngineFault('not-an-engine', SENSELESS);
    }
    each(element);
  };
  const keep = (piece: Buffer) => {
    length += piece.length;
    if (length > MOST) throw new EngineFault('not-an-engine', `one entry of its list is larger than ${MOST >> 20} MiB`);
    pieces.push(piece);
  };
  const add = (chunk: Buffer): void => {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inText = false;
      } else if (byte === QUOTE) inText = true;
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        const wanted = depth > 1 || byte === (depth === 0 ? OPEN_ARRAY : OPEN_OBJECT);
        if (ended || !wanted) throw new EngineFault('not-an-engine', SENSELESS);
        if (depth === 1) from = at;
        depth += 1;
      } else if (CLOSING.has(byte)) {
        depth -= 1;
        if (depth < 0) throw new EngineFault('not-an-engine', SENSELESS);
        ended ||= depth === 0;
        if (depth === 1) {
          keep(chunk.subarray(from, at + 1));
          give();
        }
      }
    }
    if (depth > 1) keep(chunk.subarray(from));
  };
  return {
    add,
    end: (): void => {
      if (!ended) throw new EngineFault('not-an-engine', SENSELESS);
    },
  };
};
