import type { Evidence } from '../host/evidence.ts';
import { oneLine } from '../printable.ts';
import { type Leaves, leavesOf, shownValue } from './leaves.ts';
import { withoutNames } from './masked.ts';
import type { Fact, ReportDiff } from './report-diff.ts';

/** More changes are counted, not listed. */
const MOST = 200;

/**
 * Answers that are another at every asking: times, free space, benchmarks, states of the moment. What matters of them is judged by
 * checks.
 */
const FLEETING =
  /^(system "(now|listeners|statx)"|disk "(permit|write-latency|read-latency)"|docker "(logs|crash-logs|statx|links|left-overs)"|database "(latency|commit-latency|client-network|size)"|api "(health|root|stats-app|stats-db|metrics|message|default-admin|tls-versions|plain-http)"|network "(dns|reach|hold|webhook-post)"|exec |readFile "\/proc\/)/;

/** Values within other answers that are so too. */
const FLEETING_PATH =
  /(^|\.)(available|free|inodes|ms|startedAt|finishedAt|expiresAt|steps|pid|seconds|bytes|headers|code|message|id|status(\.(Threads_connected|connections))|cut)(\.|$)/i;

/** What a support engineer asks for first. */
const FIRST: readonly RegExp[] = [
  /^docker "deployment"/,
  /^api "(support|settings-application|shards|business-profile)"/,
  /^docker "(version|info|engine)"/,
  /^database "(server|login|connect)"/,
  /^system "(identity|cpu|memory)"/,
  /^readFile /,
  /^disk /,
];

const placeOf = ({ question }: Fact): number => {
  const at = FIRST.findIndex((first) => first.test(question));
  return at < 0 ? FIRST.length : at;
};

const changesIn = (question: string, before: Leaves, after: Leaves): readonly Fact[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !FLEETING_PATH.test(path) && before.get(path) !== after.get(path))
    .map((path) => ({ question, path, before: before.get(path) ?? null, after: after.get(path) ?? null }));

const shown = ({ question, path, before, after }: Fact): Fact => ({
  question: oneLine(question),
  path: shownValue(path),
  before: before === null ? null : shownValue(before),
  after: after === null ? null : shownValue(after),
});

/** What stands for a change when names are no matter: another change with the same is its other half, under another pseudonym. */
const likeness = ({ question, path }: Fact, value: string): string =>
  [question, path, value].map(withoutNames).join('\n');

/** Changes that pseudonyms alone may make: a value gone, and one that came, the same but for addresses and names. */
const butForNames = (facts: readonly Fact[]) => {
  const counts = new Map<string, number>();
  const add = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
  for (const fact of facts) {
    if (fact.before !== null) add(likeness(fact, fact.before), -1);
    if (fact.after !== null) add(likeness(fact, fact.after), 1);
  }
  const evens = (fact: Fact): boolean =>
    [fact.before, fact.after].every((value) => value === null || counts.get(likeness(fact, value)) === 0);
  const real = facts.filter((fact) => !evens(fact));
  return { real, pseudonyms: facts.length - real.length };
};

/** Settings of two hosts that differ, most wanted first; `pseudonyms`: one side holds them, so names and addresses cannot be compared. */
export const factsDiff = (before: Evidence, after: Evidence, pseudonyms: boolean): NonNullable<ReportDiff['facts']> => {
  const questions = Object.keys({ ...before, ...after }).filter((question) => !FLEETING.test(question));
  const all = questions.flatMap((question): readonly Fact[] => {
    const [was, is] = [before[question], after[question]];
    // What only one of them was asked says nothing of a change.
    return was && is ? changesIn(question, leavesOf(was), leavesOf(is)) : [];
  });
  const told = pseudonyms ? butForNames(all) : { real: all, pseudonyms: 0 };
  const sorted = [...told.real].sort((a, b) => placeOf(a) - placeOf(b));
  return {
    changed: sorted.slice(0, MOST).map(shown),
    leftOut: Math.max(0, sorted.length - MOST),
    pseudonyms: told.pseudonyms,
  };
};
