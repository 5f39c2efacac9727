import { type ApiAnswers, api } from './answers/api.ts';
import { database, type LoginPlace } from './answers/database.ts';
import type { GivenApiLogin } from './api-login.ts';
import { type Ask, type Asking, keyOf } from './host.ts';
import type { GivenLogin, KnownLogin } from './login.ts';

/** What may be shown of the database login: the places in which it was looked for, and all that is known but the secrets. */
export type LoginFacts = { readonly places: readonly LoginPlace[]; readonly known: KnownLogin };

/** A certificate that nothing here trusts: its fingerprint (hex in pairs with colons), and why, by Node's code. */
type UntrustedCertificate = {
  readonly fingerprint: string;
  readonly subject: string;
  readonly fault: string | null;
};

/** What may be shown of the login of the API. */
export type ApiLoginFacts = {
  /** https://host:port; null where no API was found. */
  readonly url: string | null;
  /** Something that speaks TLS is there, trusted or not. */
  readonly reached: boolean;
  readonly places: ApiAnswers['login']['places'];
  readonly state: ApiAnswers['login']['state'];
  readonly user: string | null;
  /** A login was found, or given before: it needs no other. */
  readonly found: boolean;
  /** Null where it is trusted, and where none was seen. */
  readonly untrusted: UntrustedCertificate | null;
};

/** Asks a person for a login; null when they give none. Rejects when the run is stopped. */
export type AskPerson<Facts, Given> = (facts: Facts, signal: AbortSignal) => Promise<Given | null>;

/** A person who can be asked: for the database login or a file that holds one, and for that of the API. */
export type Person = {
  readonly database: AskPerson<LoginFacts, GivenLogin>;
  readonly api: AskPerson<ApiLoginFacts, GivenApiLogin>;
};

/** What the ways to the database and the API are used for here: what the chain knows, and what a person gave. */
type Ways = {
  readonly database: {
    readonly chain: (asking: Asking) => Promise<{ readonly known: KnownLogin }>;
    readonly give: (given: GivenLogin) => void;
  };
  readonly api: { readonly give: (given: GivenApiLogin) => void };
};

const DATABASE = keyOf(['database', 'login']);
const API = keyOf(['api', 'login']);

/** States of the API's login in which a person may help; a key is sent by the calls, so the certificate may be in its way too. */
const UNSETTLED: readonly ApiLoginFacts['state'][] = ['no-login', 'untrusted', 'key'];

/** What is told of the API's login, from the answers to `api "login"` and `api "endpoint"` as they were given; null where they are none. */
export const apiLoginFacts = (login: unknown, endpoint: unknown): ApiLoginFacts | null => {
  const { data: told } = api.login.safeParse(login);
  if (!told) return null;
  const { data: at } = api.endpoint.safeParse(endpoint);
  const { places, state, user } = told;
  const [leaf] = at?.tls?.chain ?? [];
  return {
    ...{ url: at?.url ?? null, reached: (at?.tls ?? null) !== null, places, state, user },
    found: places.some((place) => place.state === 'used'),
    untrusted:
      at?.tls && !at.tls.trusted && leaf
        ? { fingerprint: leaf.fingerprint, subject: leaf.subject, fault: at.tls.fault }
        : null,
  };
};

/**
 * A host that asks a person for the login of the database, or of the API, where none was found anywhere else. It stands outside
 * the deadlines and the queue of the host below: a person takes their time, and the other checks go on meanwhile.
 */
export const prompted = (ask: Ask, ways: Ways, person: Person | null): Ask => {
  if (!person) return ask;
  const toDatabase: Ask = async (question, asking) => {
    // Asked once more where the file that they named holds none either.
    for (;;) {
      const told = await ask(question, asking);
      const answer = database.login.safeParse(told);
      if (!answer.success || answer.data.found) return told;
      // The chain was walked a moment ago, for that answer.
      const { known } = await ways.database.chain(asking);
      const given = await person.database({ places: answer.data.places, known }, asking.signal);
      if (!given) return told;
      ways.database.give(given);
    }
  };
  const toApi: Ask = async (question, asking) => {
    // Asked once more where another URL was given, and shows another certificate.
    for (;;) {
      const told = await ask(question, asking);
      const { data: login } = api.login.safeParse(told);
      if (!login || !UNSETTLED.includes(login.state)) return told;
      const facts = apiLoginFacts(told, await ask(['api', 'endpoint'], asking).catch(() => null));
      if (!facts?.reached || (facts.found && !facts.untrusted)) return told;
      const given = await person.api(facts, asking.signal);
      if (!given) return told;
      ways.api.give(given);
    }
  };
  return (question, asking) => {
    const key = keyOf(question);
    if (key === DATABASE) return toDatabase(question, asking);
    return key === API ? toApi(question, asking) : ask(question, asking);
  };
};
