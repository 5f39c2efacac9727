import {
  type Agent,
  type ClientRequest,
  request as http,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';
import { ApiFailure, httpFailure } from './api-failure.ts';
import { KEPT, type Keeper } from './keeper.ts';
import type { Limit } from './line.ts';
import type { Place } from './place.ts';

/** No body is read beyond this, nor made larger than this by unpacking it, and no head, bytes. */
const MOST = 4 << 20;
const MOST_HEAD = 64 << 10;

export type Asked = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether it may be sent once more where the server had closed the kept connection meanwhile. */
  readonly again: boolean;
};
export type Answered = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

const TOO_LARGE = `it answered with more than ${MOST >> 20} MiB`;

const failureOf = (error: NodeJS.ErrnoException): Error => {
  if (error instanceof ApiFailure) return error;
  const code = error.code ?? '';
  if (code === 'HPE_HEADER_OVERFLOW')
    return httpFailure('too-much', `the head of its answer is larger than ${MOST_HEAD >> 10} KiB`, code);
  if (code.startsWith('HPE_')) return httpFailure('not-http', 'what it answered is not HTTP', code);
  if (['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(code))
    return httpFailure('closed', 'it ended the connection before its answer was whole', code);
  return httpFailure('other', error.message, code || null);
};

/** A body as it was before it was packed; nobody asked for that, but some pack whatever is asked. */
const unpacked = (body: Buffer, { 'content-encoding': encoding = 'identity' }: IncomingHttpHeaders): Buffer => {
  const kind = encoding.trim().toLowerCase();
  if (body.length === 0 || ['', 'identity'].includes(kind)) return body;
  const unpack = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync }[kind];
  if (!unpack) throw httpFailure('other', 'its answer is packed in a way that nobody asked for');
  try {
    return unpack(body, { maxOutputLength: MOST });
  } catch (error) {
    if (error instanceof RangeError) throw httpFailure('too-much', TOO_LARGE);
    throw httpFailure('other', 'its answer says that it is packed, and cannot be unpacked');
  }
};

const read = (response: IncomingMessage, done: (answered: Answered) => void, fail: (error: Error) => void): void => {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MOST) fail(httpFailure('too-much', TOO_LARGE));
    else chunks.push(chunk);
  });
  response.on('end', () => {
    const { statusCode = 0, headers } = response;
    try {
      done({ status: statusCode, headers, body: unpacked(Buffer.concat(chunks), headers) });
    } catch (error) {
      fail(error as Error);
    }
  });
  // Also fires when the peer closes in the middle of the body.
  response.on('error', (error) => fail(failureOf(error)));
};

const send = (asked: Asked, { host, port, url }: Place, agent: Agent): ClientRequest => {
  const { method, path, body } = asked;
  const payload = body === null ? null : Buffer.from(body);
  const headers = {
    Host: new URL(url).host,
    'User-Agent': 'wa-preflight',
    Accept: 'application/json, */*',
    'Accept-Encoding': 'identity',
    ...(payload && { 'Content-Type': 'application/json', 'Content-Length': payload.length }),
    ...asked.headers,
  };
  const sent = http({ agent, host, port, method, path, headers, setHost: false, maxHeaderSize: MOST_HEAD });
  sent.end(payload);
  return sent;
};

const once = (asked: Asked, place: Place, agent: Agent, { until, signal }: Limit): Promise<Answered | 'closed'> =>
  new Promise((answered, failed) => {
    if (signal.aborted) return failed(signal.reason);
    const within = Math.max(until - performance.now(), 1);
    const sent = send(asked, place, agent);
    let heard = false;
    const settle = (then: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      then();
    };
    const fail = (error: unknown) =>
      settle(() => {
        sent.destroy();
        failed(error);
      });
    const cancel = () => fail(signal.reason);
    const late = () => `it did not answer ${heard ? 'to the end ' : ''}within ${(within / 1000).toFixed(1)} s`;
    const timer = setTimeout(() => fail(httpFailure('no-answer', late(), 'ETIMEDOUT')), within);
    signal.addEventListener('abort', cancel, { once: true });
    sent.on('response', (response) => {
      heard = true;
      read(response, (whole) => settle(() => answered(whole)), fail);
    });
    sent.on('upgrade', (_, stream) => {
      stream.destroy();
      fail(httpFailure('not-http', 'it changed the protocol unasked'));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = sent.reusedSocket && !heard && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
      if (isStale && asked.again) settle(() => answered('closed'));
      else fail(failureOf(error));
    });
  });

/**
 * One HTTP call within a limit over connection, head and body. No redirect is followed. Whatever status the server answers is an
 * answer; rejects with an ApiFailure, or when cancelled.
 */
export const exchange = async (
  asked: Asked,
  place: Place,
  { agent, turn }: Keeper,
  limit: Limit,
): Promise<Answered> => {
  const leave = await turn(limit);
  try {
    for (let stale = 0; stale <= KEPT; stale += 1) {
      const answered = await once(asked, place, agent, limit);
      if (answered !== 'closed') return answered;
    }
    throw httpFailure('closed', 'it closes each connection that it keeps before it can be used again', 'ECONNRESET');
  } finally {
    leave();
  }
};
