/** Bytes that may stand in a place of a trigger, 1 for each that may. */
type Bytes = Uint8Array;

/** One place of a trigger: which bytes may stand there, whether there may be none of them, whether there may be more. */
export type Place = {
  readonly bytes: Bytes;
  readonly optional: boolean;
  readonly repeats: boolean /** Only at the start of a line. */;
  readonly leads?: boolean;
};

const NEWLINE = 10;
const SHORTHANDS: Record<string, string> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \t\r\f\v', t: '\t', r: '\r' };

const codesOf = (members: string, bytes: Bytes): void => {
  for (let at = 0; at < members.length; at += 1) {
    const from = members.charCodeAt(at);
    const ranged = members[at + 1] === '-' && at + 2 < members.length;
    const to = ranged ? members.charCodeAt(at + 2) : from;
    for (let code = from; code <= to; code += 1) bytes[code] = 1;
    if (ranged) at += 2;
  }
};

/** Both cases of every letter, and never the end of a line: a trigger stands within one. */
const folded = (bytes: Bytes): Bytes => {
  for (let upper = 65; upper <= 90; upper += 1) {
    const either = bytes[upper] || bytes[upper + 32] ? 1 : 0;
    bytes[upper] = either;
    bytes[upper + 32] = either;
  }
  bytes[NEWLINE] = 0;
  return bytes;
};

const escaped = (character: string, bytes: Bytes): void => {
  const members = SHORTHANDS[character];
  if (members === undefined) bytes[character.charCodeAt(0)] = 1;
  else codesOf(members, bytes);
};

const classOf = (inner: string): Bytes => {
  const bytes = new Uint8Array(256);
  const negated = inner.startsWith('^');
  const plain = (negated ? inner.slice(1) : inner).replace(/\\([\s\S])/g, (whole, character: string) => {
    if (SHORTHANDS[character] === undefined && character !== '-') return character;
    escaped(character, bytes);
    return whole.slice(2);
  });
  // An escaped `]`, `\` or `^` stands for itself now; an escaped `-` was taken above and is no range.
  codesOf(plain, bytes);
  folded(bytes);
  if (negated) for (let code = 0; code < 256; code += 1) bytes[code] = bytes[code] || code === NEWLINE ? 0 : 1;
  return bytes;
};

const single = (fill: (bytes: Bytes) => void): Bytes => {
  const bytes = new Uint8Array(256);
  fill(bytes);
  return folded(bytes);
};

const anyByte = (): Bytes => folded(new Uint8Array(256).fill(1));

const TOKEN = /\[(\^?\]?(?:\\[\s\S]|[^\]\\])*)\]|\\([\s\S])|([\s\S])/y;
const COUNT = /\{(\d+)(,?)(\d*)\}|[?*+]/y;

const countOf = (count: RegExpExecArray | null): { least: number; most: number } => {
  if (!count) return { least: 1, most: 1 };
  if (count[0] === '?') return { least: 0, most: 1 };
  if (count[0] === '*') return { least: 0, most: Number.POSITIVE_INFINITY };
  if (count[0] === '+') return { least: 1, most: Number.POSITIVE_INFINITY };
  const least = Number(count[1]);
  if (count[2] === '') return { least, most: least };
  return { least, most: count[3] === '' ? Number.POSITIVE_INFINITY : Number(count[3]) };
};

/** A longer choice counts as one without an end: it marks a little more, and takes one place instead of a hundred. */
const MOST_OPTIONAL = 8;

const placesOf = (bytes: Bytes, least: number, most: number): Place[] => {
  const once = { bytes, optional: false, repeats: false };
  const places: Place[] = Array.from({ length: least }, () => once);
  if (most - least > MOST_OPTIONAL) places.push({ bytes, optional: true, repeats: true });
  else for (let more = least; more < most; more += 1) places.push({ ...once, optional: true });
  return places;
};

/**
 * The places of a trigger: literal characters, classes, counts (`{2,3}`, `?`, `*`, `+`), `^` before
 * them for the start of a line. Throws for what it does not know: groups
 * and alternatives are triggers of their own.
 */
export const placesOfTrigger = (trigger: string): readonly Place[] => {
  const places: Place[] = [];
  for (let at = trigger.startsWith('^') ? 1 : 0; at < trigger.length; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(trigger);
    if (!token || (token[3] !== undefined && '(|)$'.includes(token[3])))
      throw new Error(`"${trigger}" is no trigger: characters, classes and counts only`);
    at = TOKEN.lastIndex;
    COUNT.lastIndex = at;
    const count = COUNT.exec(trigger);
    if (count) at = COUNT.lastIndex;
    const [, inner, after, plain] = token;
    const bytes =
      inner !== undefined
        ? classOf(inner)
        : single((set) => {
            if (after !== undefined) escaped(after, set);
            else if (plain === '.') set.set(anyByte());
            else set[(plain ?? '').charCodeAt(0)] = 1;
          });
    const { least, most } = countOf(count);
    places.push(...placesOf(bytes, least, most));
  }
  // What may be absent at the end changes nothing: the line is marked before it.
  while (places.at(-1)?.optional) places.pop();
  const [first, ...rest] = places;
  return first && trigger.startsWith('^') ? [{ ...first, leads: true }, ...rest] : places;
};
