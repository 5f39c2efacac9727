import type { Json } from '../../../model.ts';
import { type NetworkAnswers, SIDES, type Side } from '../../answers/network.ts';
import type { Look, Reached, Timed } from '../../child/network/order.ts';
import type { Asking } from '../../host.ts';
import type { ApiAccess } from '../api/access.ts';
import type { DockerAccess } from '../docker/access.ts';
import { type NetworkAccess, NOT_REACHED, NOT_TIMED } from './access.ts';

type Access = {
  readonly docker: DockerAccess;
  readonly api: ApiAccess;
  readonly network: NetworkAccess;
  /** Whether `--test-webhook` was given. */
  readonly testWebhook: boolean;
};
type Topic = (args: readonly string[], asking: Asking, access: Access) => Promise<Json>;

/** A port and how it is tried: connected to, with a handshake, with the handshake of a webhook. */
const PORT = /^\d{1,5}\/(tcp|tls|webhook)$/;

const sideOf = (side: string | undefined): Side => {
  const known = SIDES.find((one) => one === side);
  if (!known) throw new Error(`"${side}" is no side that a connection can be tried from`);
  return known;
};

const authorityOf = async (ports: readonly string[], api: ApiAccess, signal: AbortSignal) => {
  if (!ports.some((port) => port.endsWith('/webhook'))) return null;
  const { webhooksCa } = await import('./webhook.ts');
  return { by: 'webhooks CA', certificates: await webhooksCa(api, signal) };
};

const reach = async (
  [side, host = '', ...ports]: readonly string[],
  { signal }: Asking,
  { api, network }: Access,
): Promise<NetworkAnswers['reach']> => {
  const wrong = ports.find((port) => !PORT.test(port));
  if (wrong !== undefined || ports.length === 0) throw new Error(`"${wrong ?? ''}" is no port such as "443/tls"`);
  const look: Look = { what: 'reach', host, ports, authority: await authorityOf(ports, api, signal) };
  const { skipped, container, seen } = await network.look(sideOf(side), look, signal);
  return { skipped, container, ...(seen ? (seen as Reached) : NOT_REACHED) };
};

const dns = async (
  [side, host = '']: readonly string[],
  { signal }: Asking,
  { network }: Access,
): Promise<NetworkAnswers['dns']> => {
  const { skipped, container, seen } = await network.look(sideOf(side), { what: 'dns', host }, signal);
  return { skipped, container, ...(seen ? (seen as Timed) : NOT_TIMED) };
};

const TOPICS: Readonly<Record<string, Topic>> = {
  reach,
  dns,
  proxies: async (_, { signal }, { docker }) => (await import('./proxies.ts')).proxies(docker, signal),
  hold: async (args, asking) => (await import('./hold.ts')).hold(args, asking),
  'webhook-post': async (_, asking, access) => (await import('./webhook.ts')).webhookPost(asking, access),
};

/** Answers one question about the network. */
export const askNetwork = async (
  topic: string,
  args: readonly string[],
  asking: Asking,
  access: Access,
): Promise<Json> => {
  const answer = TOPICS[topic];
  if (!answer) throw new Error(`network "${topic}" is not a question that this host knows`);
  return answer(args, asking, access);
};
