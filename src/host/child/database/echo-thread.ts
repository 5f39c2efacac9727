import { createServer } from 'node:net';
import { parentPort } from 'node:worker_threads';

/** The far end of the echo, in a thread of its own: says back what it hears, and tells the port where it listens. */
export const echoThread = (): void => {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {}).pipe(socket);
  });
  server.listen(0, '127.0.0.1', () => {
    parentPort?.postMessage((server.address() as { readonly port: number }).port);
  });
};
