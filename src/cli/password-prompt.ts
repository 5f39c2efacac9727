import type { ApiLogin } from '../host/api-login.ts';
import type { KnownLogin, Login } from '../host/login.ts';
import type { ApiLoginFacts, Person } from '../host/prompted.ts';
import { oneLine } from '../printable.ts';
import { linesOf, type Terminal } from './terminal-line.ts';

/** Questions to a person between lines of a run: lines that are told meanwhile wait until they are answered. */
export type PasswordPrompt = { readonly person: Person; readonly tell: (text: string) => void };

const loginOf = (known: KnownLogin, password: string): Login | null => {
  const { engine, host, port, user, tls } = known;
  if (!engine || !host || !port || !user || !tls) return null;
  const { socket = null, database = null, prefix = '', idleTimeoutMs = null } = known;
  return { engine, host, port, socket, user, password, database, prefix, idleTimeoutMs, tls };
};

/** What is said of a certificate before a person is asked whether they trust it. */
const certificateLines = ({ url, untrusted }: ApiLoginFacts): string =>
  untrusted
    ? `The certificate of ${oneLine(url ?? 'the API')} is not known here${untrusted.fault ? ` (${oneLine(untrusted.fault)})` : ''}.
  Subject ${oneLine(untrusted.subject)}
  SHA-256 ${oneLine(untrusted.fingerprint)}
`
    : '';

/** A prompt on the terminal of this process. Each login is asked for once, one after the other. */
export const passwordPrompt = (terminal: Terminal): PasswordPrompt => {
  const lines = linesOf(terminal);
  const asked = new Set<string>();
  let waiting: string[] | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** Asks when nobody is being asked; what was told meanwhile comes after it. */
  const inTurn = <Given>(questions: () => Promise<Given>): Promise<Given> => {
    const mine = turn.then(async () => {
      waiting ??= [];
      try {
        return await questions();
      } finally {
        const told = waiting;
        waiting = null;
        for (const line of told) terminal.write(`${line}\n`);
      }
    });
    turn = mine.catch(() => {});
    return mine;
  };
  const once = (what: string): boolean => {
    const first = !asked.has(what);
    asked.add(what);
    return first;
  };

  const trusts = async (facts: ApiLoginFacts, signal: AbortSignal): Promise<boolean> => {
    const answer = await lines.read(`${certificateLines(facts)}Trust it for this run? (y/N): `, signal, false);
    return /^y(es)?$/i.test(answer.trim());
  };
  const apiLogin = async (url: string, signal: AbortSignal): Promise<ApiLogin | null> => {
    const user = (await lines.read(`User of the API at ${url} (Enter for no login): `, signal, false)).trim();
    if (user === '') return null;
    const password = await lines.read(`Password of ${oneLine(user)} at ${url} (Enter for no login): `, signal, true);
    return password === '' ? null : { user, password };
  };

  return {
    tell: (text) => {
      if (waiting) waiting.push(text);
      else terminal.write(`${text}\n`);
    },
    person: {
      // Nothing but a password is asked for: where more is missing, there is no login.
      database: async ({ known }, signal) => {
        const login = loginOf(known, '');
        if (!login || !once('database')) return null;
        const at = login.socket ?? `${login.host}:${login.port}`;
        const question = `Password of ${oneLine(login.user)} at ${oneLine(at)} (Enter for no login): `;
        const password = await inTurn(() => lines.read(question, signal, true));
        return password === '' ? null : { ...login, password };
      },
      api: async (facts, signal) => {
        if (!once('api')) return null;
        const { found, untrusted } = facts;
        return inTurn(async () => {
          // Nobody is asked for a login that would not be sent.
          if (untrusted && !(await trusts(facts, signal))) return null;
          const trusted = untrusted?.fingerprint.replaceAll(':', '').toLowerCase() ?? null;
          if (found) return { login: null, trusted, url: null };
          const login = await apiLogin(oneLine(facts.url ?? ''), signal);
          return login && { login, trusted, url: null };
        });
      },
    },
  };
};
