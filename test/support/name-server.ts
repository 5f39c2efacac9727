import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';

/** What a name server stand-in says of a name: addresses, a code of RFC 1035 (2 failure, 3 no such name), or nothing at all. */
export type Names = Readonly<Record<string, readonly string[] | number | 'silence'>>;

const TYPES: Record<number, (address: string) => boolean> = { 1: isIPv4, 28: (address) => !isIPv4(address) };

const bytesOf = (address: string): Buffer => {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [left = '', right] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const groups = [...left, ...Array(8 - left.length - (right?.length ?? 0)).fill('0'), ...(right ?? [])];
  return Buffer.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]));
};

const recordOf = (address: string, type: number): Buffer => {
  const data = bytesOf(address);
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 1, 0, data.length]);
  return Buffer.concat([head, data]);
};

/** The answer to a query, null for silence. A name that is not told of does not exist. */
const answerTo = (query: Buffer, names: Names): Buffer | null => {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = query.readUInt16BE(at + 1);
  const told = names[labels.join('.').toLowerCase()] ?? 3;
  if (told === 'silence') return null;
  const fitting = typeof told === 'number' ? [] : told.filter((address) => TYPES[type]?.(address));
  const code = typeof told === 'number' ? told : 0;
  const head = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80 | code, 0, 1, 0, fitting.length, 0, 0, 0, 0]);
  return Buffer.concat([head, query.subarray(12, at + 5), ...fitting.map((address) => recordOf(address, type))]);
};

/** A stand-in for a name server on port 53 of an address of this machine, and its end. Rejects where that port is not to be had. */
export const startNameServer = async (address: string, names: Names) => {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const answer = answerTo(query, names);
    if (answer) socket.send(answer, from.port, from.address);
  });
  socket.bind(53, address);
  await once(socket, 'listening');
  return { stop: () => new Promise<void>((done) => socket.close(done)) };
};
