import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import type { Control } from './control.ts';
import { BANNER } from './deployment.ts';

const SLOW_MS = 4000;

/** The stand-in for a business's webhook: takes whatever is sent, as long as nothing is to be wrong with it. */
export const webhookServer = async (host: string, port: number, control: Control) => {
  const https = createHttpsServer({}, (request, response) => {
    const { webhook } = control.behaviour();
    request.resume();
    const answer = () => response.writeHead(webhook === 'fails' ? 500 : 200, { Server: BANNER }).end();
    setTimeout(answer, webhook === 'slow' ? SLOW_MS : 0);
  });
  https.on('tlsClientError', (_, socket) => socket.destroy());
  const dress = (untrusted: boolean) => {
    const { ca, good, 'self-signed': selfSigned } = control.certificates();
    const { certificate, key } = untrusted ? selfSigned : { certificate: good.certificate + ca, key: good.key };
    https.setSecureContext({ cert: certificate, key });
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    const { webhook } = control.behaviour();
    if (webhook === 'silent') return;
    dress(webhook === 'untrusted');
    https.emit('connection', socket);
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, host, done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
