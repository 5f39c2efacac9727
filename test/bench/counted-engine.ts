import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An Engine's socket with a counter of the HTTP requests before it. */
export type CountedEngine = { readonly host: string; readonly count: () => number; readonly stop: () => Promise<void> };

const REQUEST = /^(GET|HEAD|POST|PUT|DELETE) \S+ HTTP\/1\.1\r$/gm;

/** Puts a counter before the socket of an Engine (unix://...). */
export const counted = async (host: string): Promise<CountedEngine> => {
  const folder = mkdtempSync(join(tmpdir(), 'counted-'));
  const socket = join(folder, 'd.sock');
  let requests = 0;
  const server = createServer((client) => {
    const engine = connect(host.replace('unix://', ''));
    client.on('data', (bytes) => {
      requests += bytes.toString('latin1').match(REQUEST)?.length ?? 0;
    });
    client.on('error', () => engine.destroy());
    engine.on('error', () => client.destroy());
    client.pipe(engine).pipe(client);
  });
  await new Promise<void>((listening) => void server.listen(socket, listening));
  return {
    host: `unix://${socket}`,
    count: () => requests,
    stop: async () => {
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
