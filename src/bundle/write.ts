import type { FileSink, Sink, Whole, Writer } from '../archive/archive.ts';
import { OutputError } from '../output-error.ts';
import type { Packed } from './collect.ts';
import { volumeName } from './names.ts';
import type { Entry } from './rows.ts';
import { type Spool, unpacked } from './spool.ts';

/** Where the files of a bundle are written to. */
export type Target = {
  /** Null for standard output. */
  readonly pathOf: (volume: number, volumes: number) => string | null;
  /** The nth of so many files: nothing has its name before `finish`. */
  readonly open: (volume: number) => Promise<Sink & Pick<FileSink, 'finish' | 'abandon'>>;
  readonly writerOf: (sink: Sink) => Writer;
  /** What is written beside a finished file: its digest. */
  readonly beside: (volume: number, whole: Whole) => Promise<void>;
  /** Removes a file that was finished, where another one of the same bundle could not be. */
  readonly undo: (volume: number) => Promise<void>;
};

/** What stands in one file of the bundle, in its order. */
export type Volume = {
  readonly pages: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly entries: readonly Entry[];
};

const blocksOf = async function* ({ blocks }: Packed, spool: Spool) {
  for (const kept of blocks) {
    const deflated = await spool.read(kept);
    yield { bytes: unpacked(deflated), deflated };
  }
};

const fill = async (writer: Writer, top: string, { pages, entries }: Volume, spool: Spool, signal: AbortSignal) => {
  for (const { path, bytes } of pages) await writer.add(`${top}/${path}`, [{ bytes }]);
  for (const { row, packed } of entries) {
    signal.throwIfAborted();
    if (packed) await writer.add(`${top}/${row.path}`, blocksOf(packed, spool));
  }
  return writer.end();
};

/** Writes all files of a bundle; they appear when the last one is whole, the first one last. Throws, and then none is there. */
export const writeVolumes = async (
  volumes: readonly Volume[],
  target: Target,
  {
    name,
    maxSize,
    spool,
    signal,
  }: { readonly name: string; readonly maxSize: number; readonly spool: Spool; readonly signal: AbortSignal },
): Promise<readonly { readonly path: string | null; readonly bytes: number; readonly sha256: string }[]> => {
  const open: { readonly sink: Awaited<ReturnType<Target['open']>>; readonly whole: Whole }[] = [];
  const finished: number[] = [];
  const begun: Awaited<ReturnType<Target['open']>>[] = [];
  try {
    for (const [at, volume] of volumes.entries()) {
      const sink = await target.open(at + 1);
      begun.push(sink);
      const whole = await fill(target.writerOf(sink), volumeName(name, at + 1), volume, spool, signal);
      if (whole.bytes > maxSize)
        throw new OutputError(
          `file ${at + 1} of the bundle would have ${whole.bytes} bytes, more than --max-size allows`,
        );
      open.push({ sink, whole });
    }
    signal.throwIfAborted();
    for (const [at, { sink, whole }] of [...open.entries()].reverse()) {
      await sink.finish();
      finished.push(at + 1);
      await target.beside(at + 1, whole);
    }
    return open.map(({ whole }, at) => ({ path: target.pathOf(at + 1, open.length), ...whole }));
  } catch (error) {
    for (const sink of begun) await sink.abandon();
    for (const volume of finished) await target.undo(volume);
    throw error;
  }
};
