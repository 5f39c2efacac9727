import type { ReportDiff } from '../src/diff/report-diff.ts';
import type { Look } from './look.ts';

type Template = { readonly write: (diff: ReportDiff, look: Look) => string };

/** The formats of a comparison, each loaded when it is asked for. */
export const diffTemplates = {
  plain: () => import('./diff-plain.ts'),
  json: () => import('./diff-json.ts'),
  markdown: () => import('./diff-markdown.ts'),
} as const satisfies Record<string, () => Promise<Template>>;
