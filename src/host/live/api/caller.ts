import type { Json } from '../../../model.ts';
import type { ApiCall } from '../../answers/api.ts';
import { failureIn } from './api-failure.ts';
import { jsonOf } from './body.ts';
import { type Answered, exchange } from './exchange.ts';
import type { Keeper } from './keeper.ts';
import type { Limit } from './line.ts';
import type { Mask } from './mask.ts';
import type { Place } from './place.ts';

/** What a call is authorised by: the word before the credential, and the credential. */
export type Auth = { readonly kind: Exclude<ApiCall['auth'], 'none'>; readonly credential: string };

export type Call = {
  readonly method: ApiCall['method'];
  readonly path: string;
  readonly auth: Auth | null;
  readonly sent: Json | null;
  /** Whether it may go out twice; nothing that counts attempts, or that a person sees, may. */
  readonly again: boolean;
};

/** A call as an answer, and what must not leave: its JSON and its body as they came, null where none came. */
export type Called = { readonly answer: ApiCall; readonly json: Json; readonly body: Buffer | null };

/** Connections to one place that may be used for a call. */
export type Way = { readonly place: Place; readonly keeper: Keeper };

const MOST_WORDS = 2 << 10;

const SCHEME = { basic: 'Basic', bearer: 'Bearer', apikey: 'Apikey' } as const;

const tried = async (call: Call, { place, keeper }: Way, limit: Limit) => {
  const { method, path, auth, sent, again } = call;
  const headers = auth ? { Authorization: `${SCHEME[auth.kind]} ${auth.credential}` } : {};
  const body = sent === null ? null : JSON.stringify(sent);
  try {
    return await exchange({ method, path, headers, body, again }, place, keeper, limit);
  } catch (error) {
    return failureIn(error);
  }
};

const answered = ({ status, headers, body }: Answered, json: Json, mask: Mask) => ({
  status,
  headers: mask.headers(headers),
  body: mask.json(json) as ApiCall['body'],
  text: json === null && body.length > 0 ? mask.text(body.toString('utf8')).slice(0, MOST_WORDS) : null,
  bytes: body.length,
  failed: null,
});

/**
 * Makes one call and tells it as an answer, whatever came of it. `mask` is asked for when the answer is there: what it holds may
 * be a secret that is known by then. Rejects only when cancelled.
 */
export const called = async (call: Call, way: Way, limit: Limit, mask: (json: Json) => Mask): Promise<Called> => {
  const startedAt = new Date().toISOString();
  const since = performance.now();
  const told = await tried(call, way, limit);
  const json = 'status' in told ? jsonOf(told.body) : null;
  const hide = mask(json);
  const { method, path, auth, sent } = call;
  const facts = { method, path, auth: auth?.kind ?? ('none' as const), startedAt, ms: performance.now() - since };
  const result =
    'status' in told
      ? answered(told, json, hide)
      : {
          status: null,
          headers: {},
          body: null,
          text: null,
          bytes: 0,
          failed: { ...told, message: hide.text(told.message) },
        };
  return {
    answer: { ...facts, ...result, sent: sent === null ? null : (hide.json(sent) as ApiCall['sent']) },
    json,
    body: 'status' in told ? told.body : null,
  };
};
