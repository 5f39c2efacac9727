import type { LoginPlace } from '../../answers/database.ts';
import type { Draft } from './draft.ts';
import type { Values } from './values.ts';

/** What one step of the chain came to: the places that it looked in, and as much of a login as they hold. */
export type Look = {
  readonly places: readonly LoginPlace[];
  /** Null where there is nothing of a login. */
  readonly draft: Draft | null;
  /** The place that a login is said to come from. */
  readonly from: string;
  /** Files that others may read, with their modes. */
  readonly exposed: readonly string[];
  /** The vendor's variables that the login was made of; null where it was not. */
  readonly values: Values | null;
  /** The password was written with a `$` in it that stood for something else. */
  readonly dollar: boolean;
};

/** A place that came to nothing. */
export const nothingAt = (place: string, state: LoginPlace['state'], detail: string | null = null): Look => ({
  places: [{ place, state, detail }],
  draft: null,
  from: place,
  exposed: [],
  values: null,
  dollar: false,
});

/** A place that has a login, or a part of one; `notes` are told after what makes it incomplete. */
export const lookOf = (place: string, draft: Draft, notes: readonly string[], rest: Partial<Look> = {}): Look => {
  const { lacks } = draft;
  const detail = [...lacks, ...notes].join('; ') || null;
  const state = lacks.length > 0 ? 'incomplete' : 'used';
  return { ...nothingAt(place, state, detail), draft, ...rest };
};
