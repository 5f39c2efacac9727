import type { Json } from '../../../model.ts';
import { type ApiAnswers, NODES } from '../../answers/api.ts';
import type { Asking } from '../../host.ts';
import type { ApiAccess } from './access.ts';
import { endpoint } from './endpoint.ts';
import { plainHttp } from './plain-http.ts';
import { defaultAdmin, message, read, root } from './read.ts';
import type { ApiSession } from './session.ts';
import { tlsVersions } from './tls-versions.ts';

type Topic = (session: ApiSession, signal: AbortSignal) => Promise<Json>;

const node =
  (name: Parameters<typeof read>[1]): Topic =>
  async (session, signal) =>
    (await read(session, name, signal)).answer;

/** Every question about the API. What it does is told by `nodes.ts`: there is no way to any other call. */
const TOPICS: Readonly<Record<keyof ApiAnswers, Topic>> = {
  endpoint,
  'tls-versions': tlsVersions,
  'plain-http': plainHttp,
  root,
  login: async (session, signal) => (await session.login(signal)).answer,
  ...(Object.fromEntries(NODES.map((name) => [name, node(name)])) as Record<(typeof NODES)[number], Topic>),
  'webhooks-ca': async (session, signal) => (await session.webhooksCaCall(signal)).answer,
  'webhooks-ca-chain': async (session, signal) => {
    const { webhooksCaChain } = await import('./webhooks-ca.ts');
    return webhooksCaChain(await session.webhooksCaCall(signal));
  },
  'stats-db': node('stats-db'),
  'default-admin': defaultAdmin,
  message,
};

/** Answers one question about the API. */
export const askApi = async (topic: string, { signal }: Asking, api: ApiAccess): Promise<Json> => {
  const ask = Object.hasOwn(TOPICS, topic) ? TOPICS[topic as keyof ApiAnswers] : undefined;
  if (!ask) throw new Error(`api "${topic}" is not a question that this host knows`);
  return ask(await api.session(), signal);
};
