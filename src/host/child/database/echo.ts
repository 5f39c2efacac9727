import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { ECHO, PROBE } from '../entry.ts';

/** An echo within this machine: what the tool and the machine themselves add to any round trip. */
export type Echo = {
  /** There and back once; tells the ms that it took. */
  readonly trip: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** As many bytes as a small query. */
const WORD = Buffer.alloc(16);

const dialled = async (port: number): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
};

/**
 * Opens an echo over TCP on the loopback device. Its far end is a thread: as in every round trip, somebody else must be woken
 * and then we, and on a busy machine that is what takes time. Two ends of one thread do not show it.
 */
export const openEcho = async (): Promise<Echo> => {
  const thread = new Worker(PROBE, {
    workerData: ECHO,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    env: {},
    stdin: false,
  });
  try {
    const [port] = (await once(thread, 'message')) as [number];
    const socket = await dialled(port);
    let missing = 0;
    let back = (_at: number): void => {};
    let broken = (): void => {};
    thread.on('error', () => socket.destroy());
    socket.on('error', () => {}).on('close', () => broken());
    socket.on('data', ({ length }) => {
      missing -= length;
      if (missing === 0) back(performance.now());
    });
    return {
      trip: () =>
        new Promise((told, refused) => {
          const start = performance.now();
          broken = () => refused(new Error('the echo within this machine broke off'));
          back = (at) => told(at - start);
          missing = WORD.length;
          if (socket.destroyed) broken();
          else socket.write(WORD);
        }),
      close: async () => {
        socket.destroy();
        await thread.terminate();
      },
    };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
};
