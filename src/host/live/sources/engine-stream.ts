import type { IncomingMessage } from 'node:http';
import { SourceError } from '../../source.ts';
import type { Way } from '../docker/endpoint.ts';
import { EngineFault, faultOf } from '../docker/engine-fault.ts';
import { type Answer, request, send, wholeBody, wordsOf } from '../docker/request.ts';
import type { Patience } from './patience.ts';

/** The first word of an answer, and all waiting within its body together, ms. What its reader takes its time for is no waiting. */
const FIRST = 5000;
const WAITING = 12_000;
const REFUSAL_MOST = 64 * 1024;

/** An Engine, and the patience there is with it. */
export type EngineWay = { readonly way: Way; readonly patience: Patience };

const silent = (path: string, ms: number) =>
  new EngineFault(
    'silent',
    `the Docker Engine gave no answer to ${path.split('?')[0]} within ${Math.round(ms / 100) / 10} s`,
  );

/** Rejects after a time or when cancelled, whatever the work does then. */
const within = <T>(work: Promise<T>, ms: number, late: () => Error, signal: AbortSignal): Promise<T> => {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), ms);
  const cancel = () => reject(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  work.catch(() => {});
  return Promise.race([work, ended]).finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  });
};

const refused = async (response: IncomingMessage): Promise<Answer> => {
  const whole = wholeBody(response, REFUSAL_MOST);
  for await (const chunk of response) whole.add(chunk as Buffer);
  return whole.end();
};

/** What an Engine says where it gives nothing, as a row has it. */
const refusalOf = (answer: Answer): SourceError => {
  if (/logging driver does not support reading/.test(answer.body))
    return new SourceError('absent', 'its logging driver keeps nothing that could be read');
  const state = answer.status === 404 ? 'absent' : answer.status === 403 ? 'denied' : 'failed';
  return new SourceError(state, `the Docker Engine answered ${wordsOf(answer)}`);
};

/**
 * The body of an answer to a GET, in pieces, read no faster than they are taken. Rejects with a SourceError where the Engine
 * refuses, with an EngineFault where it does not answer; the pieces end with one where it falls silent in the middle.
 */
export const engineStream = async (
  { way, patience }: EngineWay,
  path: string,
  signal: AbortSignal,
  waitingMs = WAITING,
): Promise<AsyncGenerator<Buffer, void, undefined>> => {
  const sent = send({ path }, way);
  const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  sent.on('response', resolve).on('error', (error) => reject(faultOf(error)));
  // Nobody waits for it where the patience is used up.
  answered.catch(() => {});
  let response: IncomingMessage;
  try {
    response = await patience.wait(FIRST, (ms) => within(answered, ms, () => silent(path, ms), signal));
    if (response.statusCode !== 200) {
      const asked = response;
      throw refusalOf(await patience.wait(FIRST, (ms) => within(refused(asked), ms, () => silent(path, ms), signal)));
    }
  } catch (error) {
    sent.on('error', () => {}).destroy();
    throw error;
  }
  const stop = () => void sent.destroy();
  signal.addEventListener('abort', stop, { once: true });
  return (async function* () {
    const pieces = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let left = waitingMs;
    try {
      for (;;) {
        const from = performance.now();
        const late = () => silent(path, waitingMs);
        const next = await patience.wait(left, (ms) => within(pieces.next(), ms, late, signal));
        left -= performance.now() - from;
        if (next.done) return;
        yield next.value;
        if (left <= 0) throw late();
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof SourceError ? error : faultOf(error as NodeJS.ErrnoException);
    } finally {
      signal.removeEventListener('abort', stop);
      sent.on('error', () => {}).destroy();
    }
  })();
};

/** The whole of an answer to a GET as text, at most 4 MiB of it. */
export const engineText = async ({ way, patience }: EngineWay, path: string, signal: AbortSignal): Promise<string> => {
  const answer = await patience.wait(FIRST, (ms) => request(way, { path }, signal, ms));
  if (answer.status !== 200) throw refusalOf(answer);
  return answer.body;
};

/** The same as JSON; rejects where it is none. */
export const engineJson = async (engine: EngineWay, path: string, signal: AbortSignal): Promise<unknown> => {
  const text = await engineText(engine, path, signal);
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceError('failed', `the Docker Engine answered ${path.split('?')[0]} with something that is no JSON`);
  }
};
