import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Behaviour } from './behaviour.ts';
import type { Control } from './control.ts';
import { BANNER } from './deployment.ts';

// What stands before the Webapp: the port on which it is spoken to in TLS, and in the clear where a fault wants that.

/** Old versions and weak ciphers are refused by OpenSSL itself unless its level of security is lowered. */
const TLS: Readonly<Record<Behaviour['tls'], SecureContextOptions>> = {
  modern: {
    ...{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
    ciphers:
      'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256',
  },
  'old-too': { minVersion: 'TLSv1', maxVersion: 'TLSv1.3', ciphers: 'DEFAULT@SECLEVEL=0' },
  'old-only': { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
  'weak-ciphers': {
    ...{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
    ciphers: 'ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-GCM-SHA256@SECLEVEL=0',
  },
};
const TLS_HANDSHAKE = 0x16;

export const SECURITY_HEADERS = {
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
};

const plainly =
  (control: Control): RequestListener =>
  (request, response) => {
    const host = request.headers.host ?? 'localhost';
    const redirects = control.behaviour().plainHttp === 'redirects';
    response.writeHead(redirects ? 301 : 200, {
      ...{ Server: BANNER, Connection: 'close', 'Content-Type': 'text/html' },
      ...(redirects && { Location: `https://${host}${request.url}` }),
    });
    response.end('<title>Stand-in, in the clear</title>\n');
  };

/** Listens, and answers with the certificate and versions that are wanted at that moment. `port` 0 takes any. */
export const front = async (
  { host, port }: { readonly host: string; readonly port: number },
  control: Control,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) => {
  const http = createHttpServer(plainly(control));
  const https = createHttpsServer({}, answer);
  https.on('tlsClientError', (_, socket) => socket.destroy());
  let shown = '';
  const dress = ({ certificate, tls }: Behaviour) => {
    const { [certificate]: own, ca } = control.certificates();
    const wanted = `${tls} ${own.certificate}`;
    if (wanted === shown) return;
    shown = wanted;
    const chain = certificate === 'self-signed' ? own.certificate : `${own.certificate}${ca}`;
    https.setSecureContext({ ...TLS[tls], cert: chain, key: own.key });
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    socket.once('readable', () => {
      const first: Buffer | null = socket.read(1);
      if (first === null) return socket.end();
      socket.unshift(first);
      const behaviour = control.behaviour();
      if (behaviour.answers === 'never-tls') return;
      if (first[0] !== TLS_HANDSHAKE && behaviour.plainHttp === 'closed') return socket.destroy();
      if (first[0] !== TLS_HANDSHAKE) return http.emit('connection', socket);
      dress(behaviour);
      return https.emit('connection', socket);
    });
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, host, done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      https.close();
      http.close();
      await closed;
    },
  };
};
