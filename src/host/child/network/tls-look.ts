import { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { codeOf } from '../../../error-code.ts';
import type { TlsSession } from '../../answers/connection.ts';
import { certificateOf } from './certificate.ts';
import type { Fault } from './order.ts';

// A look at a server's TLS: a handshake and no more. No application byte is ever sent, whatever the certificate is like.

/** Who else may vouch for a certificate than the public authorities that Node knows; read only where it is wanted. */
export type Authority = { readonly by: string; readonly certificates: () => readonly string[] };

/** The authorities that this machine trusts beside the public ones. */
export const SYSTEM: Authority = { by: 'system', certificates: () => tls.getCACertificates('system') };

/** Who vouches for a certificate that a public authority stands behind. */
const PUBLIC = 'public';

const MOST_CHAIN = 10;

/** Faults of a chain that another authority may mend. */
const UNKNOWN_AUTHORITY = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The certificates that were shown, the leaf first, each once. */
export const chainOf = (secure: tls.TLSSocket): TlsSession['chain'] => {
  const chain: TlsSession['chain'] = [];
  let shown: tls.DetailedPeerCertificate | undefined = secure.getPeerCertificate(true);
  while (shown?.raw && chain.length < MOST_CHAIN) {
    const one = certificateOf(new X509Certificate(shown.raw));
    if (chain.some(({ fingerprint }) => fingerprint === one.fingerprint)) break;
    chain.push(one);
    shown = shown.issuerCertificate;
  }
  return chain;
};

/** Why a certificate is not good: its chain, else its name; null where it is. */
const faultOf = (secure: tls.TLSSocket): string | null => {
  const { authorizationError } = secure;
  if (!authorizationError) return null;
  return codeOf(authorizationError) ?? String(authorizationError);
};

type TlsError = NodeJS.ErrnoException & { readonly reason?: string };

/** Why a handshake did not come to its end. */
export const broken = (error: TlsError): Fault => {
  const code = error.code ?? null;
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return { kind: 'closed', message: 'the connection was ended in the middle of the TLS handshake', code };
  const reason = error.reason ?? error.message;
  const message = /wrong version number|packet length|http request/i.test(reason)
    ? `what answers speaks no TLS: ${reason}`
    : reason;
  return { kind: 'tls-failed', message, code };
};

const handshake = (
  socket: Socket,
  host: string,
  certificates: readonly string[] | null,
  by: string,
  withinMs: number,
): Promise<TlsSession | Fault> =>
  new Promise((settle) => {
    const secure = tls.connect({
      socket,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ...(certificates && { ca: [...certificates] }),
      rejectUnauthorized: false,
    });
    const end = (told: TlsSession | Fault) => {
      clearTimeout(timer);
      settle(told);
      secure.destroy();
      socket.destroy();
    };
    const late = `no TLS session came about within ${(withinMs / 1000).toFixed(1)} s`;
    const timer = setTimeout(() => end({ kind: 'no-answer', message: late, code: 'ETIMEDOUT' }), withinMs);
    secure.on('error', (error) => end(broken(error)));
    secure.once('close', () => end(broken(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))));
    secure.once('secureConnect', () => {
      const fault = faultOf(secure);
      const { standardName, name } = secure.getCipher();
      end({
        protocol: secure.getProtocol() ?? 'unknown',
        cipher: standardName ?? name,
        trusted: fault === null,
        by: fault === null ? by : null,
        fault,
        chain: chainOf(secure),
      });
    });
  });

/**
 * A handshake over a connected socket, which is ended then, with the chain of certificates that was shown. Where no public
 * authority stands behind it, each other one is tried on a new connection from `open`. `fault` is the last one's.
 */
export const tlsLook = async (
  socket: Socket,
  open: () => Promise<Socket | null>,
  host: string,
  others: readonly Authority[],
  withinMs: number,
): Promise<TlsSession | Fault> => {
  const end = performance.now() + withinMs;
  let seen = await handshake(socket, host, null, PUBLIC, withinMs);
  for (const { by, certificates } of others) {
    if ('kind' in seen || !UNKNOWN_AUTHORITY.has(seen.fault ?? '')) break;
    const another = await open();
    if (!another) break;
    const again = await handshake(another, host, certificates(), by, Math.max(end - performance.now(), 100));
    // It answered once: what goes wrong now says nothing of its certificate.
    if ('kind' in again) break;
    if (!UNKNOWN_AUTHORITY.has(again.fault ?? '')) seen = again;
  }
  return seen;
};
