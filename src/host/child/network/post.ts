import { request } from 'node:https';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import { codeOf } from '../../../error-code.ts';
import type { ConnectionFailure } from '../../answers/connection.ts';
import type { NetworkAnswers } from '../../answers/network.ts';
import { namesFor } from './names.ts';
import type { From } from './order.ts';
import { isOfContainer } from './process-of.ts';
import { dial } from './reach.ts';

/** Where one empty notification is sent. The address may hold secrets: it is told over a pipe, and is in no answer. */
export type PostOrder = {
  readonly from: From | null;
  readonly url: string;
  /** Authorities beside the public ones, PEM. */
  readonly certificates: readonly string[];
  readonly withinMs: number;
};

type Posted = Omit<NetworkAnswers['webhook-post'], 'skipped' | 'container'>;

const BODY = '{}';

const KINDS: Record<string, ConnectionFailure['kind']> = {
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  HPE_HEADER_OVERFLOW: 'too-much',
};

const kindOf = (code: string, secured: boolean): ConnectionFailure['kind'] => {
  if (KINDS[code]) return KINDS[code];
  if (secured) return code.startsWith('HPE_') ? 'not-http' : 'other';
  return /CERT|ISSUER|SIGNATURE/.test(code) ? 'untrusted' : 'tls-failed';
};

/** What went wrong once there was a connection: with TLS, or after it. */
const failureOf = (error: NodeJS.ErrnoException, secured: boolean): ConnectionFailure => {
  const code = codeOf(error);
  const kind = kindOf(code ?? '', secured);
  return { step: secured ? 'http' : 'tls', kind, message: error.message, code };
};

/** One POST of an empty notification; no redirect is followed, and nothing is sent before the certificate was found good. */
export const post = async ({ from, url: address, certificates, withinMs }: PostOrder): Promise<Posted> => {
  if (from && !isOfContainer(from.pid, from.id)) throw new Error('the container ended meanwhile');
  const url = new URL(address);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const since = performance.now();
  const left = () => Math.max(since + withinMs - performance.now(), 50);
  const not = (failed: ConnectionFailure): Posted => ({ status: null, ms: null, failed });
  const addresses = await namesFor(from).resolve(host, left());
  if ('kind' in addresses) return not({ step: 'dns', ...addresses });
  const taken = await dial(addresses, Number(url.port || 443), left());
  if ('kind' in taken) return not({ step: 'tcp', ...taken });
  return new Promise((settle) => {
    let secured = false;
    const secure = tls.connect({
      socket: taken.socket,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ca: [...tls.rootCertificates, ...certificates],
    });
    const end = (told: Posted) => {
      clearTimeout(timer);
      settle(told);
      secure.destroy();
    };
    const late = () => {
      const message = `no answer came within ${(withinMs / 1000).toFixed(1)} s`;
      end(not({ step: secured ? 'http' : 'tls', kind: 'no-answer', message, code: 'ETIMEDOUT' }));
    };
    const timer = setTimeout(late, left());
    const broken = (error: NodeJS.ErrnoException) => end(not(failureOf(error, secured)));
    secure.on('error', broken);
    secure.once('secureConnect', () => {
      secured = true;
      const sent = request(url, {
        method: 'POST',
        // No agent: one would open another connection.
        createConnection: () => secure,
        headers: { 'content-type': 'application/json', 'content-length': BODY.length, connection: 'close' },
      });
      sent.on('error', broken);
      // Its body is nobody's business.
      sent.on('response', ({ statusCode }) =>
        end({ status: statusCode ?? 0, ms: performance.now() - since, failed: null }),
      );
      sent.end(BODY);
    });
  });
};
