import { MOST_WHOLE } from './blocks.ts';
import { withoutColours } from './colours.ts';
import { isJsonFile, joinedRecords } from './json-file.ts';
import { literalsOf } from './literals.ts';
import { ownLiterals, ownRules } from './own.ts';
import { type Labels, labelsOf } from './pseudonyms/labels.ts';
import { namer } from './pseudonyms/namer.ts';
import type { Form, Put, Redactor, Terms } from './rule.ts';
import { RULES } from './rules/index.ts';
import { runsOf } from './runs.ts';
import { lineMarker } from './scan.ts';
import { counting } from './tally.ts';
import { cleanText } from './text.ts';
import { cleanWhole } from './whole.ts';

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** Labels that are remembered with what they stand for, as far as that may be kept at home: secrets and messages may not. */
const noting =
  (labels: Labels, pairs: Map<string, string>): Labels =>
  (rule, value) => {
    const label = labels(rule, value);
    if (label !== value && rule.tier !== 'credential' && !rule.kind.startsWith('body')) pairs.set(label, value);
    return label;
  };

const joined = (pieces: readonly Uint8Array[], take: (bytes: number) => Buffer): Buffer => {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const bytes = take(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.subarray(0, size);
};

/**
 * One redactor for every byte. Of a log, one pass over the bytes marks the lines in which anything might stand; all others are copied
 * unread. Secrets of this host go first, so that no pattern leaves a part of one. `take` gives memory for what was cleaned.
 */
export const redactorOf = (terms: Terms, take: (bytes: number) => Buffer = Buffer.allocUnsafe): Redactor => {
  const pairs = new Map<string, string>();
  const labels = labelsOf(terms.key, terms.keepNetwork);
  const label = terms.named ? noting(labels, pairs) : labels;
  const literals = literalsOf([...terms.literals, ...ownLiterals(terms.own)]);
  const own = ownRules(terms.own);
  const marks = lineMarker([...RULES, ...own], literals);

  const ownApplied = (text: string, put: Put): string => own.reduce((cleaned, rule) => rule.apply(cleaned, put), text);

  const whole = (text: string, form: Form, put: Put): string => {
    // In YAML a label must be quoted, which is for those who know its structure.
    const before = form === 'yaml' ? text : literals.removed(text, put, form === 'json');
    const cleaned = ownApplied(cleanWhole(before, form, put), put);
    return literals.removed(cleaned, put, form === 'json');
  };

  const lines = (text: string, put: Put): string =>
    cleanText(ownApplied(literals.removed(text, put, /^\s{0,8}[{[]/.test(text)), put), put);

  const text = (raw: Buffer, put: Put): Buffer => {
    const plain = withoutColours(raw);
    const bytes = isJsonFile(plain) ? joinedRecords(plain) : plain;
    const pieces: Uint8Array[] = [];
    let copied = 0;
    for (const [start, end] of runsOf(bytes, marks(bytes))) {
      const before = bytes.toString('latin1', start, end);
      const after = lines(before, put);
      if (after === before) continue;
      pieces.push(bytes.subarray(copied, start), Buffer.from(after, 'latin1'));
      copied = end;
    }
    return copied === 0 ? bytes : joined([...pieces, bytes.subarray(copied)], take);
  };

  const isWhole = (bytes: Buffer, form: Form): boolean =>
    form !== 'log' && form !== 'text' && bytes.length <= MOST_WHOLE;

  return {
    block: (raw, form) => {
      const bytes = bufferOf(raw);
      const { put, found } = counting(label);
      const cleaned = isWhole(bytes, form)
        ? Buffer.from(whole(bytes.toString('latin1', 0, bytes.length), form, put), 'latin1')
        : text(bytes, put);
      if (!terms.named) return { bytes: cleaned, found: found() };
      const named = [...pairs];
      pairs.clear();
      return { bytes: cleaned, found: found(), named };
    },
    name: namer(label, literals),
  };
};
