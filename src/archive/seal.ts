import { createHash, type Hash } from 'node:crypto';
import type { RandomAccess } from './random-access.ts';
import { DIGITS, GZIP_TAIL, TAG } from './trailer.ts';

/** What the digest at the end of an archive says of it. `none`: there is none, so this tool did not write the file as it is. */
export type Seal = {
  readonly state: 'good' | 'wrong' | 'none';
  /** SHA-256 of the whole file. */
  readonly sha256: string;
  readonly bytes: number;
};

const PIECE = 1 << 20;
const HEX = /^[0-9a-f]{64}$/;

type Place = { readonly digits: string; readonly at: number; readonly isOurs: boolean; readonly isExact: boolean };

/** Looks for digits and what surrounds them; one of both is enough to know the place again where the other was changed. */
const placeAt = (end: Buffer, size: number, tail: Buffer): Place => {
  const after = end.length - tail.length;
  const digits = end.toString('latin1', Math.max(after - DIGITS, 0), Math.max(after, 0));
  const tag = end.toString('latin1', Math.max(after - DIGITS - TAG.length, 0), Math.max(after - DIGITS, 0));
  const isClosed = end.subarray(Math.max(after, 0)).equals(tail);
  const isOurs = tag === TAG || HEX.test(digits) || (tail.length > 0 && isClosed);
  return { digits, at: size - tail.length - DIGITS, isOurs, isExact: tag === TAG && HEX.test(digits) && isClosed };
};

const hashed = async (source: RandomAccess, hash: Hash, from: number, to: number): Promise<void> => {
  for (let at = from; at < to; ) {
    const piece = await source.read(at, Math.min(PIECE, to - at));
    hash.update(piece);
    at += piece.length;
  }
};

/** Holds the digest at the end of an archive (trailer.ts) against its bytes. */
export const sealOf = async (source: RandomAccess): Promise<Seal> => {
  const { size } = source;
  const length = Math.min(size, GZIP_TAIL.length + DIGITS + TAG.length);
  const end = await source.read(size - length, length);
  const places = [placeAt(end, size, GZIP_TAIL), placeAt(end, size, Buffer.alloc(0))];
  const place = places.find(({ isExact }) => isExact) ?? places.find(({ isOurs }) => isOurs);
  const hash = createHash('sha256');
  const at = Math.max(place?.at ?? 0, 0);
  await hashed(source, hash, 0, at);
  const before = hash.copy().digest('hex');
  await hashed(source, hash, at, size);
  const state = !place ? 'none' : place.isExact && before === place.digits ? 'good' : 'wrong';
  return { state, sha256: hash.digest('hex'), bytes: size };
};
