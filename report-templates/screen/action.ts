import type { TypedApiLogin } from './login-api.ts';
import type { TypedLogin } from './login-database.ts';
import type { LoginPart } from './login-form.ts';

/** What the screen asks of whoever shows it. The screen itself runs nothing. */
export type Action =
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'rerun'; readonly ids: readonly string[] }
  | { readonly kind: 'stop'; readonly keep: boolean }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'save'; readonly path: string }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'login'; readonly to: 'database'; readonly typed: TypedLogin }
  | { readonly kind: 'login'; readonly to: 'api'; readonly typed: TypedApiLogin }
  /** A file that holds the database login. */
  | { readonly kind: 'login-file'; readonly path: string }
  /** The checks that wait for a login are to go on without. */
  | { readonly kind: 'no-login'; readonly to: LoginPart }
  /** A notice was seen: it may go. */
  | { readonly kind: 'seen' }
  | { readonly kind: 'quit' };
