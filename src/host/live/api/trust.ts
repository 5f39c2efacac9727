import * as tls from 'node:tls';
import type { TlsSession } from '../../answers/connection.ts';
import { chainOf } from '../../child/network/tls-look.ts';
import { foreignFile } from '../login/foreign-file.ts';
import type { Place } from './place.ts';

/** Whom a certificate is believed for. */
export type Trust = {
  /** The authorities of the system, and that of `--api-ca`. */
  readonly context: tls.SecureContext;
  /** Those of the system alone; null where there are no others. */
  readonly systemOnly: () => tls.SecureContext | null;
  /** The one leaf that is believed, whoever signed it: SHA-256, 64 hex digits in lower case, and who said so. */
  readonly pin: { readonly fingerprint: string; readonly by: string } | null;
};

/** In place of a code of Node's, where the certificate is another one than the pinned. */
const OTHER_THAN_PINNED = 'PIN_MISMATCH';

/** The PEM certificates of `--api-ca`; rejects with a sentence where it holds none. */
const readAuthority = async (path: string, signal: AbortSignal): Promise<string> => {
  const file = await foreignFile(path, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error(`--api-ca ${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!file) throw new Error(`--api-ca ${path}: there is no such file`);
  if (!file.text.includes('-----BEGIN ')) throw new Error(`--api-ca ${path}: it is no PEM file`);
  return file.text;
};

/** Reads what the certificate is to be verified with; `ca` is an absolute path. Rejects where that cannot be read. */
export const readTrust = async (ca: string | null, pin: Trust['pin'], signal: AbortSignal): Promise<Trust> => {
  const given = ca === null ? null : await readAuthority(ca, signal);
  const system = [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  const contextOf = (certificates: readonly string[]) => tls.createSecureContext({ ca: [...certificates] });
  return {
    context: contextOf(given === null ? system : [...system, given]),
    systemOnly: () => (given === null ? null : contextOf(system)),
    pin,
  };
};

/** Why a certificate is not good by the authorities that it was verified with: Node's code for its chain, else for its name. */
export const faultOf = (secure: tls.TLSSocket, { names }: Place): string | null => {
  // Node was told to look at the chain alone.
  if (secure.authorizationError) return String(secure.authorizationError);
  const shown = secure.getPeerCertificate();
  return names.some((name) => !tls.checkServerIdentity(name, shown)) ? null : 'ERR_TLS_CERT_ALTNAME_INVALID';
};

const fingerprintOf = (secure: tls.TLSSocket): string | null =>
  secure.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase() ?? null;

/** What a session is, and whether anything may be said on it. A pinned leaf is believed, and no other one is. */
export const sessionOf = (secure: tls.TLSSocket, place: Place, { pin }: Trust): TlsSession => {
  const fault = faultOf(secure, place);
  const { standardName, name } = secure.getCipher();
  const facts = { protocol: secure.getProtocol() ?? 'unknown', cipher: standardName ?? name, chain: chainOf(secure) };
  if (!pin) return { ...facts, trusted: fault === null, by: fault === null ? 'system' : null, fault };
  const pinned = fingerprintOf(secure) === pin.fingerprint;
  return { ...facts, trusted: pinned, by: pinned ? pin.by : null, fault: pinned ? fault : OTHER_THAN_PINNED };
};

const WORDS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made out for another name',
  [OTHER_THAN_PINNED]: 'it is another one than the pinned',
};

/** Why nothing may be said on a session, as a sentence. */
export const mistrust = ({ fault }: TlsSession): string =>
  `the certificate could not be verified (${WORDS[fault ?? ''] ?? 'it was issued by an authority that is not trusted here'}), so no credential was sent`;
