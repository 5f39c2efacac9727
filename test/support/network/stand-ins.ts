// Servers that behave as they are told, on loopback or in a network of their own; ends with its standard input.
// Its argument: JSON of [{ address, port, kind, certificate, key }].
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export type StandIn = {
  readonly address: string;
  readonly port: number;
  /** silent: takes connections and says nothing. garbage: no TLS. http: plain HTTP. hangs-up: ends a connection at its first word. */
  readonly kind: 'tls' | 'tls-1.1' | 'silent' | 'garbage' | 'http' | 'hangs-up' | 'endless';
  readonly certificate?: string;
  readonly key?: string;
};

const REPLIES: Record<string, (socket: Socket) => void> = {
  silent: () => {},
  garbage: (socket) => void socket.write('\x00\xff no TLS at all \x1b]0;x\x07'.repeat(20)),
  http: (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
  'hangs-up': (socket) => void socket.once('data', () => socket.destroy()),
  endless: (socket) => {
    const block = Buffer.alloc(65_536, 0x16);
    const more = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', more);
    more();
  },
};

/** Starts one; resolves with it when it listens. */
export const standIn = ({ address, port, kind, certificate, key }: StandIn): Promise<Server> => {
  const quiet = (socket: Socket) => {
    socket.on('error', () => {}).resume();
    REPLIES[kind]?.(socket);
  };
  const oldest =
    kind === 'tls-1.1' ? ({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const) : {};
  const server = kind.startsWith('tls')
    ? createTlsServer({ cert: certificate, key, ...oldest }, quiet).on('tlsClientError', () => {})
    : createServer(quiet);
  return new Promise((ready, failed) => {
    server.once('error', failed).listen(port, address, () => ready(server));
  });
};

if (import.meta.main) {
  for (const one of JSON.parse(process.argv[2] ?? '[]') as StandIn[]) await standIn(one);
  console.log('ready');
  process.stdin.resume().on('end', () => process.exit(0));
}
