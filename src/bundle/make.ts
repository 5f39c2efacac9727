import type { Source } from '../host/source.ts';
import type { Report } from '../model.ts';
import type { Tally } from '../redact/rule.ts';
import { assembled } from './assemble.ts';
import type { BundleProgress, MadeBundle } from './bundle.ts';
import type { Cleaner } from './cleaner.ts';
import { type Collected, type Collecting, collect } from './collect.ts';
import { gather } from './gather.ts';
import { bundleName, pathBook } from './names.ts';
import type { Pages } from './pages.ts';
import { type Again, retold, textOf } from './retold.ts';
import { OVERHEAD, roomOf } from './room.ts';
import { entryOf } from './rows.ts';
import { namedAs } from './said.ts';
import { type Spool, spoolIn } from './spool.ts';
import { together } from './tally.ts';
import { type Target, writeVolumes } from './write.ts';

/** What a bundle is made of, and by whom. The command composes it: nothing here reaches a host or a screen. */
export type Making = {
  /** All that can go in, the report and the evidence among it. */
  readonly sources: readonly Source[];
  /** Whether a person agreed to it. */
  readonly isWanted: (source: Source) => boolean;
  /** It has learnt what there is to learn; whoever made it closes it. */
  readonly cleaner: Cleaner;
  readonly pages: Pages;
  /** Tells the report again by what of the evidence is in the bundle. */
  readonly again: Again;
  /** Gives the signature of a manifest; null where nobody signs. */
  readonly sign: ((manifest: Uint8Array) => Uint8Array) | null;
  /** The host's own name; what stands for it is in the name of the bundle. */
  readonly host: string;
  readonly at: number;
  readonly case: string | null;
  readonly window: { readonly since: number; readonly until: number };
  /** Of one file, bytes packed; of all together, bytes raw. */
  readonly maxSize: number;
  readonly most: number;
  /** One file and no more: standard output. */
  readonly single: boolean;
  /** Where packed blocks may wait, beside the target; null: in memory. */
  readonly folder: string | null;
  /** Given the name of the bundle. Throws where it is there already. */
  readonly targetOf: (name: string) => Promise<Target>;
  /** Longest silence of a source, ms. */
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly progress: (told: BundleProgress) => void;
};

/** What pages and rows of so many sources take at most of each file, bytes packed; measured again when they are there. */
const reserveFor = (sources: number): number => 48 * 1024 + 500 * sources + 6 * OVERHEAD;

/** The report as it is in the bundle, after the redactor; null where it is not in it. */
const cleanReport = async (collected: readonly Collected[], spool: Spool): Promise<Report | null> => {
  const packed = collected.find(({ source, lack }) => source.path === 'report.json' && lack === null)?.packed;
  if (!packed) return null;
  return JSON.parse(await textOf(packed, spool)) as Report;
};

/** As our own log tells of it: by the name that it has in the bundle, up to a number. */
const underName = (one: Collected, cleaner: Cleaner): Collected => ({
  ...one,
  source: { ...one.source, path: namedAs(one.source.path, cleaner) },
});

const made = async (making: Making, spool: Spool): Promise<MadeBundle> => {
  const { cleaner, sources, isWanted, maxSize, most, single, signal, patience, progress, at, host } = making;
  const packed = maxSize - reserveFor(sources.length);
  const room = roomOf({ bytes: most, packed, single });
  const all: Collecting = { cleaner, spool, room, signal, patience };
  const tell = (step: BundleProgress['step']) => (told: Omit<BundleProgress, 'step'>) => progress({ step, ...told });
  const gathered = await gather(sources, isWanted, all, tell('collecting'));
  const sorted = gathered.toSorted((a, b) => sources.indexOf(a.source) - sources.indexOf(b.source));
  const collected = await retold(sorted, making.again, cleaner, spool);
  const own: Collected[] = [];
  for (const source of making.pages.ownSources(collected.map((one) => underName(one, cleaner))))
    own.push(await collect(source, all));
  const pathFor = pathBook();
  const entries = [...own, ...collected].map((one) => entryOf(one, cleaner, pathFor));
  const found = [...own, ...collected].reduce<Tally>((sum, one) => together(sum, one.packed?.found ?? {}), {});
  const name = bundleName(at, cleaner.name(host), making.case);
  const told = { done: entries.length, of: entries.length, packed: 0, file: null };
  tell('proving')(told);
  const whole = await assembled({
    ...{ name, at, case: making.case, window: making.window, maxSize, single, entries, found, spool, cleaner },
    ...{ sign: making.sign, pages: making.pages, report: await cleanReport(collected, spool) },
  });
  tell('packing')(told);
  signal.throwIfAborted();
  const target = await making.targetOf(name);
  const volumes = await writeVolumes(whole.volumes, target, { name, maxSize, spool, signal });
  tell('done')({ ...told, packed: volumes.reduce((sum, { bytes }) => sum + bytes, 0) });
  return { volumes, manifest: whole.told.manifest, found, ticket: making.pages.ticket(whole.told, volumes) };
};

/**
 * Makes a bundle: collects by priority through the cleaner, proves, writes. Throws a SecretLeft or an OutputError where nothing was
 * written, and what `signal` says when it was stopped; then nothing of it is left anywhere.
 */
export const makeBundle = async (making: Making): Promise<MadeBundle> => {
  const spool = spoolIn(making.folder);
  try {
    return await made(making, spool);
  } finally {
    await spool.close();
  }
};
