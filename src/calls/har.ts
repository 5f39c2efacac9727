import type { ApiCall } from '../host/answers/api.ts';
import type { Evidence } from '../host/evidence.ts';
import { printableJson } from '../printable.ts';
import { TOOL } from '../tool.ts';
import { addressOf, answeredText, authorization, baseUrl, type Made, madeCalls, sentBody } from './made.ts';

// HAR 1.2, as http://www.softwareishard.com/blog/har-12-spec/ has it; -1 says there that a size is not known.

type Pair = { readonly name: string; readonly value: string };

const NOT_KNOWN = -1;
const JSON_TYPE = 'application/json';

const pairs = (headers: Readonly<Record<string, string>>): readonly Pair[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const requestOf = (call: ApiCall, base: string) => {
  const url = addressOf(call.path, base);
  const credential = authorization(call);
  const body = sentBody(call);
  return {
    method: call.method,
    url: url.href,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs({
      Host: url.host,
      Accept: 'application/json, */*',
      ...(credential !== null && { Authorization: credential }),
      ...(body !== null && { 'Content-Type': JSON_TYPE }),
    }),
    queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
    ...(body !== null && { postData: { mimeType: JSON_TYPE, params: [], text: body } }),
    headersSize: NOT_KNOWN,
    bodySize: body === null ? 0 : NOT_KNOWN,
  };
};

const responseOf = ({ status, headers, bytes }: ApiCall, text: string) => ({
  // No answer is written as 0.
  status: status ?? 0,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: pairs(headers),
  content: { size: bytes, mimeType: headers['content-type'] ?? 'x-unknown', text },
  redirectURL: headers['location'] ?? '',
  headersSize: NOT_KNOWN,
  bodySize: NOT_KNOWN,
});

const startOf = ({ startedAt }: ApiCall): string => {
  const at = new Date(startedAt);
  return (Number.isNaN(at.getTime()) ? new Date(0) : at).toISOString();
};

const entryOf = ({ name, call }: Made, base: string) => ({
  startedDateTime: startOf(call),
  time: call.ms,
  request: requestOf(call, base),
  response: responseOf(call, answeredText(call)),
  cache: {},
  timings: { send: 0, wait: call.ms, receive: 0 },
  comment: call.failed === null ? name : `${name}: no answer: ${call.failed.message}`,
});

/** The calls of the API in a run's evidence as HAR 1.2, in their order; variables such as {{token}} stand for credentials. */
export const har = (evidence: Evidence): string => {
  const base = baseUrl(evidence);
  const entries = madeCalls(evidence).map((made) => entryOf(made, base));
  const creator = { name: TOOL.name, version: TOOL.version };
  return `${printableJson({ log: { version: '1.2', creator, entries } }, 1)}\n`;
};
