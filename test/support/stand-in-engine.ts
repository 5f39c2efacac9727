import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createNetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What listens on a UNIX socket in a folder of its own, and its end. */
export type StandIn = { readonly path: string; readonly host: string; readonly stop: () => Promise<void> };

type Listening = { listen(path: string, then: () => void): unknown; close(then: () => void): unknown };

const listening = async (server: Listening, sockets: Set<Socket>): Promise<StandIn> => {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  const path = join(folder, 'd.sock');
  await new Promise<void>((done) => server.listen(path, done));
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((done) => server.close(done));
    rmSync(folder, { recursive: true, force: true });
  };
  return { path, host: `unix://${path}`, stop };
};

/** A stand-in for an Engine: no Engine at all, an HTTP server that answers as it is told. */
export const standInEngine = (listener: RequestListener): Promise<StandIn> => {
  const sockets = new Set<Socket>();
  const server = createServer(listener);
  server.on('connection', (socket) => sockets.add(socket));
  return listening(server, sockets);
};

/** Something on a socket that is not HTTP. */
export const standInSocket = (connected: (socket: Socket) => void): Promise<StandIn> => {
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    connected(socket);
  });
  return listening(server, sockets);
};

/** Answers with JSON. */
export const answer = (
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};
