import { oneLine } from '../../src/printable.ts';

/** Markup that was made here. Only `html` gives it, so text of others cannot become some by mistake. */
export type Html = { readonly markup: string };

type Part = Html | string | number | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text of others on one line, for between tags and inside of a quoted attribute alike. */
const escaped = (text: string): string => oneLine(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');

const markupOf = (part: Part): string => {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
};

/** Markup from a template: what is put in is escaped, unless it is markup itself. */
export const html = (words: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: words.map((word, at) => word + (at < parts.length ? markupOf(parts[at] ?? '') : '')).join(''),
});

export const NOTHING: Html = { markup: '' };

/** Markup with something between its parts. */
export const joined = (parts: readonly Html[], between: Html): Html => ({
  markup: parts.map(({ markup }) => markup).join(between.markup),
});

/** The way to a file of the bundle from its top, null for a name that leads elsewhere. It never names a scheme or a host. */
export const hrefOf = (path: string): string | null => {
  const steps = path.split('/');
  if (steps.some((step) => ['', '.', '..'].includes(step) || step.includes('\\'))) return null;
  return `./${steps.map((step) => encodeURIComponent(step.toWellFormed())).join('/')}`;
};

/** A link to a file of the bundle; its name alone where that leads elsewhere. */
export const fileLink = (path: string, words = path): Html => {
  const href = hrefOf(path);
  return href === null ? html`${words}` : html`<a href="${href}">${words}</a>`;
};
