import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { ConnectionFailure, TlsSession } from '../../answers/connection.ts';
import { dial } from '../../child/network/reach.ts';
import { broken } from '../../child/network/tls-look.ts';
import { resolved } from '../resolved.ts';
import { ApiFailure } from './api-failure.ts';
import type { Place } from './place.ts';
import { sessionOf, type Trust } from './trust.ts';

/** A TLS session with the API, on which not a byte of HTTP was written yet. */
export type Line = {
  readonly socket: tls.TLSSocket;
  readonly session: TlsSession;
  readonly address: string;
  readonly steps: { step: ConnectionFailure['step']; ms: number }[];
};

/** How long something may take: to a point in time of performance.now(), or until whoever asked gives up. */
export type Limit = { readonly until: number; readonly signal: AbortSignal };

/** One call, over connection, head and body, ms: what comes before it in a question may take the rest of the question's 10 s. */
const CALL = 8000;

/** A limit for what a question does from now on. */
export const within = (signal: AbortSignal, ms = CALL): Limit => ({ until: performance.now() + ms, signal });

const left = ({ until }: Limit): number => Math.max(until - performance.now(), 1);

/** A connection to one of these addresses; nothing is said on it. Rejects with an ApiFailure. */
export const dialled = async (addresses: readonly string[], port: number, limit: Limit) => {
  const taken = await dial(addresses, port, left(limit));
  if ('kind' in taken) throw new ApiFailure({ step: 'tcp', ...taken });
  if (!limit.signal.aborted) return taken;
  taken.socket.destroy();
  throw limit.signal.reason;
};

/** The addresses of the API's host, and how long that took where it is a name. Rejects with an ApiFailure. */
export const addressesOf = async ({ host }: Place, limit: Limit) => {
  const since = performance.now();
  const addresses = await resolved(host, limit.signal, left(limit));
  if ('kind' in addresses) throw new ApiFailure({ step: 'dns', ...addresses });
  return { addresses, steps: isIP(host) ? [] : [{ step: 'dns' as const, ms: performance.now() - since }] };
};

/** A handshake over a connected socket, whatever the certificate is like. Rejects with an ApiFailure, the socket ended. */
export const shaken = (
  socket: Socket,
  { names }: Place,
  options: tls.ConnectionOptions,
  limit: Limit,
): Promise<tls.TLSSocket> =>
  new Promise((done, refused) => {
    const within = left(limit);
    const servername = names.find((name) => isIP(name) === 0);
    // What the certificate is worth is told by `sessionOf`; who opens a session to say something on it asks that first.
    const unjudged = { rejectUnauthorized: false, checkServerIdentity: () => undefined };
    const secure = tls.connect({ ...options, ...unjudged, socket, ...(servername && { servername }) });
    const settle = (then: () => void) => {
      clearTimeout(timer);
      limit.signal.removeEventListener('abort', cancelled);
      then();
    };
    const fail = (error: unknown) =>
      settle(() => {
        secure.destroy();
        socket.destroy();
        refused(error);
      });
    const failed = (fault: Omit<ConnectionFailure, 'step'>) => fail(new ApiFailure({ step: 'tls', ...fault }));
    const cancelled = () => fail(limit.signal.reason);
    const late = `no TLS session came about within ${(within / 1000).toFixed(1)} s`;
    const timer = setTimeout(() => failed({ kind: 'no-answer', message: late, code: 'ETIMEDOUT' }), within);
    limit.signal.addEventListener('abort', cancelled, { once: true });
    const ended = () => failed(broken(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    // From the handshake on whoever uses it learns of errors by its end; none may end the process.
    secure.on('error', (error) => failed(broken(error)));
    secure.once('close', ended);
    secure.once('secureConnect', () => {
      secure.off('close', ended);
      settle(() => done(secure));
    });
  });

/** Opens a session with the API, trusted or not. Rejects with an ApiFailure, or when cancelled. */
export const openLine = async (place: Place, trust: Trust, limit: Limit): Promise<Line> => {
  const { addresses, steps } = await addressesOf(place, limit);
  const { socket, address, ms } = await dialled(addresses, place.port, limit);
  const since = performance.now();
  const secure = await shaken(socket, place, { secureContext: trust.context }, limit);
  secure.setNoDelay(true);
  return {
    socket: secure,
    session: sessionOf(secure, place, trust),
    address,
    steps: [...steps, { step: 'tcp', ms }, { step: 'tls', ms: performance.now() - since }],
  };
};
