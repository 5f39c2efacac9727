import type { ApiCall } from '../host/answers/api.ts';
import type { Evidence } from '../host/evidence.ts';
import { printableJson } from '../printable.ts';
import { TOOL } from '../tool.ts';
import { addressOf, answeredText, baseUrl, type Made, madeCalls, sentBody } from './made.ts';

// Postman Collection v2.1: https://schema.postman.com/json/collection/v2.1.0/docs/index.html

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

type Header = { readonly key: string; readonly value: string };

const inBasic = (username: string, password: string) => ({
  type: 'basic',
  basic: [
    { key: 'username', value: username, type: 'string' },
    { key: 'password', value: password, type: 'string' },
  ],
});

const authOf = (name: string, auth: ApiCall['auth']) => {
  // The published default is no secret, and it is what was tried.
  if (name === 'default-admin') return inBasic('admin', 'secret');
  if (auth === 'basic') return inBasic('{{username}}', '{{password}}');
  if (auth === 'bearer') return { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] };
  return { type: 'noauth' };
};

const urlOf = (path: string) => {
  const { pathname, search, searchParams } = addressOf(path, 'https://webapp.invalid');
  const query = [...searchParams].map(([key, value]) => ({ key, value }));
  return {
    raw: `{{base_url}}${pathname}${search}`,
    host: ['{{base_url}}'],
    path: pathname.split('/').slice(1),
    ...(query.length > 0 && { query }),
  };
};

const requestOf = (name: string, call: Pick<ApiCall, 'method' | 'path' | 'auth' | 'sent'>) => {
  const body = sentBody(call);
  const header: Header[] = [];
  if (call.auth === 'apikey') header.push({ key: 'Authorization', value: 'Apikey {{api_key}}' });
  if (body !== null) header.push({ key: 'Content-Type', value: 'application/json' });
  return {
    method: call.method,
    header,
    url: urlOf(call.path),
    auth: authOf(name, call.auth),
    ...(body !== null && { body: { mode: 'raw', raw: body, options: { raw: { language: 'json' } } } }),
  };
};

/** Keeps the token of a login for the calls after it. */
const KEEP_TOKEN = {
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: ["pm.collectionVariables.set('token', pm.response.json().users[0].token);"],
  },
};

const itemOf = ({ name, call }: Made) => {
  const request = requestOf(name, call);
  const header = Object.entries(call.headers).map(([key, value]) => ({ key, value }));
  const answered = { name: `as it was answered on ${call.startedAt}`, originalRequest: request, header };
  return {
    name,
    ...(name === 'login' && { event: [KEEP_TOKEN] }),
    request,
    response: call.status === null ? [] : [{ ...answered, code: call.status, body: answeredText(call) }],
  };
};

/** What ends each run that logged in; its answer is not kept. */
const LOGOUT = {
  name: 'logout',
  request: requestOf('logout', { method: 'POST', path: '/v1/users/logout', auth: 'bearer', sent: null }),
  response: [],
};

/**
 * The calls of the API in a run's evidence as a Postman collection v2.1, in their order. Credentials are variables, empty but for
 * the address; the login keeps its token for the calls after it.
 */
export const postman = (evidence: Evidence): string => {
  const made = madeCalls(evidence);
  const token = made.some(
    ({ name, call }) => name === 'login' && call.body !== null && [200, 201].includes(call.status ?? 0),
  );
  const collection = {
    info: { name: `API calls of ${TOOL.name} ${TOOL.version}`, schema: SCHEMA },
    item: [...made.map(itemOf), ...(token ? [LOGOUT] : [])],
    variable: [
      { key: 'base_url', value: baseUrl(evidence) },
      ...['username', 'password', 'api_key', 'token', 'recipient'].map((key) => ({ key, value: '' })),
    ],
  };
  return `${printableJson(collection, 1)}\n`;
};
