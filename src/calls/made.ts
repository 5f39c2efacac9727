import { type ApiCall, apiCall } from '../host/answers/api.ts';
import type { Evidence } from '../host/evidence.ts';
import { isMap } from '../merge.ts';

/** A call as it was made: what it was made for (`health`), and the call. */
export type Made = { readonly name: string; readonly call: ApiCall };

/** In place of an API whose address is not in the evidence. */
const SOMEWHERE = 'https://webapp.invalid';

const CALL_OF = /^api "([a-z-]+)"$/;

const answerIn = (entry: Evidence[string] | undefined): unknown => (entry && 'value' in entry ? entry.value : null);

const callIn = (name: string, value: unknown): ApiCall | null => {
  const told = name === 'login' && isMap(value) ? value['call'] : value;
  return apiCall.safeParse(told).data ?? null;
};

/** The calls of the API that evidence tells of, in the order in which they were made. */
export const madeCalls = (evidence: Evidence): readonly Made[] =>
  Object.entries(evidence)
    .flatMap(([key, entry]) => {
      const name = CALL_OF.exec(key)?.[1];
      const call = name === undefined ? null : callIn(name, answerIn(entry));
      return name === undefined || !call ? [] : [{ name, call }];
    })
    .toSorted((one, other) => Date.parse(one.call.startedAt) - Date.parse(other.call.startedAt) || 0);

/** https://host:port of the API that was called. */
export const baseUrl = (evidence: Evidence): string => {
  const endpoint = answerIn(evidence['api "endpoint"']);
  const url = isMap(endpoint) ? endpoint['url'] : null;
  const read = typeof url === 'string' ? URL.parse(url) : null;
  return read?.protocol === 'https:' ? read.origin : SOMEWHERE;
};

const PATH = /^\/(?!\/)[\w./-]*(?:\?[\w.=&-]*)?$/;

/** The address of a call; what cannot be a path of ours (recordings are foreign) leads to the API itself. */
export const addressOf = (path: string, base: string): URL => new URL(PATH.test(path) ? path : '/', base);

/** What was sent, a variable in place of the recipient of a message; null for nothing. */
export const sentBody = ({ sent }: Pick<ApiCall, 'sent'>): string | null => {
  if (sent === null) return null;
  return JSON.stringify(isMap(sent) && 'to' in sent ? { ...sent, to: '{{recipient}}' } : sent, null, 1);
};

/** What stands in the Authorization header in place of the credential; null where there was none. */
export const authorization = ({ auth }: ApiCall): string | null =>
  ({
    none: null,
    basic: 'Basic {{username}}:{{password}}',
    bearer: 'Bearer {{token}}',
    apikey: 'Apikey {{api_key}}',
  })[auth];

/** What was answered, as text; empty where it was nothing. */
export const answeredText = ({ body, text }: ApiCall): string => (body === null ? (text ?? '') : JSON.stringify(body));
