import type { Tally } from '../redact/rule.ts';

/** A line before and after the redactor; what was taken out is masked on both sides, so a secret is nowhere in it. */
export type Change = {
  /** From 1. */
  readonly line: number;
  /** Null where the lines cannot be laid beside each other. */
  readonly before: string | null;
  readonly after: string;
  readonly rules: readonly string[];
};

const TOKENS = /[\w+./:@%-]+|\s+|[\s\S]/gu;
/** Longer lines are not laid beside each other: the time would grow with the square of their tokens. */
const MOST_TOKENS = 400;
const MASK = '•'.repeat(8);
const IPV4 = /^(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}(:\d{1,5})?$/;
const PHONE = /^\+?\d[\d ()./-]{7,24}\d$/;

/** What may be shown of a value that was taken out: of numbers and addresses as much as tells which one it was, of a secret nothing. */
const masked = (raw: string, label: string): string => {
  const value = raw.trim();
  const [, network, port = ''] = IPV4.exec(value) ?? [];
  if (network !== undefined && IPV4.test(label.trim())) return `${network}.•.•${port}`;
  if (!label.includes('[phone-') || !PHONE.test(value)) return MASK;
  const digits = value.replace(/\D/g, '');
  return `${digits.slice(0, 3)}•••••${digits.slice(-3)}`;
};

type Piece = { readonly same: boolean; readonly before: string; readonly after: string };

/** Lengths of the longest common subsequences of all tails. */
const tailsOf = (a: readonly string[], b: readonly string[]): readonly Uint16Array[] => {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [row, next] = [rows[i], rows[i + 1]];
      if (!row || !next) continue;
      row[j] = a[i] === b[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  return rows;
};

const piecesOf = (a: readonly string[], b: readonly string[]): readonly Piece[] => {
  const rows = tailsOf(a, b);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  const pieces: Piece[] = [];
  const add = (same: boolean, before: string, after: string) => {
    const last = pieces.at(-1);
    if (last?.same === same)
      pieces[pieces.length - 1] = { same, before: last.before + before, after: last.after + after };
    else pieces.push({ same, before, after });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) add(true, a[i++] ?? '', b[j++] ?? '');
    else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) add(false, a[i++] ?? '', '');
    else add(false, '', b[j++] ?? '');
  }
  return pieces;
};

const changeOf = (line: number, raw: string, after: string, found: Tally): Change => {
  const [a, b] = [raw.match(TOKENS) ?? [], after.match(TOKENS) ?? []];
  const rulesOf = (text: string) =>
    Object.entries(found).flatMap(([rule, { labels }]) => (labels.some((label) => text.includes(label)) ? [rule] : []));
  if (a.length > MOST_TOKENS || b.length > MOST_TOKENS) return { line, before: null, after, rules: rulesOf(after) };
  const pieces = piecesOf(a, b);
  const before = pieces.map((one) =>
    one.same ? one.before : one.before.trim() === '' ? one.before : masked(one.before, one.after),
  );
  const labels = pieces.filter(({ same }) => !same).map((one) => one.after);
  return { line, before: before.join(''), after, rules: rulesOf(labels.join('\n')) };
};

/** What changed in a text, line by line; nothing where it has other lines than before, for then nobody can tell which became which. */
export const changesIn = (raw: string, clean: string, found: Tally, most: number): readonly Change[] => {
  const [before, after] = [raw.split('\n'), clean.split('\n')];
  if (before.length !== after.length) return [];
  const changes: Change[] = [];
  for (const [at, text] of before.entries()) {
    const now = after[at] ?? '';
    if (text === now) continue;
    changes.push(changeOf(at + 1, text, now, found));
    if (changes.length >= most) break;
  }
  return changes;
};
