import { readmeText } from '../../report-templates/bundle/readme.ts';
import { redactionReport } from '../../report-templates/bundle/redaction-report.ts';
import { summaryHtml } from '../../report-templates/bundle/summary-html.ts';
import { ticketText } from '../../report-templates/bundle/ticket.ts';
import type { BundleOptions } from '../bundle/bundle.ts';
import type { Cleaner } from '../bundle/cleaner.ts';
import { learnt } from '../bundle/gather.ts';
import { makeBundle } from '../bundle/make.ts';
import { ownFiles, textSource } from '../bundle/own-files.ts';
import { previewOf } from '../bundle/preview.ts';
import { reportAgain } from '../bundle/report-again.ts';
import type { Signer } from '../bundle/sign.ts';
import { liveSources } from '../host/live/sources/live-sources.ts';
import type { Source } from '../host/source.ts';
import type { Report } from '../model.ts';
import { ownHost } from '../redact/learn.ts';
import type { Literal, OwnRule } from '../redact/rule.ts';
import type { Cleaning } from './bundle-cleaning.ts';
import { consentRows } from './bundle-consent.ts';
import { forgotten } from './bundle-forget.ts';
import { fileTarget, memoryTarget, type Place, refuseFull } from './bundle-target.ts';
import { knownSecrets } from './known-secrets.ts';
import type { Prepared } from './prepare.ts';
import { recordingFile } from './recording-file.ts';
import type { WizardSession } from './wizard-session.ts';

/** Raw bytes that a bundle takes at most in all: what a desk can look through, and this host can spare. */
const MOST_RAW = 200e6;
/** A source that says nothing for so long has ended, ms; its own deadlines are shorter. */
const PATIENCE_MS = 60_000;
/** What the report, the evidence and the pages of a bundle come to in a usual deployment, bytes; known only when they are made. */
const [REPORT, EVIDENCE, PAGES] = [110e3, 30e3, 100e3];
/** Logs pack to about this share. */
const PACKED_SHARE = 1 / 4;

/** What all bundles of one run have in common. */
export type BundleGround = {
  readonly prepared: Prepared;
  readonly report: Report;
  /** Null for standard output, which `out` writes to. */
  readonly place: Place | null;
  readonly out: (pieces: readonly Uint8Array[]) => Promise<void>;
  readonly signer: Signer | null;
  readonly cleaning: Cleaning;
};

/** All that can go in: the report and the evidence of the run, and what the host has. */
const sourcesFor = async (
  { window, around, maxLog }: BundleOptions,
  { prepared: { ways, evidence }, report }: BundleGround,
  signal: AbortSignal,
): Promise<readonly Source[]> => [
  textSource('report.json', () => `${JSON.stringify({ ...report, pending: undefined }, null, 1)}\n`, {
    origin: 'the run of this bundle',
    estimate: REPORT,
  }),
  textSource('evidence.json', () => recordingFile(evidence), { origin: 'all answers of that run', estimate: EVIDENCE }),
  ...(await liveSources(
    { ...ways, evidence, window: { ...window, most: maxLog }, around },
    { signal, progress: () => {} },
  )),
];

/** Cleaners by the rules that were typed; what is learnt is learnt once. Labels are the same in all of them. */
const cleanersOf = ({ cleaning, prepared, report }: BundleGround, sources: readonly Source[]) => {
  let literals: Promise<readonly Literal[]> | null = null;
  const made = new Map<string, Promise<Cleaner>>();
  const learn = async (signal: AbortSignal): Promise<readonly Literal[]> => [
    ...ownHost(report.host.name),
    ...(await knownSecrets(prepared.ways, signal)),
    ...(await learnt(sources, cleaning.learn, { signal, patience: PATIENCE_MS })),
  ];
  return {
    cleanerFor: (typed: readonly OwnRule[], signal: AbortSignal): Promise<Cleaner> => {
      literals ??= learn(signal).catch((error: unknown) => {
        literals = null;
        throw error;
      });
      const key = JSON.stringify(typed);
      const known = made.get(key) ?? literals.then((found) => cleaning.cleanerOf(found, typed));
      made.set(key, known);
      known.catch(() => made.delete(key));
      return known;
    },
    close: async (): Promise<void> => {
      const all = await Promise.allSettled(made.values());
      await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.close() : null)));
    },
  };
};

/** A bundle about to be made: its run is over, its sources are known, and nothing was collected yet. */
export const bundleSession = async (
  options: BundleOptions,
  ground: BundleGround,
  signal: AbortSignal,
): Promise<WizardSession & { readonly close: () => Promise<void> }> => {
  const { place, report, signer, cleaning } = ground;
  const sources = await sourcesFor(options, ground, signal);
  const rows = consentRows(sources);
  const { cleanerFor, close } = cleanersOf(ground, sources);
  const estimate: WizardSession['estimate'] = (parts) => {
    const raw = rows.filter(({ part }) => parts.includes(part)).reduce((sum, row) => sum + (row.raw ?? 0), 0);
    return Math.round(Math.min(raw + PAGES, MOST_RAW) * PACKED_SHARE);
  };
  return {
    rows,
    estimate,
    close,
    preview: async (source, own, stop) => previewOf(source, await cleanerFor(own, stop), stop),
    make: async ({ parts, without, own }, stop, progress) => {
      if (place) await refuseFull(place.folder, estimate(parts));
      progress({ step: 'learning', file: null, done: 0, of: sources.length, packed: 0 });
      const cleaner = await cleanerFor(own, stop);
      const made = await makeBundle({
        ...{ sources, cleaner, sign: signer?.sign ?? null, host: report.host.name, at: Date.now() },
        again: (evidence, clean) => reportAgain(report, ground.prepared.plan, evidence, clean),
        isWanted: ({ part, path }) => parts.includes(part) && !without.includes(path),
        ...{ case: options.case, window: options.window, maxSize: options.maxSize, most: MOST_RAW },
        ...{ single: place === null, folder: place?.folder ?? null, patience: PATIENCE_MS, signal: stop, progress },
        pages: {
          ...{ summary: summaryHtml, readme: readmeText, ticket: ticketText, ownSources: ownFiles },
          redaction: (files) => ({ report: redactionReport(files), rules: cleaning.rules(own) }),
        },
        targetOf: (name) =>
          place ? fileTarget(place, options.archive, name) : memoryTarget(options.archive, options.maxSize, ground.out),
      });
      // A bundle without the map that was asked for is not what was asked for.
      await cleaning.keepMap().catch(async (error: unknown) => {
        await forgotten(made);
        throw error;
      });
      return made;
    },
  };
};
