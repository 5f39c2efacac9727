import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { DockerAnswers } from '../../answers/docker.ts';
import { readHomeFile } from '../home-files.ts';

/** TLS material of an endpoint; what is null was not given. */
type Tls = { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } & {
  readonly verify: boolean;
};

/** How an Engine is connected to. */
export type Way =
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly base: string;
      readonly tls: Tls | null;
    }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly port: string;
      readonly user: string;
      readonly socket: string;
    };

/** An Engine's address. `name` is for people and never holds credentials; `way` is null where `unusable` says why. */
export type Endpoint = Pick<DockerAnswers['engine'], 'from' | 'local'> & { readonly name: string } & (
    | { readonly way: Way }
    | { readonly way: null; readonly unusable: string }
  );

type Environment = Readonly<Record<string, string | undefined>>;
type From = Endpoint['from'];

const DEFAULT_SOCKET = '/var/run/docker.sock';
const DEFAULT_PIPE = '//./pipe/docker_engine';

const unusable = (name: string, from: From, why: string): Endpoint => ({
  name,
  from,
  local: false,
  way: null,
  unusable: why,
});

const socket = (path: string, from: From): Endpoint => ({
  name: `${path.startsWith('//./') ? 'npipe' : 'unix'}://${path}`,
  from,
  local: true,
  way: { kind: 'socket', path },
});

const network = (host: string, from: From, tls: Tls | null): Endpoint => {
  const url = URL.parse(/^[a-z]+:\/\//.test(host) ? host : `tcp://${host}`);
  if (!url) return unusable('an address that cannot be read', from, 'the address is not one such as tcp://host:2376');
  const scheme = url.protocol.slice(0, -1);
  const name = `${scheme}://${url.host}`;
  if (scheme === 'ssh') {
    if (!url.hostname || url.hostname.startsWith('-')) return unusable(name, from, 'the ssh address names no host');
    const user = decodeURIComponent(url.username);
    const there = url.pathname.length > 1 ? url.pathname : '';
    return { name, from, local: false, way: { kind: 'ssh', host: url.hostname, port: url.port, user, socket: there } };
  }
  if (scheme !== 'tcp') return unusable(name, from, `${scheme}:// is not a kind of address that Docker's client knows`);
  const port = Number(url.port) || (tls ? 2376 : 2375);
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost';
  const base = url.pathname.replace(/\/+$/, '');
  return {
    name: `tcp://${url.hostname || 'localhost'}:${port}`,
    from,
    local: false,
    way: { kind: 'tcp', host: bare, port, base, tls },
  };
};

const parsed = (host: string, from: From, tls: Tls | null): Endpoint => {
  if (host.startsWith('unix://')) return socket(host.slice('unix://'.length) || DEFAULT_SOCKET, from);
  if (!host.startsWith('npipe://')) return network(host, from, tls);
  if (process.platform === 'win32') return socket(host.slice('npipe://'.length) || DEFAULT_PIPE, from);
  return unusable(host, from, 'named pipes exist on Windows only');
};

const pem = async (folder: string, file: string): Promise<string | null> => readHomeFile(join(folder, file));

const tlsIn = async (folder: string, verify: boolean): Promise<Tls> => {
  const [ca, cert, key] = await Promise.all([pem(folder, 'ca.pem'), pem(folder, 'cert.pem'), pem(folder, 'key.pem')]);
  return { ca, cert, key, verify };
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const configFile = z.object({ currentContext: z.catch(z.optional(z.string()), undefined) });
const metaFile = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string(), SkipTLSVerify: z.optional(z.boolean()) }) }),
});

/** A context of Docker's own store: contexts/meta/<sha256 of its name>/meta.json, TLS material beside it. */
const inContext = async (config: string, context: string): Promise<Endpoint> => {
  // Loaded where it is wanted: cryptography costs as much time as starting Node.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const id = createHash('sha256').update(context).digest('hex');
  const text = await readHomeFile(join(config, 'contexts', 'meta', id, 'meta.json'));
  if (text === null) return unusable(`context ${context}`, 'context', `there is no Docker context "${context}"`);
  const meta = metaFile.safeParse(json(text));
  if (!meta.success)
    return unusable(`context ${context}`, 'context', `the Docker context "${context}" names no Engine`);
  const { Host, SkipTLSVerify } = meta.data.Endpoints.docker;
  const tls = await tlsIn(join(config, 'contexts', 'tls', id, 'docker'), !SkipTLSVerify);
  return parsed(Host, 'context', tls.ca || tls.cert || tls.key || SkipTLSVerify ? tls : null);
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );

/**
 * The Engine that Docker's own client would ask: DOCKER_HOST, else the context of DOCKER_CONTEXT or config.json, else the
 * default socket. Beyond that client: the rootless socket where the default one is absent, said by `from`.
 * https://github.com/docker/cli/blob/master/cli/command/cli.go (resolveContextName)
 */
export const endpointOf = async (environment: Environment = process.env): Promise<Endpoint> => {
  const config = environment['DOCKER_CONFIG'] || join(environment['HOME'] || homedir(), '.docker');
  const host = environment['DOCKER_HOST']?.trim();
  if (host) {
    const verify = Boolean(environment['DOCKER_TLS_VERIFY']);
    const tls =
      verify || environment['DOCKER_TLS'] ? await tlsIn(environment['DOCKER_CERT_PATH'] || config, verify) : null;
    return parsed(host, 'DOCKER_HOST', tls);
  }
  // Docker's client goes on with its defaults where config.json cannot be read; so do we.
  const text = environment['DOCKER_CONTEXT'] ? null : await readHomeFile(join(config, 'config.json')).catch(() => null);
  const current = text === null ? undefined : configFile.safeParse(json(text)).data?.currentContext;
  const context = environment['DOCKER_CONTEXT'] || current;
  if (context && context !== 'default') return inContext(config, context);
  if (process.platform === 'win32') return socket(DEFAULT_PIPE, 'default');
  const runtime = environment['XDG_RUNTIME_DIR'];
  const rootless = runtime ? join(runtime, 'docker.sock') : null;
  if (rootless && !(await exists(DEFAULT_SOCKET)) && (await exists(rootless))) return socket(rootless, 'rootless');
  return socket(DEFAULT_SOCKET, 'default');
};
