import type { PlannedResult } from '../complete-with.ts';
import type { GivenApiLogin } from '../host/api-login.ts';
import type { Evidence } from '../host/evidence.ts';
import type { GivenLogin } from '../host/login.ts';
import type { ApiLoginFacts, LoginFacts } from '../host/prompted.ts';
import type { Report } from '../model.ts';
import type { Interruption } from '../trial.ts';
import type { CheckOptions } from './options.ts';

/** The word that makes this program the process that prepares, runs and measures. */
export const RUNNER = '__runner';

/** What a login is for. */
export type LoginPart = 'database' | 'api';

/** A login with what it is for. */
export type GivenTo =
  | { readonly kind: 'login'; readonly to: 'database'; readonly given: GivenLogin }
  | { readonly kind: 'login'; readonly to: 'api'; readonly given: GivenApiLogin };

/** Where a login was looked for and what is known of it, with what it is for. */
export type ToldOf =
  | { readonly to: 'database'; readonly facts: LoginFacts }
  | { readonly to: 'api'; readonly facts: ApiLoginFacts };

/** What the drawing process tells the measuring one. */
export type ToRunner =
  | { readonly kind: 'start'; readonly options: CheckOptions }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'rerun'; readonly ids: readonly string[] }
  /** A login or a file that holds one, given by a person. It travels here alone: never by argument, environment or file. */
  | GivenTo
  | { readonly kind: 'no-login'; readonly to: LoginPart }
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
  /** Checks wait for a login that was found nowhere. */
  | ({ readonly kind: 'login-wanted' } & ToldOf)
  /** None waits any longer; these are the places, and the login in use. */
  | ({ readonly kind: 'login-told' } & ToldOf)
  | { readonly kind: 'evidence'; readonly evidence: Evidence }
  | { readonly kind: 'usage'; readonly message: string }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };
