import * as z from 'zod/mini';
import { firstWrong } from '../schema-words.ts';
import { UsageError } from '../usage-error.ts';
import { parseYaml } from '../yaml.ts';
import { isHarmless } from './harmless.ts';
import type { OwnRule } from './rule.ts';
import { placesOfTrigger } from './trigger.ts';

const common = {
  id: z.string().check(z.regex(/^[a-z][a-z0-9.-]{0,59}$/, 'an id is lower case letters, digits, dots and dashes')),
  tier: z._default(z.enum(['credential', 'personal', 'network']), 'credential'),
};
const text = z.string().check(z.minLength(1), z.maxLength(4096));
const file = z
  .array(
    z.union([
      z.strictObject({ ...common, literal: text }),
      z.strictObject({ ...common, pattern: z.string().check(z.minLength(1), z.maxLength(500)) }),
      z.strictObject({ ...common, key: z.string().check(z.regex(/^[\w.-]{1,100}$/, 'a key is one word')) }),
    ]),
  )
  .check(z.maxLength(500));

const PIECE = /\[(?:\\.|[^\]\\]){1,200}\]|\\[dws.+*?()[\]{}|^$/\\-]|[^\\()|^$.*+?{}[\]]|\./y;
const COUNT = /\{(\d{1,3})(?:,(\d{1,3}))?\}|\?/y;
/** How often a piece may be tried at one place, all its counts together: what keeps a pattern's time in proportion to the text. */
const MOST_WAYS = 256;

/** Why a pattern is refused, in the words that follow its id; null where it is linear. */
export const whyRefused = (pattern: string): string | null => {
  if (/\[[^\]]*[^\0-\x7f]/.test(pattern))
    return 'has a class with a letter beyond ASCII, which is several bytes in a file';
  let [ways, certain] = [1, 0];
  for (let at = 0; at < pattern.length; ) {
    PIECE.lastIndex = at;
    if (!PIECE.test(pattern))
      return `has ${JSON.stringify(pattern.slice(at, at + 8))}, and patterns hold characters, classes such as [a-z] or \\d, and counts such as {2,8} or ? only: no groups, alternatives, anchors, * or +`;
    COUNT.lastIndex = PIECE.lastIndex;
    const count = COUNT.exec(pattern);
    at = count ? COUNT.lastIndex : PIECE.lastIndex;
    const least = count ? Number(count[1] ?? 0) : 1;
    const most = count ? Number(count[2] ?? count[1] ?? 1) : 1;
    if (most < least) return `has the count ${count?.[0]}, whose end is before its beginning`;
    ways *= most - least + 1;
    certain += least;
    if (ways > MOST_WAYS) return `has counts that together leave more than ${MOST_WAYS} ways to match at one place`;
  }
  return certain < 3 ? 'matches fewer than three characters, which stand everywhere' : null;
};

/** Why a text is refused, in the words that follow its id; null where it goes wherever it stands. */
export const whyTextRefused = (text: string): string | null => {
  if ([...text.trim()].length < 4)
    return 'has fewer than four characters, which stand in other words: a pattern is needed';
  return isHarmless(text.trim()) ? 'is a word that logs are full of and that stays: a pattern takes it out' : null;
};

/**
 * Reads a file of own rules (`--redact-rules`): a YAML list, each entry with an `id`, a `tier` (`credential` where none is said,
 * `personal` or `network`) and one of
 *
 * - `literal`: a text that goes wherever it stands, in all spellings;
 * - `pattern`: characters, classes and counts (`EMP[0-9]{6}`), without regard to what stands around;
 * - `key`: a name behind which every value goes (`customer_no`).
 *
 * Throws a UsageError of one sentence that never holds a literal.
 */
export const readOwnRules = (yaml: string, name: string): readonly OwnRule[] => {
  const read = file.safeParse(parseYaml(yaml, name));
  if (!read.success) {
    const { at, words } = firstWrong(read.error);
    throw new UsageError(
      `${name} at ${at || 'its top'}: ${words}; a rule has an id, a tier, and one of literal, pattern, key`,
    );
  }
  for (const [at, rule] of read.data.entries()) {
    if (read.data.findIndex(({ id }) => id === rule.id) < at)
      throw new UsageError(`${name}: there are two rules ${rule.id}`);
    const text = 'literal' in rule ? whyTextRefused(rule.literal) : null;
    if (text) throw new UsageError(`${name}: the literal of ${rule.id} ${text}`);
    const refused = 'pattern' in rule ? whyRefused(rule.pattern) : null;
    if (refused) throw new UsageError(`${name}: the pattern of ${rule.id} ${refused}`);
    if ('pattern' in rule) placesOfTrigger(rule.pattern);
  }
  return read.data;
};
