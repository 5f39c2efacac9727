import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import type { BundleOptions } from '../bundle/bundle.ts';
import type { Cleaner } from '../bundle/cleaner.ts';
import type { Learn } from '../bundle/gather.ts';
import { cleaner } from '../bundle/workers.ts';
import { oneLine } from '../printable.ts';
import { HEAD, kindOf } from '../redact/forms.ts';
import { learnFrom } from '../redact/learn.ts';
import { learnFromLog } from '../redact/learn-log.ts';
import { readOwnRules } from '../redact/own-rules.ts';
import type { Literal, Named, OwnRule } from '../redact/rule.ts';
import { RULES } from '../redact/rules/index.ts';
import { TOOL } from '../tool.ts';
import { refuseUnfresh, writeFresh } from './bundle-target.ts';
import { readInput } from './input.ts';

/** What is cleaned with, once for a bundle: one key, so that a value has one label whatever shows it. */
export type Cleaning = {
  readonly learn: Learn;
  /** Cleans with the secrets that were learnt, the operator's own rules, and some more that were typed. */
  readonly cleanerOf: (literals: readonly Literal[], typed?: readonly OwnRule[]) => Cleaner;
  /** `redaction/rules.json`: the rules by name, never what an own rule looks for. */
  readonly rules: (typed?: readonly OwnRule[]) => unknown;
  /** Writes `--map`: what labels of persons and networks stand for, for home. Nothing where none was asked for. */
  readonly keepMap: () => Promise<void>;
};

/** More threads than that clean no faster than one disk and one Engine give, and each takes its memory. */
const MOST_WORKERS = 2;

/** Labels that a map holds at most: a log may name a million numbers. */
const MOST_PAIRS = 200_000;

/** What a file teaches, by its form; a file whose text cannot be reached teaches nothing. */
const learn: Learn = (bytes, form, path) => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = kindOf(path, view.subarray(0, HEAD));
  if (found.kind !== 'text' || found.wide !== null) return [];
  const known = form === 'auto' ? found.form : form;
  return known === 'log' ? learnFromLog(view) : learnFrom(view.toString('latin1'), known);
};

const kindOfRule = (rule: OwnRule): string => ['literal', 'pattern', 'key'].find((kind) => kind in rule) ?? 'rule';

/** Reads the operator's own rules and draws the key. Throws a UsageError for rules that cannot be used. */
export const cleaningFor = async ({
  redactRules,
  keepNetwork,
  map = null,
}: Pick<BundleOptions, 'redactRules' | 'keepNetwork'> & Partial<Pick<BundleOptions, 'map'>>): Promise<Cleaning> => {
  // The part of the heap for what lives short grows to 48 MiB while secrets are learnt, and never shrinks again.
  setFlagsFromString('--semi-space-growth-factor=1');
  const name = `--redact-rules ${oneLine(redactRules ?? '')}`;
  const own = redactRules === null ? [] : readOwnRules(await readInput(redactRules, '--redact-rules'), name);
  const key = new Uint8Array(randomBytes(32));
  if (map !== null) await refuseUnfresh(map);
  const pairs = new Map<string, string>();
  const onNamed = (named: Named): void => {
    for (const [label, value] of named)
      if (pairs.size < MOST_PAIRS) pairs.set(label, Buffer.from(value, 'latin1').toString('utf8'));
  };
  const workers = Math.min(MOST_WORKERS, availableParallelism());
  return {
    learn,
    cleanerOf: (literals, typed = []) =>
      cleaner({ key, literals, own: [...own, ...typed], keepNetwork, named: map !== null }, { workers, onNamed }),
    keepMap: async () => {
      if (map === null) return;
      const labels = Object.fromEntries([...pairs].toSorted(([one], [other]) => (one < other ? -1 : 1)));
      const document = {
        kind: 'PseudonymMap',
        schemaVersion: '1.0',
        tool: TOOL,
        madeAt: new Date().toISOString(),
        labels,
      };
      await writeFresh(map, `${JSON.stringify(document, null, 1)}\n`);
    },
    rules: (typed = []) => ({
      ...{ kind: 'RedactionRules', schemaVersion: '1.0', ruleSet: TOOL.version, keepNetwork },
      rules: RULES.map(({ id, tier, kind }) => ({ id, tier, kind })),
      own: [...own, ...typed].map((rule) => ({ id: rule.id, tier: rule.tier, by: kindOfRule(rule) })),
    }),
  };
};
