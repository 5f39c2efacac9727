import type { Part } from './shown.ts';

/** The time of the logs and the case, as a person typed them. */
export type ScopeTyped = {
  readonly time: 'since' | 'around';
  readonly since: string;
  readonly around: string;
  readonly case: string;
};

/** What the wizard asks of whoever shows it. The screen itself runs nothing, reads nothing and writes nothing. */
export type BundleAction =
  | { readonly kind: 'scope'; readonly typed: ScopeTyped }
  | { readonly kind: 'toggle'; readonly part: Part }
  /** The preview of a file is to be made; it comes back in what is shown. */
  | { readonly kind: 'preview'; readonly path: string }
  /** A file is to be left out, or taken in again. */
  | { readonly kind: 'exclude'; readonly path: string }
  /** A rule of the person's own: a word to be taken out everywhere, or a pattern between slashes. */
  | { readonly kind: 'rule'; readonly text: string }
  | { readonly kind: 'write' }
  /** Stop writing; nothing is left of it. */
  | { readonly kind: 'cancel' }
  /** Back to the choices after a bundle that was not written. */
  | { readonly kind: 'again' }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'seen' }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'quit' };
