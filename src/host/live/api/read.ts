import { fieldsOf } from '../../../facts/api/nodes.ts';
import type { Json } from '../../../model.ts';
import type { ApiCall } from '../../answers/api.ts';
import { type Auth, type Called, called, type Way } from './caller.ts';
import { type Limit, within } from './line.ts';
import { notAsked, notByKey, tokenIn } from './login.ts';
import { CALLS, READ, type ReadNode } from './nodes.ts';
import type { ApiSession } from './session.ts';
import { logIn, logOut } from './sign-in.ts';

/** The slow ones: a large database counts for long, and a message waits for the client. */
const STATS_DB = 60_000;
const MESSAGE = 18_000;

/** What a person gets who is the recipient of a test. */
const TEST_MESSAGE = 'This is a test message of wa-preflight. It may be ignored.';

const authorised = async (session: ApiSession, node: string, key: boolean, signal: AbortSignal): Promise<Auth> => {
  const { answer, auth } = await session.login(signal);
  if (auth?.kind === 'apikey' && !key) throw new Error(notByKey(node));
  if (auth) return auth;
  if (answer.state === 'token' || answer.state === 'key') throw new Error('a login without a credential');
  throw new Error(notAsked(node, answer.state));
};

const got = (node: ReadNode, auth: Auth, way: Way, limit: Limit, session: ApiSession): Promise<Called> =>
  called({ method: 'GET', path: READ[node].path, auth, sent: null, again: true }, way, limit, () => session.mask());

/** Reads a node. Rejects with a sentence where there is no login that is good for it. */
export const read = async (session: ApiSession, node: ReadNode, signal: AbortSignal): Promise<Called> => {
  const limit = within(signal, node === 'stats-db' ? STATS_DB : undefined);
  const auth = await authorised(session, node, READ[node].key, signal);
  return got(node, auth, await session.verified(signal), limit, session);
};

/** `GET /` without a credential, whatever the certificate is like. */
export const root = async (session: ApiSession, signal: AbortSignal): Promise<ApiCall> => {
  const limit = within(signal);
  const call = { ...CALLS.root, auth: null, sent: null, again: true };
  return (await called(call, await session.unverified(signal), limit, () => session.mask())).answer;
};

/** One login with the published default account. A token that it gets is given back at once. */
export const defaultAdmin = async (session: ApiSession, signal: AbortSignal): Promise<ApiCall> => {
  const limit = within(signal);
  const way = await session.verified(signal);
  const { answer, json } = await logIn('admin', 'secret', way, limit, session.mask);
  const token = tokenIn(json)?.token;
  if (token !== undefined) await logOut(token, way, within(signal, 1500), session.mask);
  return answer;
};

const digits = (number: string): string => number.replace(/\D/g, '');

/** One text message to the number of `--send-test-message`. Rejects where none was given. */
export const message = async (session: ApiSession, signal: AbortSignal): Promise<ApiCall> => {
  const limit = within(signal, MESSAGE);
  const to = digits(session.options.testMessageTo ?? '');
  if (to === '') throw new Error('no number of a recipient was given by --send-test-message');
  const auth = await authorised(session, 'messages', false, signal);
  const sent: Json = { to, type: 'text', recipient_type: 'individual', text: { body: TEST_MESSAGE } };
  const way = await session.verified(signal);
  return (await called({ ...CALLS.message, auth, sent, again: false }, way, limit, () => session.mask())).answer;
};

/** `webhooks.url` as it is set, secrets and all: for connecting to it, never for an answer. Null where none is set. */
export const webhookUrl = async (session: ApiSession, signal: AbortSignal): Promise<string | null> => {
  const { json } = await read(session, 'settings-application', signal);
  const inside = (value: Json | undefined, name: string) => fieldsOf(value)?.[name];
  const url = ['settings', 'application', 'webhooks', 'url'].reduce<Json | undefined>(inside, json);
  return typeof url === 'string' && url !== '' ? url : null;
};
