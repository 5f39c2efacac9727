import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { ServerCertificate } from './certificates.ts';

// Bad behaviours of a server, one a path: what a client of ours must come away from in time, with little memory.

type Behaviour = (socket: Socket, port: number) => void;

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const MIB = 1 << 20;

const whole =
  (body: string | Buffer, extra = ''): Behaviour =>
  (socket) => {
    const bytes = Buffer.from(body);
    socket.write(`${HEAD}Content-Length: ${bytes.length}\r\n${extra}\r\n`);
    socket.write(bytes);
  };
const raw =
  (text: string): Behaviour =>
  (socket) =>
    void socket.write(text);
const redirect =
  (to: (port: number) => string): Behaviour =>
  (socket, port) =>
    void socket.write(`HTTP/1.1 302 Found\r\nLocation: ${to(port)}\r\nContent-Length: 0\r\n\r\n`);
const every =
  (ms: number, begin: string, part: string): Behaviour =>
  (socket) => {
    socket.write(begin);
    const timer = setInterval(() => socket.write(part), ms);
    socket.on('close', () => clearInterval(timer));
  };
/** Writes on for as long as anybody reads. */
const endless =
  (begin: string, part: Buffer): Behaviour =>
  (socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(part));
    };
    socket.on('drain', more);
    socket.write(begin);
    more();
  };
const chunk = (text: string): Buffer => Buffer.from(`${text.length.toString(16)}\r\n${text}\r\n`);
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;

const ANSI = {
  health: { '\u001b]52;c;aGFja2Vk\u0007': { gateway_status: '\u001b[2J\u001b[31mconnected\u009b0m\u202e' } },
};
const MARKUP = {
  errors: [{ code: '<script>alert(1)</script>', details: ']]><!--\u0001\ufffe|`[x](javascript:alert(1))' }],
};

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  silent: () => {},
  slowloris: every(100, 'HTTP/1.1 200 OK\r\n', 'X-A: b\r\n'),
  drip: every(100, `${HEAD}Content-Length: 1000000\r\n\r\n`, 'x'),
  endless: endless(CHUNKED, chunk('x'.repeat(65_535))),
  'endless-json': endless(`${CHUNKED}1\r\n[\r\n`, chunk('1,'.repeat(32_767))),
  'huge-json': endless(`${HEAD}Content-Length: ${64 * MIB}\r\n\r\n{"a":"`, Buffer.alloc(65_536, 'x')),
  'gzip-bomb': (socket, port) =>
    whole(gzipSync(`[${'0,'.repeat(32 * MIB)}0]`), 'Content-Encoding: gzip\r\n')(socket, port),
  'redirect-file': redirect(() => 'file:///etc/passwd'),
  'redirect-loop': redirect(() => '/redirect-loop'),
  'redirect-metadata': redirect(() => 'http://127.0.0.9:1/latest/meta-data/'),
  'redirect-cross': redirect((port) => `http://user:canary-pass@localhost:${port}/ok?key=canary-key`),
  reset: (socket) => (socket as unknown as { _parent?: Socket })._parent?.resetAndDestroy() ?? socket.destroy(),
  'half-close': (socket) => void socket.end(`${HEAD}Content-Length: 100\r\n\r\n{"a":`),
  'bad-length': raw(`${HEAD}Content-Length: -5\r\n\r\n{}`),
  'bad-chunk': raw(`${CHUNKED}ZZ\r\n{}\r\n`),
  'header-flood': endless(HEAD, Buffer.from(`X-Flood: ${'y'.repeat(1000)}\r\n`)),
  'status-999': raw('HTTP/1.1 999 \u001b[31mBad\r\nContent-Length: 0\r\n\r\n'),
  ansi: whole(JSON.stringify(ANSI)),
  xss: whole(JSON.stringify(MARKUP)),
  'not-json': whole('<html>502 Bad Gateway</html>'),
  'deep-json': whole('['.repeat(100_000) + ']'.repeat(100_000)),
  'dup-keys': whole('{"version":"2.53.1","version":"1.0"}'),
  bom: whole('\ufeff{"a":1}'),
  'proto-pollution': whole('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}'),
  nan: whole('{"a":NaN,"b":Infinity,"c":1e999}'),
  'null-bytes': whole('{"a":"x\\u0000y"}'),
  late: (socket, port) => void setTimeout(() => whole('{"late":true}')(socket, port), 300),
};

/** Names of the behaviours, each a path. */
export const HOSTILE = Object.keys(BEHAVIOURS);

/** What is answered to a path: the name of a behaviour, or JSON. */
export type Answers = (path: string) => string | object;

const REQUEST = /^[A-Z]+ (\/\S*) HTTP\/1\.1\r\n/;

const hostile = async (server: Server, answers: Answers, listen: (ready: () => void) => void) => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(listen);
  return {
    answer: (socket: Socket): void => {
      socket.on('error', () => {});
      socket.on('data', (head) => {
        const path = REQUEST.exec(head.toString('latin1'))?.[1];
        if (path === undefined) return;
        const told = answers(path);
        const behave = typeof told === 'string' ? BEHAVIOURS[told] : whole(JSON.stringify(told));
        (behave ?? whole('{"ok":true}'))(socket, (server.address() as AddressInfo).port);
      });
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
};

/** Answers each request by the path that it asks for; what is no behaviour is answered with `{"ok":true}`. */
export const hostileApi = async (
  { certificate, key }: ServerCertificate,
  answers: Answers = (path) => path.slice(1),
) => {
  const server = createServer({ cert: certificate, key });
  server.on('tlsClientError', () => {});
  const { answer, stop } = await hostile(server, answers, (ready) => server.listen(0, '127.0.0.1', ready));
  server.on('secureConnection', answer);
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
};

/** The same without TLS, on a UNIX socket that this makes. */
export const hostileEngine = async (path: string, answers: Answers) => {
  const server = createPlainServer();
  const { answer, stop } = await hostile(server, answers, (ready) => server.listen(path, ready));
  server.on('connection', answer);
  return { host: `unix://${path}`, stop };
};
