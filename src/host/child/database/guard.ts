import type { Socket } from 'node:net';
import { ConnectError } from './connect-error.ts';

/** Most bytes of a reply, and of everything before the login is done. */
const MOST = 1 << 20;
/** How long the end of a connection may take, ms. */
const FAREWELL = 200;
/** Longest time of one question once connected, ms. */
const LONGEST = 4000;

type Listener = (chunk: Buffer) => void;

/** What stands between a socket and a library that would read on for ever. */
export type Guard = {
  /** A question goes out: its reply may be as large, and take as long, as any. */
  readonly asked: () => void;
  readonly answered: () => void;
  /** When bytes came last, as performance.now() has it. */
  readonly heardAt: () => number;
};

/**
 * Puts a guard before the library that listens to the socket: it counts what arrives, ends the connection at excess and at
 * the deadline, and turns what the library throws over a message into the connection's end. `watch` sees each chunk first.
 */
export const guarded = (socket: Socket, watch: Listener, explained: (error: unknown) => ConnectError): Guard => {
  const listeners = socket.listeners('data') as unknown as readonly Listener[];
  for (const listener of listeners) socket.off('data', listener);
  let received = 0;
  let heard = 0;
  let open = 0;
  socket.on('data', (chunk: Buffer) => {
    heard = performance.now();
    received += chunk.length;
    if (received > MOST) {
      socket.destroy(new ConnectError('too-much', 'the reply is larger than 1 MiB'));
      return;
    }
    try {
      watch(chunk);
      for (const listener of listeners) listener.call(socket, chunk);
    } catch (error) {
      socket.destroy(explained(error));
    }
  });
  socket.resume();
  const late = () => {
    if (open > 0) socket.destroy(new ConnectError('no-answer', `no answer to a query within ${LONGEST / 1000} s`));
  };
  const timer = setTimeout(late, LONGEST);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
  return {
    asked: () => {
      received = 0;
      open += 1;
      timer.refresh();
    },
    answered: () => {
      open -= 1;
    },
    heardAt: () => heard,
  };
};

/** Ends a connection in the protocol's own way, and in any case soon. */
export const parted = (socket: Socket, farewell: () => void): Promise<void> =>
  new Promise((closed) => {
    if (socket.destroyed) return closed();
    socket.once('close', () => closed());
    farewell();
    setTimeout(() => socket.destroy(), FAREWELL).unref();
  });
