import type { Report } from '../model.ts';
import { oneLine } from '../printable.ts';

type Side = { readonly report: Report };

const differing = (before: Report, after: Report, pseudonyms: boolean): readonly string[] => {
  const spec = ({ spec: { name, version } }: Report) => `${name} ${version}`;
  const rows: readonly (readonly [words: string, was: string, is: string])[] = [
    // Names that are pseudonyms of two bundles differ, whatever they stand for.
    ['These are two hosts', ...(pseudonyms ? (['', ''] as const) : ([before.host.name, after.host.name] as const))],
    ['These are machines of two kinds', before.host.arch, after.host.arch],
    ['They were judged by two profiles', before.run.profile, after.run.profile],
    ['They were judged for two phases', before.run.phase, after.run.phase],
    ['They were judged as two shapes', before.run.shape, after.run.shape],
    ['They were judged by two specs', spec(before), spec(after)],
    ['They were judged by two versions of this tool', before.tool.version, after.tool.version],
  ];
  return rows
    .filter(([, was, is]) => was !== is)
    .map(([words, was, is]) => `${words}: ${oneLine(was)} and ${oneLine(is)}.`);
};

/** Why two runs can be compared in part only, a sentence each. */
export const warningsOf = (
  { report: before }: Side,
  { report: after }: Side,
  pseudonyms: boolean,
): readonly string[] => [
  ...differing(before, after, pseudonyms),
  ...(pseudonyms
    ? [
        'A bundle holds pseudonyms for addresses and names of its own: whether it is one host is not known, and what differs in them alone is no change here.',
      ]
    : []),
  ...(before.run.interrupted || after.run.interrupted
    ? ['One of them was stopped before its end: what it did not check is no change of the host.']
    : []),
  ...(before.run.startedAt > after.run.startedAt ? ['The first of them is the newer one.'] : []),
];
