import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../error-code.ts';

/** An abstract socket: a name that the kernel frees when its holder ends, however it ends. */
const LOCK = '\0wa-preflight-benchmark';
/** A run that was just stopped needs a moment to be gone. */
const TRIES = 6;
const BETWEEN = 100;

const held = (): Promise<(() => Promise<void>) | null> =>
  new Promise((settle, refuse) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (codeOf(error) === 'EADDRINUSE' ? settle(null) : refuse(error)));
    server.listen({ path: LOCK }, () => {
      server.unref();
      settle(() => new Promise((done) => server.close(() => done())));
    });
  });

/** Does some work while no other benchmark of this tool runs on this host; rejects when one does. */
export const alone = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const release = await held();
    if (release)
      try {
        return await work();
      } finally {
        await release();
      }
    await pause(BETWEEN);
  }
  throw new Error('busy: another run of this tool measures a disk of this host right now; try again when it has ended');
};
