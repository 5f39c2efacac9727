import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureVersion } from 'node:tls';
import type { ServerCertificate } from './certificates.ts';

/** A call as the server got it. */
export type Got = {
  readonly method: string;
  readonly path: string;
  readonly auth: string | null;
  readonly body: string;
};
export type Reply = {
  readonly status?: number;
  /** JSON, or text as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly afterMs?: number;
  /** Ends the connection in place of an answer. */
  readonly reset?: boolean;
};

export type ApiServer = {
  readonly url: string;
  readonly port: number;
  readonly calls: () => readonly Got[];
  /** TLS connections that came, and those that are open. */
  readonly connections: () => number;
  readonly open: () => number;
  /** Ends the connections that are kept, as a server does after a while. */
  readonly dropKept: () => void;
  readonly stop: () => Promise<void>;
};

type Tls = { readonly minVersion?: SecureVersion; readonly maxVersion?: SecureVersion; readonly ciphers?: string };

const TOKEN = 'eyJ0eXAi.canary-token.5ig';

/** What the nodes of a healthy single instance say; `users/login` gives a token to wa/Correct-1. */
export const healthy = ({ method, path, auth }: Got): Reply => {
  const meta = { version: 'v2.57.2', api_status: 'stable' };
  const right = `Basic ${Buffer.from('wa:Correct-1').toString('base64')}`;
  if (path === '/v1/users/login') {
    if (auth !== right) return { status: 401, body: { errors: [{ code: 1005, title: 'Access denied' }], meta } };
    return { body: { users: [{ token: TOKEN, expires_after: '2026-11-29 08:14:03+00:00' }], meta } };
  }
  if (path === '/') return { body: 'hello', headers: { 'content-type': 'text/plain' } };
  if (auth !== `Bearer ${TOKEN}` && !auth?.startsWith('Apikey ')) return { status: 401, body: { errors: [], meta } };
  if (path === '/v1/health') return { body: { health: { gateway_status: 'connected' }, meta } };
  return { body: { asked: `${method} ${path}`, meta } };
};

/** A small HTTPS server on the loopback device that answers as it is told. */
export const apiServer = async (
  { certificate, key }: ServerCertificate,
  answer: (got: Got) => Reply = healthy,
  tls: Tls = {},
): Promise<ApiServer> => {
  const calls: Got[] = [];
  const sockets = new Set<Duplex>();
  let connections = 0;
  const server = createServer({ cert: certificate, key, ...tls }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const got = {
        method,
        path: url,
        auth: request.headers.authorization ?? null,
        body: Buffer.concat(parts).toString(),
      };
      calls.push(got);
      const { status = 200, body = null, headers = {}, afterMs = 0, reset = false } = answer(got);
      if (reset) return request.socket.destroy();
      const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      setTimeout(() => {
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body === null ? '' : text);
      }, afterMs);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('secureConnection', () => {
    connections += 1;
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const dropKept = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    calls: () => calls,
    connections: () => connections,
    open: () => sockets.size,
    dropKept,
    stop: async () => {
      dropKept();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
};

/** The token that `healthy` gives. */
export const HEALTHY_TOKEN = TOKEN;
