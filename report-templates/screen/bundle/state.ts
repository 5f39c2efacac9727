import { layoutOf } from '../layout.ts';
import type { ScopeTyped } from './action.ts';
import { type BundleShown, filesOf, type Room } from './shown.ts';

export type Page = 'scope' | 'consent' | 'preview' | 'whole' | 'rule';
export type Overlay = 'help' | 'copied' | 'list' | 'delete';
const SCOPE_FIELDS = ['time', 'since', 'around', 'case'] as const;
export type ScopeField = (typeof SCOPE_FIELDS)[number];

/** Where a person is in the wizard. */
export type WizardState = {
  readonly page: Page;
  readonly overlay: Overlay | null;
  /** The field of the first page, and what stands in them; null: as it was given. */
  readonly field: ScopeField;
  readonly typed: ScopeTyped | null;
  /** The row of the consent list, and the file of the preview. */
  readonly row: number;
  readonly file: number;
  readonly scroll: number;
  readonly input: string;
};

export const FRESH_WIZARD: WizardState = {
  page: 'scope',
  overlay: null,
  field: 'time',
  typed: null,
  row: 0,
  file: 0,
  scroll: 0,
  input: '',
};

/** The page that is shown: some stand by themselves, whatever was looked at before; what is wrong leads back to where it was typed. */
export const pageOf = (
  { phase, fault }: BundleShown,
  { page }: WizardState,
): Page | 'planning' | 'writing' | 'done' | 'failed' => {
  if (phase !== 'choosing') return phase;
  return fault === null ? page : 'scope';
};

export const STEP_WORDS = ['what it is about', 'what goes in', 'writing', 'done'] as const;

/** Which of the four steps a page belongs to, from 1. */
export const stepOf = (shown: BundleShown, state: WizardState): 1 | 2 | 3 | 4 => {
  const page = pageOf(shown, state);
  if (page === 'scope') return 1;
  if (page === 'done') return 4;
  return page === 'writing' || page === 'failed' ? 3 : 2;
};

/** Where the two parts of a bundle's number and rows stand: fixed by the size of the terminal. */
export type WizardView = {
  readonly layout: ReturnType<typeof layoutOf>;
  /** Lines between the two at the top and the two at the foot. */
  readonly height: number;
  readonly current: BundleShown['rows'][number] | null;
  readonly files: readonly string[];
  readonly path: string | undefined;
};

export const wizardView = (shown: BundleShown, state: WizardState, { columns, rows }: Room): WizardView => {
  const files = filesOf(shown);
  return {
    layout: layoutOf(columns, rows),
    height: Math.max(1, rows - 4),
    current: shown.rows[Math.min(state.row, shown.rows.length - 1)] ?? null,
    files,
    path: files[Math.min(state.file, files.length - 1)],
  };
};
