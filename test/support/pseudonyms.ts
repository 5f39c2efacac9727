import type { Evidence } from '../../src/host/evidence.ts';
import type { Json } from '../../src/model.ts';
import { redactorOf } from '../../src/redact/redactor.ts';
import { recordingOf } from './hosts.ts';

const redactor = redactorOf({ key: new Uint8Array(32).fill(7), literals: [], own: [], keepNetwork: false });

/** Evidence as it stands in a bundle: the same redactor, the same form. */
export const cleanedEvidence = (evidence: Evidence): Evidence => {
  const { bytes } = redactor.block(Buffer.from(JSON.stringify(recordingOf(evidence), null, 1)), 'json');
  return JSON.parse(Buffer.from(bytes).toString('utf8')).evidence;
};

const tokensOf = (text: string): readonly string[] => text.split(/([^\w.:@[\]-]+)/);

const pairTokens = (before: string, after: string, into: Map<string, string>): void => {
  if (before === after) return;
  const [was, is] = [tokensOf(before), tokensOf(after)];
  if (was.length !== is.length) {
    into.set(before, after);
    return;
  }
  for (const [at, token] of was.entries()) {
    const other = is[at] ?? '';
    if (token === other) continue;
    into.set(token, other);
    const [parts, others] = [token.split(':'), other.split(':')];
    if (parts.length === others.length)
      for (const [nth, part] of parts.entries()) if (part !== others[nth]) into.set(part, others[nth] ?? '');
  }
};

const pair = (before: Json | undefined, after: Json | undefined, into: Map<string, string>): void => {
  if (typeof before === 'string' && typeof after === 'string') pairTokens(before, after, into);
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return;
  const [were, are] = [Object.entries(before), Object.entries(after)];
  for (const [at, [key, value]] of were.entries()) {
    const [otherKey = '', other] = are[at] ?? [];
    pairTokens(key, otherKey, into);
    pair(value, other, into);
  }
};

/** Puts into a text what two forms of one evidence say stands for each name, address and number in it. */
export const movedBy = (before: Evidence, after: Evidence): ((text: string) => string) => {
  const pairs = new Map<string, string>();
  pair(before as Json, after as Json, pairs);
  const words = [...pairs.keys()].filter((word) => word !== '').sort((a, b) => b.length - a.length);
  if (words.length === 0) return (text) => text;
  const any = new RegExp(`(?<!\\w)(?:${words.map((word) => RegExp.escape(word)).join('|')})(?!\\w)`, 'g');
  return (text) => text.replace(any, (word) => pairs.get(word) ?? word);
};

/** What of data is no text: its shape, its numbers, its truths. */
export const withoutTexts = (value: Json): Json => {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.values(value).map(withoutTexts);
};
