import { database, type LoginPlace } from './answers/database.ts';
import { type Ask, keyOf } from './host.ts';
import type { Login } from './login.ts';

/** Asks a person for a login, telling where one was looked for; null when they give none. Rejects when the run is stopped. */
export type AskPerson = (places: readonly LoginPlace[], signal: AbortSignal) => Promise<Login | null>;

const LOGIN = keyOf(['database', 'login']);

/**
 * A host that asks a person for the database login when none was found anywhere else. It stands outside the deadlines and
 * the queue of the host below: a person takes their time, and the other checks go on meanwhile.
 */
export const prompted = (ask: Ask, give: (login: Login) => void, person: AskPerson | null): Ask => {
  if (!person) return ask;
  return async (question, asking) => {
    const told = await ask(question, asking);
    if (keyOf(question) !== LOGIN) return told;
    const answer = database.login.safeParse(told);
    if (!answer.success || answer.data.found) return told;
    const login = await person(answer.data.places, asking.signal);
    if (!login) return told;
    give(login);
    return ask(question, asking);
  };
};
