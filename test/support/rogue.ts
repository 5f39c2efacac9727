import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that means no good, or is broken. */
export type Rogue = {
  readonly port: number;
  /** All that was said to it, over all connections. */
  readonly heard: () => Buffer;
  /** When it was first connected to, as performance.now() has it. */
  readonly met: () => number;
  /** Waits until nobody is connected. */
  readonly left: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** One connection to it: what it says, and what it is told. */
export type Peer = {
  readonly socket: Socket;
  readonly say: (bytes: Buffer) => void;
  /** The next bytes that arrive; never, where none do. */
  readonly next: () => Promise<Buffer>;
  /** Says the same until the other side goes away. */
  readonly flood: (bytes: Buffer) => Promise<void>;
  /** Says it byte by byte, `ms` apart. */
  readonly drip: (bytes: Buffer, ms: number) => Promise<void>;
};

const peerOf = (socket: Socket): Peer => {
  const open = () => !socket.destroyed && socket.writable;
  const say = (bytes: Buffer) => void (open() && socket.write(bytes));
  return {
    socket,
    say,
    next: async () => (await once(socket, 'data'))[0] as Buffer,
    flood: async (bytes) => {
      while (open())
        if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
    },
    drip: async (bytes, ms) => {
      for (const byte of bytes) {
        if (!open()) return;
        say(Buffer.from([byte]));
        await pause(ms);
      }
    },
  };
};

/** Starts such a server on the loopback device. */
export const startRogue = async (serve: (peer: Peer) => Promise<unknown> | unknown): Promise<Rogue> => {
  const heard: Buffer[] = [];
  const open = new Set<Socket>();
  let met = 0;
  const server = createServer((socket) => {
    met ||= performance.now();
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.on('data', (chunk) => heard.push(chunk));
    // A peer that leaves in the middle of a conversation is what all of this is about.
    void (async () => serve(peerOf(socket)))().catch(() => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => Buffer.concat(heard),
    met: () => met,
    left: async () => {
      for (let turn = 0; turn < 500 && open.size > 0; turn += 1) await pause(10);
      if (open.size > 0) throw new Error('somebody is still connected');
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
};
