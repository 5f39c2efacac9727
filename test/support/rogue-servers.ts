import { createServer, type Socket } from 'node:net';

/** A server of bad intent on the loopback device, and its end. */
export type Rogue = { readonly host: '127.0.0.1'; readonly port: number; readonly stop: () => Promise<void> };

/** Listens, and lets every connection be handled by this. */
export const listen = (handle: (socket: Socket) => void): Promise<Rogue> =>
  new Promise((done, failed) => {
    const open = new Set<Socket>();
    const server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
      handle(socket);
    }).on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const stop = () =>
        new Promise<void>((ended) => {
          server.close(() => ended());
          for (const socket of open) socket.destroy();
        });
      done({ host: '127.0.0.1', port, stop });
    });
  });

const message = (type: string, ...parts: readonly (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const TLS_QUESTION = 80_877_103;
const asksForTls = (bytes: Buffer): boolean => bytes.length === 8 && bytes.readInt32BE(4) === TLS_QUESTION;

/** A PostgreSQL that offers no TLS and refuses every login in these words. */
export const refusingPostgres = (words: string): Promise<Rogue> =>
  listen((socket) =>
    socket.on('data', (bytes) => {
      if (asksForTls(bytes)) return socket.write('N');
      const fields = ['SFATAL\0', 'VFATAL\0', 'C28P01\0', `M${words}\0`, `D${words}\0`, `H${words}\0`, '\0'];
      return socket.end(message('E', ...fields));
    }),
  );

/** A PostgreSQL that offers no TLS and wants the password in clear text. */
export const curiousPostgres = (heard: Buffer[]): Promise<Rogue> =>
  listen((socket) =>
    socket.on('data', (bytes) => {
      heard.push(bytes);
      if (asksForTls(bytes)) return socket.write('N');
      return socket.write(message('R', Buffer.from([0, 0, 0, 3])));
    }),
  );

const packet = (sequence: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, body]);
};

// CLIENT_PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH, LONG_PASSWORD, CONNECT_WITH_DB
const CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x8000 | 0x8_0000;
const greeting = (version: string): Buffer =>
  packet(
    0,
    Buffer.concat([
      ...[Buffer.from([10]), Buffer.from(`${version}\0`), Buffer.from([1, 0, 0, 0]), Buffer.from('12345678\0')],
      Buffer.from([CAPABILITIES & 255, (CAPABILITIES >> 8) & 255, 33, 2, 0, (CAPABILITIES >> 16) & 255, 0, 21]),
      ...[Buffer.alloc(10), Buffer.from('901234567890\0'), Buffer.from('mysql_native_password\0')],
    ]),
  );

/** A MySQL without TLS that refuses every login in these words, before the greeting where `early`. */
export const refusingMysql = (words: string, early = false): Promise<Rogue> => {
  const refusal = Buffer.concat([Buffer.from([0xff, 0x15, 0x04]), Buffer.from(`${early ? '' : '#28000'}${words}`)]);
  return listen((socket) => {
    if (early) return void socket.end(packet(0, refusal));
    socket.write(greeting('8.0.36'));
    return void socket.on('data', () => socket.end(packet(2, refusal)));
  });
};

/** A MySQL without TLS that wants the password in clear text. */
export const curiousMysql = (heard: Buffer[]): Promise<Rogue> =>
  listen((socket) => {
    socket.write(greeting('8.0.36'));
    socket.on('data', (bytes) => {
      heard.push(bytes);
      socket.write(packet(2, Buffer.concat([Buffer.from([0xfe]), Buffer.from('mysql_clear_password\0')])));
    });
  });

/** One that takes connections and says nothing. */
export const silent = (): Promise<Rogue> => listen((socket) => void socket.resume());
