import { type ClientRequest, request as http, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect } from './connection.ts';
import type { Way } from './endpoint.ts';
import { EngineFault, faultOf } from './engine-fault.ts';

/** No answer of an Engine is read beyond this, bytes. */
const MOST = 4 << 20;

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
export type Asked = {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** JSON as an object, anything else as bytes with `type`. */
  readonly body?: object | Buffer;
  readonly type?: string;
};

/** Sends a request whose answer its caller reads; without a deadline. */
export const send = ({ method = 'GET', path, body, type }: Asked, way: Way): ClientRequest => {
  const payload = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const base = way.kind === 'tcp' ? way.base : '';
  const headers = {
    Host: way.kind === 'socket' ? 'docker' : way.host,
    'User-Agent': 'wa-preflight',
    Connection: 'close',
    ...(payload && { 'Content-Type': type ?? 'application/json', 'Content-Length': payload.length }),
  };
  // A connection of its own for each request, and no redirect is followed: nothing but the endpoint is ever spoken to.
  const sent = http({ method, path: `${base}${path}`, headers, createConnection: () => connect(way) });
  sent.end(payload);
  return sent;
};

/** What takes an answer's body as it comes: `add` may throw, and the request then fails with that. */
export type Sink<T> = { readonly add: (chunk: Buffer) => void; readonly end: () => T };

/**
 * One request to an Engine, with a deadline over connection, head and body, ms; its body goes to the sink that `begin` makes.
 * Rejects with an EngineFault, with the signal's reason, or with what the sink throws; whatever status is answered is an answer.
 */
export const exchange = <T>(
  way: Way,
  asked: Asked,
  signal: AbortSignal,
  deadlineMs: number,
  begin: (response: IncomingMessage) => Sink<T>,
): Promise<T> =>
  new Promise((answered, failed) => {
    if (signal.aborted) return failed(signal.reason);
    const sent = send(asked, way);
    let over = false;
    const settle = (then: () => void) => {
      over = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      sent.destroy();
      then();
    };
    const fail = (error: unknown) => settle(() => failed(error));
    const cancel = () => fail(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
    const late = `it did not answer within ${deadlineMs / 1000} s`;
    const timer = setTimeout(() => fail(new EngineFault('silent', late)), deadlineMs);
    signal.addEventListener('abort', cancel, { once: true });
    const guarded = (step: () => void) => {
      if (over) return;
      try {
        step();
      } catch (error) {
        fail(error);
      }
    };
    const read = (response: IncomingMessage) => {
      const sink = begin(response);
      response.on('data', (chunk: Buffer) => guarded(() => sink.add(chunk)));
      response.on('end', () =>
        guarded(() => {
          const whole = sink.end();
          settle(() => answered(whole));
        }),
      );
      // Also fires when the peer closes in the middle of the body.
      response.on('error', (error) => fail(faultOf(error)));
    };
    sent.on('response', read);
    sent.on('upgrade', (_, stream) => {
      stream.destroy();
      fail(new EngineFault('not-an-engine', 'it changed the protocol unasked'));
    });
    sent.on('error', (error) => fail(faultOf(error)));
  });

/** Takes a body whole, at most so many bytes of it. */
export const wholeBody = ({ statusCode, headers }: IncomingMessage, most = MOST): Sink<Answer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  return {
    add: (chunk) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > most) throw new EngineFault('not-an-engine', `it answered with more than ${most >> 20} MiB`);
    },
    end: () => ({ status: statusCode ?? 0, headers, body: Buffer.concat(chunks).toString('utf8') }),
  };
};

/** The same with the body as text, at most 4 MiB of it. */
export const request = (way: Way, asked: Asked, signal: AbortSignal, deadlineMs: number): Promise<Answer> =>
  exchange(way, asked, signal, deadlineMs, wholeBody);

/** A failed request's reason with what was asked in front, so that it can stand alone; its state stays. */
export const unanswered = (what: string, error: unknown): unknown =>
  error instanceof EngineFault
    ? new EngineFault(error.state, `the Docker Engine gave no answer to ${what}: ${error.message}`)
    : error;

/** The JSON of an answer, or null where it is none. */
export const jsonOf = ({ body }: Answer): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

/** What an Engine says in an answer, its message or its text, on one line. */
export const saidIn = (answer: Answer): string => {
  const said = jsonOf(answer);
  const message = said && typeof said === 'object' && 'message' in said ? said.message : answer.body;
  return String(message).replace(/\s+/g, ' ').trim().slice(0, 600);
};

/** What an Engine says about a refused request, after its status. */
export const wordsOf = (answer: Answer): string => {
  const words = saidIn(answer);
  return `${answer.status}${words ? `: ${words}` : ''}`;
};
