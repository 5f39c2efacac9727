import { database, type LoginPlace } from './answers/database.ts';
import { type Ask, type Asking, keyOf } from './host.ts';
import type { GivenLogin, KnownLogin } from './login.ts';

/**
 * Asks a person for a login or a file that holds one, telling where one was looked for and what of it is known already;
 * null when they give none. Rejects when the run is stopped.
 */
export type AskPerson = (
  places: readonly LoginPlace[],
  signal: AbortSignal,
  known: KnownLogin,
) => Promise<GivenLogin | null>;

/** What the way to the database is used for here: what the chain knows, and what a person gave. */
type Access = {
  readonly chain: (asking: Asking) => Promise<{ readonly known: KnownLogin }>;
  readonly give: (given: GivenLogin) => void;
};

const LOGIN = keyOf(['database', 'login']);

/**
 * A host that asks a person for the database login when none was found anywhere else. It stands outside the deadlines and
 * the queue of the host below: a person takes their time, and the other checks go on meanwhile.
 */
export const prompted = (ask: Ask, access: Access, person: AskPerson | null): Ask => {
  if (!person) return ask;
  return async (question, asking) => {
    if (keyOf(question) !== LOGIN) return ask(question, asking);
    // Asked once more where the file that they named holds none either.
    for (;;) {
      const told = await ask(question, asking);
      const answer = database.login.safeParse(told);
      if (!answer.success || answer.data.found) return told;
      // The chain was walked a moment ago, for that answer.
      const { known } = await access.chain(asking);
      const given = await person(answer.data.places, asking.signal, known);
      if (!given) return told;
      access.give(given);
    }
  };
};
