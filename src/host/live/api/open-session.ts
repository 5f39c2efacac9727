import type { ApiOptions, GivenApiLogin } from '../../api-login.ts';
import type { DockerAccess } from '../docker/access.ts';
import { sharedLook } from '../shared-look.ts';
import { ApiFailure, failureIn } from './api-failure.ts';
import type { Way } from './caller.ts';
import { keeper } from './keeper.ts';
import { openLine, within } from './line.ts';
import { findLogin } from './login.ts';
import { maskOf } from './mask.ts';
import { findPlace, type Place } from './place.ts';
import { read, webhookUrl } from './read.ts';
import { secretsOf } from './secrets.ts';
import type { ApiSession } from './session.ts';
import { type LoginMemory, signing } from './sign-in.ts';
import { mistrust, readTrust, type Trust } from './trust.ts';

/** How long the logout may take, ms. */
const LOGOUT = 1000;

export type Opening = {
  readonly options: ApiOptions;
  /** Null where no container here is asked. */
  readonly docker: DockerAccess | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly given: GivenApiLogin | null;
  readonly memory: LoginMemory;
};

/** Looks for everything when it is first asked for, and once. */
export const openSession = ({ options, docker, environment, given, memory }: Opening): ApiSession => {
  const life = new AbortController();
  const wanted = given?.url ? { url: given.url, from: 'a person' } : { url: options.url, from: '--api-url' };
  const person = given?.trusted ? { fingerprint: given.trusted, by: 'a person' } : null;
  const pinned = options.fingerprint ? { fingerprint: options.fingerprint, by: '--api-fingerprint' } : null;
  const chain = findLogin(environment, given?.login ?? null);
  const place = sharedLook((signal) => findPlace(wanted, docker, signal));
  const trust = sharedLook((signal) => readTrust(options.ca, person ?? pinned, signal));
  const secrets = new Set(secretsOf(chain.login));
  let mask = maskOf([...secrets]);
  const webhooksCa = sharedLook((signal) => read(session, 'webhooks-ca', signal));

  const there = async (signal: AbortSignal): Promise<Place> => {
    const found = await place.ask(signal);
    if ('none' in found) throw new Error(found.none);
    return found;
  };
  const open = async (where: Place, whom: Trust, verified: boolean) => {
    const { socket, session } = await openLine(where, whom, within(life.signal));
    if (!verified || session.trusted) return socket;
    socket.destroy();
    throw new ApiFailure({ step: 'tls', kind: 'untrusted', message: mistrust(session), code: session.fault });
  };
  const keeping = (verified: boolean) =>
    sharedLook(async (signal): Promise<Way> => {
      const [where, whom] = [await there(signal), await trust.ask(signal)];
      const kept = keeper(() => open(where, whom, verified));
      life.signal.addEventListener('abort', () => kept.agent.destroy(), { once: true });
      return { place: where, keeper: kept };
    });
  const ways = { unverified: keeping(false), verified: keeping(true) };
  const sign = signing({
    chain,
    memory,
    place: () => place.ask(life.signal),
    way: () => ways.verified.ask(life.signal),
    verified: async () => {
      try {
        (await open(await there(life.signal), await trust.ask(life.signal), true)).destroy();
        return null;
      } catch (error) {
        return failureIn(error);
      }
    },
    limit: () => within(life.signal),
    mask: (token) => session.mask(token),
  });

  const session: ApiSession = {
    options,
    place: place.ask,
    trust: trust.ask,
    unverified: ways.unverified.ask,
    verified: ways.verified.ask,
    webhooksCaCall: webhooksCa.ask,
    webhooksCa: async (signal) => {
      const { answer, body } = await webhooksCa.ask(signal);
      return answer.status === 200 && body ? body.toString('latin1') : null;
    },
    webhookUrl: (signal) => webhookUrl(session, signal),
    login: sign.in,
    mask: (secret) => {
      if (secret === undefined || secrets.has(secret)) return mask;
      secrets.add(secret);
      mask = maskOf([...secrets]);
      return mask;
    },
    close: async () => {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, LOGOUT);
      await Promise.race([sign.out().catch(() => {}), late]);
      clearTimeout(timer);
      life.abort(new Error('the run is over'));
    },
  };
  return session;
};
