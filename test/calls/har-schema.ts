// HAR 1.2 as a JSON Schema, by http://www.softwareishard.com/blog/har-12-spec/: what it calls optional is so here.

const text = { type: 'string' };
const object = (required: readonly string[], properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required,
  properties: { ...properties, comment: text },
  // Fields of one's own begin with an underscore.
  patternProperties: { '^_': {} },
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });
const time = { type: 'string', format: 'date-time' };
const known = { type: 'number', minimum: 0 };
const size = { type: 'integer', minimum: -1 };
const took = { type: 'number', minimum: -1 };

const pair = object(['name', 'value'], { name: text, value: text });
const cookie = object(['name', 'value'], {
  ...{ name: text, value: text, path: text, domain: text, expires: time },
  ...{ httpOnly: { type: 'boolean' }, secure: { type: 'boolean' } },
});
const parameter = object(['name'], { name: text, value: text, fileName: text, contentType: text });
const postData = object(['mimeType', 'params', 'text'], { mimeType: text, params: list(parameter), text });
const request = object(
  ['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize'],
  {
    ...{ method: text, url: { type: 'string', format: 'uri' }, httpVersion: text, cookies: list(cookie) },
    ...{ headers: list(pair), queryString: list(pair), postData, headersSize: size, bodySize: size },
  },
);
const content = object(['size', 'mimeType'], {
  size,
  compression: { type: 'integer' },
  mimeType: text,
  text,
  encoding: text,
});
const response = object(
  ['status', 'statusText', 'httpVersion', 'cookies', 'headers', 'content', 'redirectURL', 'headersSize', 'bodySize'],
  {
    ...{ status: { type: 'integer', minimum: 0 }, statusText: text, httpVersion: text, cookies: list(cookie) },
    ...{ headers: list(pair), content, redirectURL: text, headersSize: size, bodySize: size },
  },
);
const timings = object(['send', 'wait', 'receive'], {
  ...{ blocked: took, dns: took, connect: took, send: known, wait: known, receive: known, ssl: took },
});
const entry = object(['startedDateTime', 'time', 'request', 'response', 'cache', 'timings'], {
  ...{ pageref: text, startedDateTime: time, time: known, request, response },
  ...{ cache: object([], { beforeRequest: {}, afterRequest: {} }), timings, serverIPAddress: text, connection: text },
});
const creator = object(['name', 'version'], { name: text, version: text });

export const HAR_SCHEMA = object(['log'], {
  log: object(['version', 'creator', 'entries'], {
    ...{ version: { const: '1.2' }, creator, browser: creator, pages: { type: 'array' }, entries: list(entry) },
  }),
});
