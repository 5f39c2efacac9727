import type { BundleProgress, ConsentRow, MadeBundle } from '../../../src/bundle/bundle.ts';
import type { FilePreview } from '../../../src/bundle/preview.ts';
import type { Lifecycle } from '../../../src/model.ts';
import type { Tally } from '../../../src/redact/rule.ts';
import type { ScopeTyped } from './action.ts';

export type Part = ConsentRow['part'];

/** A row of the consent list, with the files behind it as they will be named in the bundle. */
export type ConsentShown = Omit<ConsentRow, 'sources'> & { readonly files: readonly string[] };

/** Why there is no bundle. */
export type Failure = {
  readonly kind: 'no-space' | 'secret-left' | 'cancelled' | 'other';
  readonly message: string;
};

/** All that the wizard is shown. */
export type BundleShown = {
  readonly phase: 'choosing' | 'planning' | 'writing' | 'done' | 'failed';
  readonly host: string;
  readonly lifecycle: Pick<Lifecycle, 'status' | 'endedOn'>;
  /** As it was given, or typed last; what is wrong with it. */
  readonly scope: ScopeTyped;
  readonly fault: { readonly field: 'since' | 'around' | 'case'; readonly message: string } | null;
  /** The time of the logs, ms since 1970. */
  readonly window: { readonly since: number; readonly until: number };
  /** Empty until it was looked what there is. */
  readonly rows: readonly ConsentShown[];
  readonly chosen: readonly Part[];
  /** Files that are left out one by one. */
  readonly excluded: readonly string[];
  /** Of what is chosen, packed, bytes; null where it is not known. */
  readonly packed: number | null;
  readonly maxSize: number;
  readonly previews: readonly FilePreview[];
  readonly own: readonly string[];
  readonly progress: BundleProgress | null;
  readonly made: MadeBundle | null;
  readonly deleted: boolean;
  readonly failure: Failure | null;
  readonly notice: string | null;
};

/** Where the wizard is drawn. */
export type Room = { readonly columns: number; readonly rows: number; readonly ascii: boolean; readonly tick: number };

/** Files of what is chosen, those left out one by one among them. */
export const filesOf = ({ rows, chosen }: BundleShown): readonly string[] =>
  rows.filter(({ part }) => chosen.includes(part)).flatMap(({ files }) => files);

/** The preview of a file, where it was asked for. */
export const previewOf = ({ previews }: BundleShown, path: string | undefined): FilePreview | null =>
  previews.find((one) => one.path === path) ?? null;

/** What was found in all the files that were looked through. */
export const foundIn = ({
  previews,
}: BundleShown): readonly (Tally[string] & { readonly rule: string; readonly files: number })[] => {
  const sums = new Map<string, { tier: Tally[string]['tier']; found: number; labels: Set<string>; files: number }>();
  for (const { found } of previews)
    for (const [rule, one] of Object.entries(found)) {
      const sum = sums.get(rule) ?? { tier: one.tier, found: 0, labels: new Set<string>(), files: 0 };
      sum.found += one.found;
      sum.files += one.found > 0 ? 1 : 0;
      for (const label of one.labels) sum.labels.add(label);
      sums.set(rule, sum);
    }
  return [...sums]
    .filter(([, { found }]) => found > 0)
    .map(([rule, sum]) => ({ ...sum, rule, labels: [...sum.labels] }))
    .toSorted((a, b) => b.found - a.found);
};
