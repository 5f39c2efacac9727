// Logs as Docker's json-file driver keeps them: a record on each line, `{"log":"text\n","stream":"stdout","time":"..."}`. What an
// application writes in one line of more than 16 KiB is torn into several records, whose text has no end of line but in the last.

const HEAD = /^\{\s?"log"\s?:\s?"/;
/** What follows the text of a record; attributes of the container may stand in it. */
const TAIL = /^"\s?,\s?"stream"\s?:\s?"(stdout|stderr)"/;

const NEWLINE = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const LETTER_N = 110;
const COMMA = 44;
const SPACE = 32;
const COLON = 58;
const LETTER_S = 115;

/** Whether a log is of that kind, by its first bytes. */
export const isJsonFile = (bytes: Buffer): boolean =>
  HEAD.test(bytes.toString('latin1', 0, Math.min(24, bytes.length)));

/** Where the text of a record ends: the place of its closing quote. It is searched from the line's end, for what follows it is short. */
const closingQuote = (bytes: Buffer, start: number, end: number): number => {
  // Texts hold quotes only behind a backslash, so that `","s` or `", "s` closes the text.
  for (let at = end - 1; at > start; at -= 1) {
    if (bytes[at] !== LETTER_S || bytes[at - 1] !== QUOTE) continue;
    const comma = bytes[at - 2] === SPACE ? at - 3 : at - 2;
    if (bytes[comma] !== COMMA || bytes[comma - 1] !== QUOTE || bytes[comma - 2] === COLON) continue;
    if (TAIL.test(bytes.toString('latin1', comma - 1, Math.min(comma + 40, end)))) return comma - 1;
  }
  return -1;
};

type Record = { readonly start: number; readonly text: number; readonly quote: number; readonly end: number };

// One without text is what is left of a torn one.
const isWhole = (bytes: Buffer, { text, quote }: Record): boolean =>
  text === quote || (bytes[quote - 1] === LETTER_N && bytes[quote - 2] === BACKSLASH && bytes[quote - 3] !== BACKSLASH);

const streamOf = (bytes: Buffer, { quote, end }: Record): string =>
  TAIL.exec(bytes.toString('latin1', quote, Math.min(quote + 40, end)))?.[1] ?? '';

const recordAt = (bytes: Buffer, start: number, end: number): Record | null => {
  const head = HEAD.exec(bytes.toString('latin1', start, Math.min(start + 24, end)));
  const quote = head ? closingQuote(bytes, start + head[0].length, end) : -1;
  return head && quote >= 0 ? { start, text: start + head[0].length, quote, end } : null;
};

/** Most of the records of a log are whole, and end as the one before them did. */
const endsLike = (bytes: Buffer, at: number): boolean =>
  bytes[at] === QUOTE &&
  bytes[at - 1] === LETTER_N &&
  bytes[at - 2] === BACKSLASH &&
  bytes[at - 3] !== BACKSLASH &&
  bytes[at + 1] === COMMA &&
  (bytes[at + 3] === LETTER_S || bytes[at + 4] === LETTER_S);

/**
 * The same log with the text of torn records in the first of them, so that it is read as one; the further ones stay, each with its
 * time and no text. What is not such a record stays as it is.
 */
export const joinedRecords = (bytes: Buffer): Buffer => {
  const pieces: Buffer[] = [];
  /** By stream: where among the pieces the further texts belong, and those that came so far. */
  const open = new Map<string, { readonly at: number; readonly texts: Buffer[] }>();
  let copied = 0;
  let usual = 0;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    const record = open.size === 0 && usual > 0 && endsLike(bytes, end - usual) ? null : recordAt(bytes, start, end);
    start = end;
    if (!record) continue;
    const stream = streamOf(bytes, record);
    const torn = open.get(stream);
    const whole = isWhole(bytes, record);
    if (whole) usual = end - record.quote;
    if (!torn && whole) continue;
    pieces.push(bytes.subarray(copied, torn ? record.text : record.quote));
    copied = record.quote;
    if (torn) torn.texts.push(bytes.subarray(record.text, record.quote));
    else open.set(stream, { at: pieces.push(Buffer.alloc(0)) - 1, texts: [] });
    if (torn && whole) {
      pieces[torn.at] = Buffer.concat(torn.texts);
      open.delete(stream);
    }
  }
  for (const { at, texts } of open.values()) pieces[at] = Buffer.concat(texts);
  return copied === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(copied)]);
};

/** Whether bytes that end with a line may be cut there: no record of either stream is torn at that place. */
export const endsWhole = (bytes: Buffer, most: number): boolean => {
  const seen = new Set<string>();
  for (let end = bytes.length, lines = 0; end > 0 && lines < most && seen.size < 2; lines += 1) {
    const start = bytes.lastIndexOf(NEWLINE, end - 2) + 1;
    const record = recordAt(bytes, start, end);
    if (!record) return true;
    const stream = streamOf(bytes, record);
    if (!seen.has(stream) && !isWhole(bytes, record)) return false;
    seen.add(stream);
    end = start;
  }
  return true;
};
