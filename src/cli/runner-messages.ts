import type { PlannedResult } from '../complete-with.ts';
import type { LoginPlace } from '../host/answers/database.ts';
import type { Evidence } from '../host/evidence.ts';
import type { GivenLogin, KnownLogin } from '../host/login.ts';
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
  /** A login or a file that holds one, given by a person. It travels here alone: never by argument, environment or file. */
  | { readonly kind: 'login'; readonly given: GivenLogin }
  | { readonly kind: 'no-login' }
  | { readonly kind: 'stop'; readonly interruption: Interruption }
  | { readonly kind: 'evidence' };

/** What is told of a planned check once, before the run: what its result would have, and the words around it. */
export type PlannedWords = PlannedResult & {
  readonly reason: string;
  readonly touches: string;
  readonly writes?: string;
};

/** What may be shown of the database login: the places in which it was looked for, and all that is known but the secrets. */
export type LoginFacts = { readonly places: readonly LoginPlace[]; readonly known: KnownLogin };

/** What the measuring process tells the drawing one. */
export type FromRunner =
  | { readonly kind: 'plan'; readonly planned: Readonly<Record<string, PlannedWords>> }
  | { readonly kind: 'report'; readonly report: Report }
  /** Checks wait for a database login that was found nowhere. */
  | ({ readonly kind: 'login-wanted' } & LoginFacts)
  /** None waits any longer; these are the places, and the login in use. */
  | ({ readonly kind: 'login-told' } & LoginFacts)
  | { readonly kind: 'evidence'; readonly evidence: Evidence }
  | { readonly kind: 'usage'; readonly message: string }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };
