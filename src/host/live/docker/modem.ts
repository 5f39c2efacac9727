import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { Way } from './endpoint.ts';
import { type Answer, type Asked, jsonOf, request, saidIn, unanswered, wordsOf } from './request.ts';

/** What dockerode hands to its modem for one call, as far as calls without an attached stream go. */
export type Call = {
  /** Ends in a question mark where the options belong into the query. */
  readonly path: string;
  readonly method: NonNullable<Asked['method']>;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly file?: Buffer | NodeJS.ReadableStream | string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  readonly isStream?: boolean | undefined;
  readonly hijack?: boolean | undefined;
  readonly openStdin?: boolean | undefined;
  /** Statuses that are results, and words for those that are refusals. */
  readonly statusCodes: Readonly<Record<number, true | string>>;
};

/** How long each call may take, ms, what cancels those that bring no signal of their own, and who else hears the answers. */
export type Terms = {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly heard?: (answer: Answer) => void;
};

/** An Engine that answered and would not: the fields of docker-modem's error, and its words on one line. */
export class EngineRefusal extends Error {
  readonly statusCode: number;
  readonly reason: string | undefined;
  readonly json: unknown;
  readonly words: string;
  constructor(answer: Answer, reason: string | undefined) {
    super(`(HTTP code ${answer.status}) ${reason ?? 'unexpected'} - ${saidIn(answer)}`);
    this.statusCode = answer.status;
    this.reason = reason;
    this.json = jsonOf(answer);
    this.words = wordsOf(answer);
  }
}

/** A call's result, or the Engine's refusal as a value; any other failure stays one. */
export const answered = <T>(call: Promise<T>): Promise<T | EngineRefusal> =>
  call.catch((error: unknown) => {
    if (error instanceof EngineRefusal) return error;
    throw error;
  });

// Booleans as Docker's own client writes them: Engines of every age take 1 and 0.
const written = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const queryOf = (options: object): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(options))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null) query.append(key, written(each));
  return query.size ? `?${query}` : '';
};

const askedIn = async ({ path, method, options = {}, file }: Call): Promise<Asked> => {
  const { abortSignal: _, authconfig: __, _query, _body, ...plain } = options;
  const full = path.endsWith('?') ? path.slice(0, -1) + queryOf(_query instanceof Object ? _query : plain) : path;
  if (file && typeof file !== 'string')
    return { method, path: full, body: Buffer.isBuffer(file) ? file : await buffer(file), type: 'application/x-tar' };
  const body = _body instanceof Object ? _body : plain;
  return { method, path: full, ...(method === 'POST' && Object.keys(body).length > 0 && { body }) };
};

const resultOf = (answer: Answer, { statusCodes, isStream }: Call): unknown => {
  const known = statusCodes[answer.status];
  if (known !== true) throw new EngineRefusal(answer, known);
  // Never null, which dockerode would read a field of.
  const raw = Buffer.from(answer.body);
  return isStream ? Readable.from([raw]) : jsonOf(answer) || raw;
};

type Modem = { readonly dial: (call: Call, done: (error: unknown, result: unknown) => void) => void };

/**
 * What dockerode speaks to an Engine through, in place of docker-modem: one bounded request for each call, which follows
 * no redirect and ends by its deadline. A stream is an answer that was read whole; nothing can be attached to.
 */
export const modemOf = (way: Way, { signal, deadlineMs, heard }: Terms): Modem => ({
  dial: (call, done) => {
    const ask = async () => {
      if (call.hijack || call.openStdin || typeof call.file === 'string')
        throw new Error(`${call.path} would need a stream or a file, which are not given away`);
      const answer = await request(way, await askedIn(call), call.abortSignal ?? signal, deadlineMs);
      heard?.(answer);
      return resultOf(answer, call);
    };
    // What dockerode throws at a result is told as the call's failure too.
    ask()
      .then((result) => done(null, result))
      .catch((error: unknown) => done(unanswered(`${call.method} ${call.path.split('?')[0]}`, error), null));
  },
});

/** dockerode, which knows the Engine's API, over our own requests. Read when first asked for: --quick goes without it. */
export const engineApi = async (way: Way, terms: Terms): Promise<Docker> => {
  const { default: Dockerode } = await import('dockerode');
  const options: Docker.DockerOptions & { readonly modem: Modem } = { modem: modemOf(way, terms) };
  return new Dockerode(options);
};
