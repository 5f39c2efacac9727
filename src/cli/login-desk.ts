import { database } from '../host/answers/database.ts';
import type { Evidence } from '../host/evidence.ts';
import type { GivenLogin, KnownLogin } from '../host/login.ts';
import type { AskPerson } from '../host/prompted.ts';
import type { FromRunner } from './runner-messages.ts';

/** Where the measuring process asks its parent for a login, and hears what a person answered. */
export type LoginDesk = {
  readonly ask: AskPerson;
  /** Hands over what a person gave, null for none; false where no check waits for it. */
  readonly answer: (given: GivenLogin | null) => boolean;
  /** Tells what the chain found, whenever that has changed. */
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

export const loginDesk = (tell: (message: FromRunner) => void): LoginDesk => {
  let waiting: ((given: GivenLogin | null) => void) | null = null;
  let told: unknown = null;
  return {
    ask: (places, signal, known) =>
      new Promise((answer, reject) => {
        const over = () => {
          waiting = null;
          signal.removeEventListener('abort', stopped);
          tell({ kind: 'login-told', places, known: shown(known) });
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
        tell({ kind: 'login-wanted', places, known: shown(known) });
      }),
    answer: (given) => {
      const wanted = waiting !== null;
      waiting?.(given);
      return wanted;
    },
    tellFound: (evidence) => {
      const entry = evidence['database "login"'];
      if (waiting || !entry || entry === told || !('value' in entry)) return;
      told = entry;
      const { data } = database.login.safeParse(entry.value);
      if (!data) return;
      const { found, places } = data;
      const tls = found && { mode: found.tls.mode, ca: null, certificate: null, key: null };
      tell({ kind: 'login-told', places, known: found && tls ? shown({ ...found, tls }) : {} });
    },
  };
};
