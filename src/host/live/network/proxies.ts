import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { NetworkAnswers } from '../../answers/network.ts';
import type { DockerAccess } from '../docker/access.ts';
import { ask } from '../docker/ask.ts';
import { lenient } from '../docker/lenient.ts';
import { readHomeFile } from '../home-files.ts';

type Settings = NetworkAnswers['proxies']['settings'];
type Values = Readonly<Record<string, string | null | undefined>>;

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];
const MOST = 200;
const MOST_PLACES = 64;

/** A proxy without what stands before its last "@" or after its port: credentials, whatever they are like. */
export const withoutCredentials = (proxy: string): string => {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(proxy)?.[0] ?? '';
  const rest = proxy.slice(Math.max(proxy.lastIndexOf('@') + 1, scheme.length));
  return `${scheme}${rest.replace(/[/?#].*$/s, '')}`.slice(0, MOST);
};

/** Names that go past a proxy, the same for each. */
const listWithoutCredentials = (names: string): string =>
  names
    .split(',')
    .map((name) => withoutCredentials(name.trim()))
    .join(',')
    .slice(0, MOST);

const told = (where: string, values: Values): Settings =>
  Object.entries(values).flatMap(([name, value]) => {
    if (!value) return [];
    const harmless = /^no_proxy$/i.test(name) ? listWithoutCredentials : withoutCredentials;
    return [{ where, name, value: harmless(value) }];
  });

/** Variables of an environment in both cases; the same value in both is told once. */
const inEnvironment = (where: string, environment: Values): Settings =>
  NAMES.flatMap((name) => {
    const [upper, lower] = [environment[name], environment[name.toLowerCase()]];
    return told(where, { [name]: upper, ...(lower !== upper && { [name.toLowerCase()]: lower }) });
  });

const engineBody = z.object({
  HttpProxy: lenient(z.string()),
  HttpsProxy: lenient(z.string()),
  NoProxy: lenient(z.string()),
});

const ofEngine = async (docker: DockerAccess, signal: AbortSignal): Promise<Settings> => {
  const { way } = await docker.reachable(signal);
  const { HttpProxy, HttpsProxy, NoProxy } = await ask(way, '/info', engineBody, signal);
  return told('the Docker Engine', { HTTP_PROXY: HttpProxy, HTTPS_PROXY: HttpsProxy, NO_PROXY: NoProxy });
};

const text = lenient(z.string());
const configBody = z.object({
  proxies: z.record(z.string(), z.object({ httpProxy: text, httpsProxy: text, allProxy: text, noProxy: text })),
});

/** What Docker's client gives to every container that it makes. */
const ofDockerClient = async (): Promise<Settings> => {
  const file = join(process.env['DOCKER_CONFIG'] || join(process.env['HOME'] || homedir(), '.docker'), 'config.json');
  const body = configBody.safeParse(JSON.parse((await readHomeFile(file)) ?? '{}'));
  return Object.entries(body.data?.proxies ?? {}).flatMap(([engine, { httpProxy, httpsProxy, allProxy, noProxy }]) =>
    told(`Docker's client configuration (${engine.slice(0, MOST)})`, {
      HTTP_PROXY: httpProxy,
      HTTPS_PROXY: httpsProxy,
      ALL_PROXY: allProxy,
      NO_PROXY: noProxy,
    }),
  );
};

const ofContainers = async (docker: DockerAccess, signal: AbortSignal): Promise<Settings> =>
  (await docker.clients(signal))
    .slice(0, MOST_PLACES)
    .flatMap(({ name, env }) => inEnvironment(`container ${name}`, env));

/**
 * Proxies that are set for us, for the Engine and its client, and for the client's containers. A place that cannot be looked at
 * has none: that an Engine gives no answer is told elsewhere. Rejects only when cancelled.
 */
export const proxies = async (docker: DockerAccess, signal: AbortSignal): Promise<NetworkAnswers['proxies']> => {
  const places = [ofEngine(docker, signal), ofDockerClient(), ofContainers(docker, signal)];
  const found = await Promise.allSettled(places);
  signal.throwIfAborted();
  const others = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  return { settings: [...inEnvironment('this process', process.env), ...others] };
};
