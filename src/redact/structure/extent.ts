import { COLOUR } from './colour.ts';

/** Where a value stands in a text: from `start` to before `end`. `quote` is what opens it, as it stands. */
export type Extent = { readonly start: number; readonly end: number; readonly quote: string };

const ANSI = new RegExp(COLOUR, 'y');
const QUOTE = /(?:\\{0,7}["'`]|&quot;|&#3[49];|%22)/y;
// What a language puts before a quote: b'x', @"x".
const PREFIX = /(?:[bBuUrRfF]{1,2}|@)(?=["'])/y;
/** Longest value that is read behind a name, characters. */
const MOST = 65_536;

/** After spaces and colours. */
const afterColours = (text: string, from: number): number => {
  let at = from;
  for (let turns = 0; turns < 24; turns += 1) {
    ANSI.lastIndex = at;
    if (text[at] === ' ' || text[at] === '\t') at += 1;
    else if (ANSI.test(text)) at = ANSI.lastIndex;
    else break;
  }
  return at;
};

// How far the line that was asked about last goes: names of one line ask one after another, and would read it to its end each time.
// What stands behind them is read too, and is short: it does not make this be forgotten.
let asked = { text: '', from: 0, end: -1, over: false };
const SHORT = 2048;

const lineEnd = (text: string, from: number): number => {
  if (text.length - from <= SHORT) return endOf(text, from, text.length);
  const most = Math.min(text.length, from + MOST);
  const known = asked.text === text && from >= asked.from && from <= asked.end && (asked.over || most <= asked.end);
  if (!known) {
    const reach = Math.min(text.length, from + 2 * MOST);
    const end = endOf(text, from, reach);
    asked = { text, from, end, over: end < reach };
  }
  return Math.min(asked.end, most);
};

const endOf = (text: string, from: number, most: number): number => {
  for (let at = from; at < most; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13 || code === 0) return at;
  }
  return most;
};

const closing = (whole: string, begin: number, quote: string, end: number): number => {
  const found = closingIn(whole.slice(begin, end), 0, quote);
  return found < 0 ? -1 : begin + found;
};

const closingIn = (text: string, from: number, quote: string): number => {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    // A quote that is escaped, or doubled as in YAML and SQL, is part of the value.
    if (quote.length === 1) {
      let slashes = 0;
      while (at - slashes > from && text[at - slashes - 1] === '\\') slashes += 1;
      if (slashes % 2 === 1) continue;
      if (quote === "'" && text[at + 1] === "'") {
        at += 1;
        continue;
      }
      return at;
    }
    let before = at;
    while (quote.startsWith('\\') && before > from && text[before - 1] === '\\') before -= 1;
    if (before === at) return at;
  }
  return -1;
};

/** How an unquoted value ends: with its line, at the next space, or at what ends it in a query. */
export type Ending = 'line' | 'word' | 'query' | 'nested' | 'list';

// All but blanks, quotes and angle brackets, and in a query what parts it.
const WORD = /[!#-&(-;=?-_a-\uffff]{0,65536}/y;
const QUERY = /[!$%(-:=?-[\]-_a-\uffff]{0,65536}/y;
// A query within a value of a query: its own `&` is encoded.
const NESTED = /(?:(?!%26|%22|%20)[!$%(-:=?-[\]-_a-\uffff]){0,65536}/y;
// `password=abc,user=biz`, `pass:x;host:y`: another name ends a value that no space ends.
const NEXT = /(?:[,;&|]|\)[,;]?|\\n)(?=[ \t]{0,2}[\w.-]{1,40}(?:=|:[^:]|["']?\s?[:=]))/;

const WITHIN = /[;,&|] ?(?=[\w.-][\w. -]{0,39}=)|\s(?=[\w.-]{1,40}=)/;
const JOINED = /;(?=[\w.][\w. ]{0,30}=)/;

const bare = (text: string, start: number, ending: Ending): number => {
  if (ending === 'line') return lineEnd(text, start);
  const shape = { query: QUERY, nested: NESTED, word: WORD, list: WORD }[ending];
  shape.lastIndex = start;
  const found = shape.exec(text)?.[0] ?? '';
  const colour = found.indexOf('\x1b');
  const word = colour < 0 ? found : found.slice(0, colour);
  const next = NEXT.exec(word.slice(0, 400));
  const cut = next ? word.slice(0, next.index) : word;
  const kept = cut.replace(ending === 'list' ? /[,;)\]}.]{1,4}$/ : /(?:[,;.]|[)\]}]{1,4}[,;.]?)$/, '');
  return start + kept.length;
};

/** The value that begins at a place: inside its quotes where it has any, else as far as `ending` says. */
export const valueAt = (text: string, from: number, ending: Ending, outer = ''): Extent => {
  const bareAt = afterColours(text, from);
  PREFIX.lastIndex = bareAt;
  const at = PREFIX.test(text) ? PREFIX.lastIndex : bareAt;
  const end = lineEnd(text, at);
  QUOTE.lastIndex = at;
  const quote = QUOTE.exec(text)?.[0] ?? '';
  if (quote !== '' && quote !== outer) {
    const start = at + quote.length;
    const close = closing(text, start, quote, end);
    if (close >= 0) return { start, end: close, quote };
    return { start, end, quote };
  }
  const close = outer === '' ? -1 : closing(text, at, outer, end);
  const bareEnd = bare(text, at, outer !== '' && close >= 0 && ending === 'word' ? 'line' : ending);
  const held = close >= 0 ? (ending === 'query' || ending === 'nested' ? Math.min(bareEnd, close) : close) : bareEnd;
  // "Server=x;Pwd=y": a string of several names with their values.
  const within = close >= 0 ? { word: WITHIN, line: JOINED, list: null, query: null, nested: null }[ending] : null;
  const other = within?.exec(text.slice(at, Math.min(held, at + 400)));
  const stop = other ? at + other.index : held;
  return { start: at, end: at + text.slice(at, stop).trimEnd().length, quote: '' };
};
