import { database } from '../host/answers/database.ts';
import type { Evidence } from '../host/evidence.ts';
import type { KnownLogin } from '../host/login.ts';
import { type ApiLoginFacts, type AskPerson, apiLoginFacts, type LoginFacts, type Person } from '../host/prompted.ts';
import type { FromRunner, GivenTo, LoginPart } from './runner-messages.ts';

/** Where the measuring process asks its parent for logins, and hears what a person answered. */
export type LoginDesk = {
  readonly person: Person;
  /** Hands over what a person gave; false where no check waits for it. */
  readonly answer: (given: GivenTo) => boolean;
  /** Tells those that wait that there will be none. */
  readonly refuse: (to: LoginPart) => void;
  /** Tells what was found, whenever that has changed. */
  readonly tellFound: (evidence: Evidence) => void;
};

/** What may leave this process: no secret, and no file's text. */
const shown = ({
  engine,
  host,
  port,
  socket,
  user,
  database: name,
  prefix,
  idleTimeoutMs,
  tls,
}: KnownLogin): KnownLogin => ({
  ...(engine && { engine }),
  ...(host !== undefined && { host }),
  ...(port !== undefined && { port }),
  ...(socket !== undefined && { socket }),
  ...(user !== undefined && { user }),
  ...(name !== undefined && { database: name }),
  ...(prefix !== undefined && { prefix }),
  ...(idleTimeoutMs !== undefined && { idleTimeoutMs }),
  ...(tls && { tls: { mode: tls.mode, ca: null, certificate: null, key: null } }),
});

/** One kind of login that is asked for: by one asker at a time, since its question is shared by all who want it. */
const counter = <Facts, Given>(tell: (kind: 'login-wanted' | 'login-told', facts: Facts) => void) => {
  let waiting: ((given: Given | null) => void) | null = null;
  const ask: AskPerson<Facts, Given> = (facts, signal) =>
    new Promise((answer, reject) => {
      const over = () => {
        waiting = null;
        signal.removeEventListener('abort', stopped);
        tell('login-told', facts);
      };
      const stopped = () => {
        over();
        reject(signal.reason);
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', stopped, { once: true });
      waiting = (given) => {
        over();
        answer(given);
      };
      tell('login-wanted', facts);
    });
  return {
    ask,
    waits: () => waiting !== null,
    answer: (given: Given | null): boolean => {
      const wanted = waiting !== null;
      waiting?.(given);
      return wanted;
    },
  };
};

const answerIn = (evidence: Evidence, key: string): unknown => {
  const entry = evidence[key];
  return entry && 'value' in entry ? entry.value : undefined;
};

/** What the chain to the database found; null where it told nothing yet. */
const databaseFound = (evidence: Evidence): LoginFacts | null => {
  const { data } = database.login.safeParse(answerIn(evidence, 'database "login"'));
  if (!data) return null;
  const { found, places } = data;
  const tls = found && { mode: found.tls.mode, ca: null, certificate: null, key: null };
  return { places, known: found && tls ? shown({ ...found, tls }) : {} };
};

/** The certificate was looked at before anybody was asked: one that a person trusts since, or that a login went over, is in no way. */
const settled = (facts: ApiLoginFacts, trusted: string | null): ApiLoginFacts => {
  const fingerprint = facts.untrusted?.fingerprint.replaceAll(':', '').toLowerCase();
  return facts.state === 'token' || fingerprint === trusted ? { ...facts, untrusted: null } : facts;
};

export const loginDesk = (tell: (message: FromRunner) => void): LoginDesk => {
  const forDatabase = counter<LoginFacts, Extract<GivenTo, { to: 'database' }>['given']>((kind, facts) =>
    tell({ kind, to: 'database', facts: { ...facts, known: shown(facts.known) } }),
  );
  const forApi = counter<ApiLoginFacts, Extract<GivenTo, { to: 'api' }>['given']>((kind, facts) =>
    tell({ kind, to: 'api', facts }),
  );
  /** The fingerprint that a person trusts. */
  let trusted: string | null = null;
  /** The answers that were told last, by what they are about. */
  const told: Record<LoginPart, unknown> = { database: null, api: null };
  const changed = (to: LoginPart, evidence: Evidence, key: string): boolean => {
    const entry = evidence[key];
    if (!entry || entry === told[to]) return false;
    told[to] = entry;
    return true;
  };
  return {
    person: { database: forDatabase.ask, api: forApi.ask },
    answer: (message) => {
      if (message.to === 'database') return forDatabase.answer(message.given);
      trusted = message.given.trusted ?? trusted;
      return forApi.answer(message.given);
    },
    refuse: (to) => {
      (to === 'database' ? forDatabase : forApi).answer(null);
    },
    tellFound: (evidence) => {
      const found =
        !forDatabase.waits() && changed('database', evidence, 'database "login"') ? databaseFound(evidence) : null;
      if (found) tell({ kind: 'login-told', to: 'database', facts: found });
      if (forApi.waits() || !changed('api', evidence, 'api "login"')) return;
      const facts = apiLoginFacts(answerIn(evidence, 'api "login"'), answerIn(evidence, 'api "endpoint"'));
      if (facts) tell({ kind: 'login-told', to: 'api', facts: settled(facts, trusted) });
    },
  };
};
