import type { BundleOptions, BundleProgress, ConsentRow, MadeBundle } from '../bundle/bundle.ts';
import type { FilePreview } from '../bundle/preview.ts';
import type { Part, Source } from '../host/source.ts';
import type { Report } from '../model.ts';
import type { OwnRule } from '../redact/rule.ts';

/** What a person chose, beside the parts. */
type Chosen = {
  readonly parts: readonly Part[];
  /** Files of those parts that are left out. */
  readonly without: readonly string[];
  readonly own: readonly OwnRule[];
};

/** A bundle about to be made, as the wizard needs it. */
export type WizardSession = {
  readonly rows: readonly ConsentRow[];
  /** Of some parts, packed, bytes. */
  readonly estimate: (parts: readonly Part[]) => number;
  readonly preview: (source: Source, own: readonly OwnRule[], signal: AbortSignal) => Promise<FilePreview>;
  readonly make: (chosen: Chosen, signal: AbortSignal, progress: (told: BundleProgress) => void) => Promise<MadeBundle>;
};

/** What the wizard starts from. */
export type WizardStart = {
  readonly options: BundleOptions;
  readonly lifecycle: Report['lifecycle'];
  /** What there is for these options; nothing of it is collected yet. */
  readonly sessionFor: (options: BundleOptions, signal: AbortSignal) => Promise<WizardSession>;
};
