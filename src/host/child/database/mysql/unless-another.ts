import { connect, type Socket } from 'node:net';
import { ConnectError } from '../connect-error.ts';
import { firstWords, looksLike, TLS_QUESTION } from '../first-words.ts';

/** How long a server may be silent before it is asked whether it is another one, ms. */
const PATIENCE = 1200;

const otherKind = async (to: Socket): Promise<string | null> => {
  const { remoteAddress: host, remotePort: port } = to;
  if (!host || !port) return null;
  const socket = connect({ host, port });
  socket.on('error', () => {});
  const timer = setTimeout(() => socket.destroy(), PATIENCE);
  try {
    socket.write(TLS_QUESTION);
    const said = await firstWords(socket, (words) => words.length > 0);
    return /^[SN]$/.test(said.toString('latin1')) ? 'a PostgreSQL server' : looksLike(said);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
};

/** A MySQL server speaks first. One that is silent may wait for words of another protocol: that is found out meanwhile. */
export const unlessAnother = <T>(words: Promise<T>, socket: Socket, limit: number): Promise<T> =>
  new Promise((told, refused) => {
    const timer = setTimeout(
      async () => {
        const other = await otherKind(socket);
        if (other && other !== 'a MySQL server')
          refused(new ConnectError('not-this-engine', `this is ${other}, not MySQL`));
      },
      Math.min(PATIENCE, limit / 3),
    );
    words.then(told, refused).finally(() => clearTimeout(timer));
  });
