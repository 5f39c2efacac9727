import * as tls from 'node:tls';
import type { ApiAnswers } from '../../answers/api.ts';
import { ApiFailure } from './api-failure.ts';
import { addressesOf, dialled, type Limit, shaken, within } from './line.ts';
import type { Place } from './place.ts';
import type { ApiSession } from './session.ts';

type Tried = ApiAnswers['tls-versions']['versions'][number];

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** One handshake, ms. */
const LIMIT = 3000;

/** OpenSSL speaks versions before 1.2 at this level alone; only what is asked here is offered at it. */
const UNSAFE = '@SECLEVEL=0';

/**
 * Without forward secrecy, without encryption or authentication, or with a cipher or a MAC that is known to be weak. OpenSSL 3
 * knows no RC4 and no 3DES any more: those cannot be tried.
 */
const WEAK = 'kRSA:eNULL:aNULL:SHA1:3DES:RC4:!PSK:!SRP';
const MOST_WEAK = 8;

const shaking = async (
  addresses: readonly string[],
  place: Place,
  options: tls.ConnectionOptions,
  { until, signal }: Limit,
) => {
  const limit = { until: Math.min(until, performance.now() + LIMIT), signal };
  // Before there is a connection: what this machine's library refuses is told as that.
  const secureContext = tls.createSecureContext(options);
  const { socket } = await dialled(addresses, place.port, limit);
  const secure = await shaken(socket, place, { secureContext }, limit);
  const { name, standardName } = secure.getCipher();
  secure.destroy();
  return { name, cipher: standardName ?? name };
};

/** What this machine's own library says where it will not even try. */
const OWN_REFUSAL = new Set([
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  'ERR_SSL_NO_CIPHER_MATCH',
  'ERR_TLS_INVALID_PROTOCOL_VERSION',
]);

const stateOf = (error: unknown): Pick<Tried, 'state' | 'detail'> => {
  if (error instanceof ApiFailure) {
    const { step, kind, code, message } = error.failure;
    if (OWN_REFUSAL.has(code ?? '')) return { state: 'cannot-try', detail: message };
    return { state: step === 'tcp' || kind === 'no-answer' ? 'no-answer' : 'refused', detail: message };
  }
  if (error instanceof Error && 'code' in error && OWN_REFUSAL.has(String(error.code)))
    return { state: 'cannot-try', detail: error.message };
  throw error;
};

const tried = async (
  version: Tried['version'],
  addresses: readonly string[],
  place: Place,
  limit: Limit,
): Promise<Tried> => {
  const options = { minVersion: version, maxVersion: version, ciphers: `ALL:!eNULL:!aNULL${UNSAFE}` };
  try {
    const { cipher } = await shaking(addresses, place, options, limit);
    return { version, state: 'accepted', cipher, detail: null };
  } catch (error) {
    limit.signal.throwIfAborted();
    return { version, cipher: null, ...stateOf(error) };
  }
};

/** The weak ciphers that a server agrees to, one handshake for each, until it agrees to none. */
const weakCiphers = async (addresses: readonly string[], place: Place, limit: Limit): Promise<string[]> => {
  const weak: { readonly name: string; readonly cipher: string }[] = [];
  try {
    while (weak.length < MOST_WEAK) {
      const others = weak.map(({ name }) => `:!${name}`).join('');
      const options = { minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: `${WEAK}${others}${UNSAFE}` } as const;
      weak.push(await shaking(addresses, place, options, limit));
    }
  } catch (error) {
    limit.signal.throwIfAborted();
    stateOf(error);
  }
  return weak.map(({ cipher }) => cipher);
};

/** One handshake for each version of TLS, and some for weak ciphers. Nothing is said on any. Rejects where there is no API. */
export const tlsVersions = async (session: ApiSession, signal: AbortSignal): Promise<ApiAnswers['tls-versions']> => {
  const limit = within(signal);
  const place = await session.place(signal);
  if ('none' in place) throw new Error(place.none);
  const { addresses } = await addressesOf(place, limit);
  const versions = await Promise.all(VERSIONS.map((version) => tried(version, addresses, place, limit)));
  const speaks = versions.some(({ version, state }) => version !== 'TLSv1.3' && state === 'accepted');
  return { versions, weak: speaks ? await weakCiphers(addresses, place, limit) : [] };
};
