import type { PlannedResult } from '../complete-with.ts';
import type { Evidence } from '../host/evidence.ts';
import type { Report } from '../model.ts';
import type { Interruption } from '../trial.ts';
import type { CheckOptions } from './options.ts';

/** The word that makes this program the process that prepares, runs and measures. */
export const RUNNER = '__runner';

/** What the drawing process tells the measuring one. */
export type ToRunner =
  | { readonly kind: 'start'; readonly options: CheckOptions }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'rerun'; readonly ids: readonly string[] }
  | { readonly kind: 'stop'; readonly interruption: Interruption }
  | { readonly kind: 'evidence' };

/** What is told of a planned check once, before the run: what its result would have, and the words around it. */
export type PlannedWords = PlannedResult & {
  readonly reason: string;
  readonly touches: string;
  readonly writes?: string;
};

/** What the measuring process tells the drawing one. */
export type FromRunner =
  | { readonly kind: 'plan'; readonly planned: Readonly<Record<string, PlannedWords>> }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'evidence'; readonly evidence: Evidence }
  | { readonly kind: 'usage'; readonly message: string }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };
