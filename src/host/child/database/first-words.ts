import type { Socket } from 'node:net';
import { ConnectError } from './connect-error.ts';

/** The first bytes that a server says, until they are enough; more than 64 KiB are no first words. */
export const firstWords = (socket: Socket, enough: (said: Buffer) => boolean): Promise<Buffer> =>
  new Promise((told, refused) => {
    let said: Buffer = Buffer.alloc(0);
    const leave = () => {
      socket.off('data', hear).off('close', ended).off('error', refused);
      socket.pause();
    };
    const ended = () => {
      leave();
      refused(new ConnectError('closed', 'the server ended the connection before it said what it is'));
    };
    const hear = (chunk: Buffer) => {
      said = said.length === 0 ? chunk : Buffer.concat([said, chunk]);
      if (said.length > 1 << 16) {
        leave();
        refused(new ConnectError('not-this-engine', 'the server began with more than 64 KiB, as no database does'));
      } else if (enough(said)) {
        leave();
        told(said);
      }
    };
    socket.on('data', hear).once('close', ended).once('error', refused);
    socket.resume();
  });

/** PostgreSQL's question for TLS: a server of that kind answers it with one letter, an HTTP server mostly with a refusal. */
export const TLS_QUESTION = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Numbers of MySQL's errors are smaller; what PostgreSQL says in the same place is text. */
const MOST_ERRORS = 10_000;

/** Whether these bytes are the first packet of a MySQL server: a greeting, or an error before one. */
export const isMysqlGreeting = (said: Buffer): boolean => {
  if (said.length < 7 || said[3] !== 0) return false;
  const length = said.readUIntLE(0, 3);
  const isError = said[4] === 0xff && said.readUInt16LE(5) < MOST_ERRORS;
  return (said[4] === 0x0a || said[4] === 0x09 || isError) && length >= 3 && length < 2000;
};

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/|^<(!doctype|html)/i, 'an HTTP server'],
  [/^SSH-/, 'an SSH server'],
  [/^220[ -]/, 'a mail or FTP server'],
  [/^(-ERR|-NOAUTH|-DENIED)/, 'a Redis server'],
];

/** What server these first bytes look like, in words; null where they look like nothing that is known. */
export const looksLike = (said: Buffer): string | null => {
  if (isMysqlGreeting(said)) return 'a MySQL server';
  const text = said.toString('latin1');
  const plain = PLAIN.find(([pattern]) => pattern.test(text));
  if (plain) return plain[1];
  if (said[0] === 0x15 && said[1] === 0x03) return 'a server that wants TLS at once';
  return null;
};

/** The refusal of a server that is something else. */
export const notThisEngine = (wanted: string, said: Buffer): ConnectError => {
  const like = looksLike(said);
  const words = like ? `this is ${like}, not ${wanted}` : `what it says is not the protocol of ${wanted}`;
  return new ConnectError('not-this-engine', words);
};
