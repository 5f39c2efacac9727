import { createHash } from 'node:crypto';
import { packedBlock } from '../archive/deflate.ts';
import type { Lack, Source } from '../host/source.ts';
import { OutputError } from '../output-error.ts';
import type { Tally } from '../redact/rule.ts';
import { summing } from '../redact/tally.ts';
import { Uncleanable } from '../redact/uncleanable.ts';
import type { CleanBlock, Cleaner } from './cleaner.ts';
import { type Guard, guarded, lackOf, patiently } from './guarded.ts';
import { type Levels, levelCounter } from './levels.ts';
import type { Room } from './room.ts';
import { said } from './said.ts';
import { SecretLeft } from './secret-left.ts';
import { type Kept, type Spool, unpacked } from './spool.ts';

/** Blocks that wait to be written, and their digest. */
export type Packed = {
  readonly blocks: readonly Kept[];
  readonly sha256: string;
  readonly found: Tally;
  /** Of a log that tells times and levels. */
  readonly levels?: Levels | null;
};

/** What became of one source: what is to be written, or nothing, and why it is not whole. */
export type Collected = {
  readonly source: Source;
  readonly packed: Packed | null;
  readonly lack: Lack | null;
  /** When it was over, ms since 1970, and how long it took. */
  readonly at: number;
  readonly ms: number;
};

/** What collecting needs beside a source. */
export type Collecting = Guard & { readonly cleaner: Cleaner; readonly spool: Spool; readonly room: Room };

/** There is no room for any of a file. */
const NO_ROOM: Lack = { state: 'no-room', reason: 'there was no room left for it' };

/** A file finds no room. */
class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

/** As the writer would: what is spooled has the size that it will have in the archive. */
const packedBytes = (block: Pick<CleanBlock, 'bytes' | 'deflated'>): Promise<Uint8Array> => packedBlock(block, 6);

/** Packs bytes that are clean already. */
export const packedOf = async (bytes: Uint8Array, spool: Spool): Promise<Packed> => {
  const kept = bytes.byteLength > 0 ? [await spool.keep(await packedBytes({ bytes }), bytes.byteLength)] : [];
  return { blocks: kept, sha256: createHash('sha256').update(bytes).digest('hex'), found: {} };
};

/** What stands at the beginning of a log whose oldest part found no room. */
const marker = (dropped: number): Uint8Array =>
  Buffer.from(`[wa-preflight: ${dropped} bytes before this line did not fit into the bundle]\n`);

const digestOf = async (blocks: readonly Kept[], spool: Spool): Promise<string> => {
  const hash = createHash('sha256');
  for (const kept of blocks) hash.update(unpacked(await spool.read(kept)));
  return hash.digest('hex');
};

/** Reads a source through the cleaner into the spool; of a log that is larger than its room the newest part stays. */
const taken = async (source: Source, chunks: AsyncIterable<Uint8Array>, all: Collecting): Promise<Packed & Cut> => {
  const { cleaner, spool, room } = all;
  const blocks: Kept[] = [];
  const sum = { bytes: 0, packed: 0 };
  let dropped = 0;
  const found = summing();
  const hash = createHash('sha256');
  const counter = source.form === 'log' ? levelCounter() : null;
  try {
    for await (const block of cleaner.clean(source.path, chunks, source.form)) {
      all.signal.throwIfAborted();
      found.add(block.found);
      if (block.bytes.byteLength === 0) continue;
      const kept = await spool.keep(await packedBytes(block), block.bytes.byteLength);
      blocks.push(kept);
      sum.bytes += kept.bytes;
      sum.packed += kept.packed;
      hash.update(block.bytes);
      counter?.add(block.bytes);
      block.release?.();
      while (!room.fits(sum)) {
        const oldest = blocks.shift();
        // What has no lines cannot be cut: a part of it would be no file of its kind.
        if (!oldest || source.form !== 'log') throw new NoRoom();
        spool.drop(oldest);
        sum.bytes -= oldest.bytes;
        sum.packed -= oldest.packed;
        dropped += oldest.bytes;
      }
    }
    const levels = counter?.result() ?? null;
    if (dropped === 0) return { blocks, sha256: hash.digest('hex'), found: found.found(), levels, dropped };
    if (blocks.length === 0) throw new NoRoom();
    const head = await packedOf(marker(dropped), spool);
    const whole = [...head.blocks, ...blocks];
    return { blocks: whole, sha256: await digestOf(whole, spool), found: found.found(), levels, dropped };
  } catch (error) {
    for (const kept of blocks) spool.drop(kept);
    throw error;
  }
};
type Cut = { readonly dropped: number };

const sizes = (blocks: readonly Kept[]) => ({
  bytes: blocks.reduce((sum, { bytes }) => sum + bytes, 0),
  packed: blocks.reduce((sum, { packed }) => sum + packed, 0),
});

/** Bytes of a packed file, before and after. */
export const sizesOf = ({ blocks }: Packed): { readonly bytes: number; readonly packed: number } => sizes(blocks);

/** Why a file was not cleaned. What errors say that are not ours may hold what could not be cleaned. */
const reasonOf = (error: unknown): string => (error instanceof Uncleanable ? error.message : 'it could not be cleaned');

/** Collects one source. Throws a SecretLeft, when all is stopped, and what a spool throws; all else is a lack. */
export const collect = async (source: Source, all: Collecting): Promise<Collected> => {
  const since = performance.now();
  const over = (packed: Packed | null, lack: Lack | null): Collected => {
    if (packed) all.room.take(sizesOf(packed));
    return { source, packed, lack, at: Date.now(), ms: Math.round(performance.now() - since) };
  };
  if (source.priority > 0 && all.room.isFull()) return over(null, NO_ROOM);
  const stop = new AbortController();
  const signal = AbortSignal.any([all.signal, stop.signal]);
  try {
    let reading: ReturnType<typeof guarded>;
    try {
      reading = guarded(await patiently(source.open(signal), all), all);
    } catch (error) {
      all.signal.throwIfAborted();
      return over(null, lackOf(error));
    }
    const { dropped, ...packed } = await taken(source, reading.chunks, all);
    const lack = reading.lacks();
    if (packed.blocks.length === 0 && lack) return over(lack.state === 'empty' ? packed : null, lack);
    if (dropped > 0)
      return over(packed, {
        state: 'cut',
        reason: `its first ${dropped} bytes found no room${lack ? `; ${lack.reason}` : ''}`,
      });
    return over(
      packed,
      lack ?? (packed.blocks.length === 0 ? { state: 'empty', reason: 'there is nothing in it' } : null),
    );
  } catch (error) {
    all.signal.throwIfAborted();
    if (error instanceof NoRoom) return over(null, NO_ROOM);
    if (error instanceof SecretLeft || error instanceof OutputError) throw error;
    const lack: Lack = { state: 'withheld', reason: said(reasonOf(error), all.cleaner) };
    const stub = Buffer.from(`This file was left out of the bundle: ${lack.reason}.\n`);
    return over(await packedOf(stub, all.spool), lack);
  } finally {
    stop.abort(new Error('it is over'));
  }
};
