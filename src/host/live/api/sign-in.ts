import type { Json } from '../../../model.ts';
import type { ApiAnswers } from '../../answers/api.ts';
import type { ConnectionFailure } from '../../answers/connection.ts';
import { type Auth, type Called, called, type Way } from './caller.ts';
import type { Limit } from './line.ts';
import { type Chain, refusalIn, tokenIn } from './login.ts';
import type { Mask } from './mask.ts';
import { CALLS } from './nodes.ts';
import type { NoPlace, Place } from './place.ts';

type LoginAnswer = ApiAnswers['login'];

/** What the login came to, and what further calls are authorised by: a token or a key, null where there is neither. */
export type SignedIn = { readonly answer: LoginAnswer; readonly auth: Auth | null };

/** What came of a password that was refused: it outlives its run, as nothing is different in the next one. */
export type LoginMemory = { refused: SignedIn | null };

type Means = {
  readonly chain: Chain;
  readonly memory: LoginMemory;
  readonly place: () => Promise<Place | NoPlace>;
  readonly way: () => Promise<Way>;
  /** Why no connection comes about on which a credential may be sent; null where one does. */
  readonly verified: () => Promise<ConnectionFailure | null>;
  readonly limit: () => Limit;
  /** Masks what is secret, and the token. */
  readonly mask: (token?: string) => Mask;
};

const basic = (user: string, password: string): Auth => ({
  kind: 'basic',
  credential: Buffer.from(`${user}:${password}`).toString('base64'),
});

/** One login with a user and a password, never sent twice. */
export const logIn = (user: string, password: string, way: Way, limit: Limit, mask: Means['mask']): Promise<Called> => {
  const call = { ...CALLS.login, auth: basic(user, password), sent: null, again: false };
  return called(call, way, limit, (json: Json) => mask(tokenIn(json)?.token));
};

/** Gives a token back. */
export const logOut = async (token: string, way: Way, limit: Limit, mask: Means['mask']): Promise<void> => {
  const call = { ...CALLS.logout, auth: { kind: 'bearer', credential: token } as const, sent: null, again: true };
  await called(call, way, limit, () => mask());
};

const stateOf = ({ kind }: ConnectionFailure): LoginAnswer['state'] =>
  kind === 'untrusted' ? 'untrusted' : 'unreachable';

const attempt = async ({ chain, place, verified, way, limit, mask }: Means): Promise<SignedIn> => {
  const { places, login } = chain;
  const nothing = { places, user: null, expiresAt: null, call: null };
  if ('none' in (await place())) return { answer: { ...nothing, state: 'no-api' }, auth: null };
  if (!login) return { answer: { ...nothing, state: 'no-login' }, auth: null };
  if ('key' in login) {
    const failed = await verified();
    if (failed) return { answer: { ...nothing, state: stateOf(failed) }, auth: null };
    return { answer: { ...nothing, state: 'key' }, auth: { kind: 'apikey', credential: login.key } };
  }
  const { user, password } = login;
  const { answer: call, json } = await logIn(user, password, await way(), limit(), mask);
  const got = call.status === 200 || call.status === 201 ? tokenIn(json) : null;
  if (got)
    return {
      answer: { places, state: 'token', user, expiresAt: got.expiresAt, call },
      auth: { kind: 'bearer', credential: got.token },
    };
  const state = refusalIn(call);
  // Where nothing was sent there was no call.
  return { answer: { ...nothing, state, user, call: state === 'untrusted' ? null : call }, auth: null };
};

/** Whether a password was shown to the server, or there is nothing to show: either way it is not tried again. */
const isSpent = ({ answer: { state, call } }: SignedIn): boolean =>
  state === 'unreachable' ? call?.failed?.step === 'http' : state !== 'untrusted' && state !== 'no-api';

/** Refusals that stay: the same password would come to the same, and each one counts towards being throttled. */
const REFUSED: ReadonlySet<LoginAnswer['state']> = new Set(['denied', 'password-change']);

/** Logs in once in a run, whoever asks, and out at its end. */
export const signing = (means: Means) => {
  let kept: Promise<SignedIn> | null = null;
  const begin = (): Promise<SignedIn> => {
    const { memory } = means;
    if (memory.refused) return Promise.resolve(memory.refused);
    const mine = attempt(means);
    const forget = () => {
      if (kept === mine) kept = null;
    };
    mine.then((told) => {
      if (REFUSED.has(told.answer.state)) memory.refused = told;
      if (!isSpent(told)) forget();
    }, forget);
    return mine;
  };
  return {
    /** Whoever gives up leaves it going: a token that nobody knows could not be given back. */
    in: async (signal: AbortSignal): Promise<SignedIn> => {
      signal.throwIfAborted();
      const { promise: gaveUp, reject } = Promise.withResolvers<never>();
      const leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      try {
        kept ??= begin();
        return await Promise.race([kept, gaveUp]);
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
    out: async (): Promise<void> => {
      const signed = await kept;
      if (signed?.auth?.kind !== 'bearer') return;
      await logOut(signed.auth.credential, await means.way(), means.limit(), means.mask);
    },
  };
};
