import { lintSource } from '@secretlint/core';
import * as preset from '@secretlint/secretlint-rule-preset-recommend';
import { isHarmless } from '../redact/harmless.ts';
import { literalsOf } from '../redact/literals.ts';
import type { Literal } from '../redact/rule.ts';
import { runsOf } from '../redact/runs.ts';
import { lineMarker } from '../redact/scan.ts';
import { KEYWORDS } from './scanner-keywords.ts';
import { SecretLeft } from './secret-left.ts';

/** Looks at cleaned bytes of a file; throws a SecretLeft. The path is that of the archive. */
export type SecondScan = (path: string, bytes: Uint8Array, everything: boolean) => Promise<void>;

const PREFIX = '@secretlint/secretlint-rule-';

/** Comments in a file would switch the scanner off there, and a log may hold any text. */
const SWITCH = `${PREFIX}filter-comments`;

type Descriptor = { readonly id: string; readonly rule: (typeof preset.rules)[number] };
const descriptors: readonly Descriptor[] = preset.rules
  .map((rule) => ({ id: rule.meta.id, rule }))
  .filter(({ id }) => id !== SWITCH);

const shortOf = (id: string): string => id.replace(PREFIX, '');
const unnamed = descriptors.filter(({ id }) => !Object.hasOwn(KEYWORDS, shortOf(id)));

/** Our own labels, and what a manual writes for a password: what stands in the place of one in a URL is none. */
const LABEL =
  /\[[a-z][a-z0-9-]{0,39}-[a-z2-7]{8}\]|\[body: [a-z -]{1,30}, \d{1,9} characters\]|%5[Bb][a-z][a-z0-9-]{0,39}-[a-z2-7]{8}%5[Dd]|(?<=:)<[a-z][a-z _-]{0,30}>(?=@)/g;

/** Values that are looked for again are at least so long: a shorter one may stand within a pseudonym by chance. */
const LEAST = 8;

const lint = async (path: string, text: string, rules: readonly Descriptor[]): Promise<void> => {
  const { messages } = await lintSource({
    // It is given no path: one of its rules would read that file.
    source: { content: text.replace(LABEL, ' '), filePath: '', ext: '.txt', contentType: 'text' },
    options: { noPhysicFilePath: true, maskSecrets: true, config: { rules: [...rules] } },
  });
  const [first] = messages;
  if (first)
    throw new SecretLeft(`${path}: a second scan still finds something there (secretlint, ${shortOf(first.ruleId)})`);
};

/**
 * The second look at cleaned bytes, by secretlint and by our own canaries: every secret of this host, in every spelling. It shares no
 * pattern with the redactor, and reads what will be written, not what the redactor believes to have left. Of a long log secretlint
 * reads the beginning, and all lines that hold a word without which none of its rules can find anything; the words are secretlint's,
 * and are looked for anew: its whole preset over everything would cost as much as packing does (6.3 ms for a MiB, beside 7.5).
 */
export const secondScanOf = (literals: readonly Literal[]): SecondScan => {
  const canaries = literalsOf(
    literals.filter(({ rule, value }) => rule.tier === 'credential' && value.length >= LEAST && !isHarmless(value)),
  );
  const words = Object.entries(KEYWORDS).map(
    ([id, triggers]) => ({ triggers, id, tier: 'credential', kind: id }) as const,
  );
  const marks = lineMarker(
    words.map((one) => ({ ...one, apply: (text: string) => text })),
    canaries,
  );

  return async (path, bytes, everything) => {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const runs = everything ? [[0, view.length] as const] : runsOf(view, marks(view));
    const text = runs.map(([start, end]) => view.toString('latin1', start, end)).join('');
    const left = text === '' ? null : canaries.left(text);
    if (left) throw new SecretLeft(`${path}: a second scan still finds a secret of this host there (${left.id})`);
    if (text !== '') await lint(path, text, descriptors);
    if (unnamed.length > 0 && !everything) await lint(path, view.toString('latin1', 0, view.length), unnamed);
  };
};
