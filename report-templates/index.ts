import type { Report } from '../src/model.ts';
import type { Look } from './look.ts';

type Template = { readonly write: (report: Report, look: Look) => string };

/** The formats of a report, each loaded when it is asked for. */
export const templates = {
  plain: () => import('./plain.ts'),
  json: () => import('./json.ts'),
  markdown: () => import('./markdown.ts'),
  nagios: () => import('./nagios.ts'),
} as const satisfies Record<string, () => Promise<Template>>;

export type Format = keyof typeof templates;
