import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import type { Login } from '../../login.ts';
import { ConnectError } from './connect-error.ts';
import type { Trip } from './trip.ts';

/** What Node means by its codes, in words. */
const FAULTS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate was issued by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate of its issuer is missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate was issued by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate was issued by an authority that is not trusted here',
};

const named = (part: unknown): string | null => {
  if (typeof part !== 'object' || part === null) return null;
  const said = Object.entries(part).map(([key, value]) => `${key}=${[value].flat().join('+')}`);
  return said.length > 0 ? said.join(', ') : null;
};

const time = (text: string | undefined): string | null => {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/** Why the certificate would not do: its chain, its name, or both. */
const faultOf = (secure: tls.TLSSocket, host: string): { words: string; code: string } | null => {
  const certificate = secure.getPeerCertificate();
  // Node says a code, or the sentence of an error that has none.
  const code = String(secure.authorizationError ?? '');
  const identity = tls.checkServerIdentity(host, certificate);
  const chain = code !== '' && code !== 'ERR_TLS_CERT_ALTNAME_INVALID' ? (FAULTS[code] ?? code) : null;
  const name = identity ? `it is not made out for ${host}` : null;
  const words = [chain, name && (chain ? name : name.replace('it', 'the certificate'))].filter(Boolean).join(', and ');
  return words ? { words, code: code || 'ERR_TLS_CERT_ALTNAME_INVALID' } : null;
};

const contextOf = (login: Login): tls.SecureContext => {
  const { ca, certificate, key } = login.tls;
  if (ca !== null && !ca.includes('-----BEGIN '))
    throw new Error('there is no certificate in the file of the authority');
  const trusted = ca ?? [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  return tls.createSecureContext({
    ca: typeof trusted === 'string' ? trusted : [...new Set(trusted)],
    ...(certificate !== null && key !== null ? { cert: certificate, key } : {}),
    minVersion: 'TLSv1.2',
  });
};

/** What OpenSSL says where it finds nothing that both sides hold to be safe. */
const OLD = /unsupported protocol|protocol version|dh key too small|legacy/i;

type TlsError = NodeJS.ErrnoException & { readonly reason?: string };

const failed = (error: TlsError): ConnectError => {
  const code = error.code ?? null;
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new ConnectError('closed', 'the server ended the connection in the middle of the TLS handshake', code);
  const words = error.reason ?? error.message;
  const old = OLD.test(words) ? 'the server speaks no TLS that is still safe (1.2 or later): ' : '';
  return new ConnectError('tls-failed', `${old}${words}`, code);
};

/** Reads the login's TLS files, so that it takes no time later; rejects with what is wrong with them. */
export const prepared = (login: Login): tls.SecureContext => {
  try {
    return contextOf(login);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConnectError('tls-failed', `the TLS files of the login cannot be used: ${why}`);
  }
};

/**
 * The TLS handshake over a connected socket, with the facts for the trip. In mode verify nothing has been said by then, and
 * an unverified certificate ends it; otherwise what is wrong with it is only told.
 */
export const secured = (
  socket: Socket,
  login: Login,
  secureContext: tls.SecureContext,
  trip: Trip,
): Promise<tls.TLSSocket> =>
  new Promise((done, refused) => {
    const { host } = login;
    const secure = tls.connect({
      socket,
      secureContext,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
    });
    const ended = () => refused(failed(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    secure.on('error', (error) => refused(failed(error)));
    secure.once('close', ended);
    secure.once('secureConnect', () => {
      secure.off('close', ended);
      const certificate = secure.getPeerCertificate();
      const fault = faultOf(secure, host);
      const asked = login.tls.mode === 'verify';
      trip.tls = {
        protocol: secure.getProtocol() ?? 'unknown',
        cipher: secure.getCipher().standardName ?? secure.getCipher().name,
        verified: asked ? fault === null : null,
        fault: fault?.words ?? null,
        subject: named(certificate.subject),
        issuer: named(certificate.issuer),
        validTo: time(certificate.valid_to),
      };
      if (asked && fault) return refused(new ConnectError('tls-untrusted', fault.words, fault.code));
      done(secure);
    });
  });
