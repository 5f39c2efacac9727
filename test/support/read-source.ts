import { type Reading, type Source, SourceError } from '../../src/host/source.ts';

/** What a source came to: its bytes, and its state with the reason where it is not whole. */
export type ReadSource = { readonly bytes: Buffer; readonly state: string; readonly reason: string | null };

/** All of a reading. */
const bytesOfReading = async (reading: Reading): Promise<ReadSource> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of reading.chunks) pieces.push(Buffer.from(piece));
  const lack = reading.lacks();
  return { bytes: Buffer.concat(pieces), state: lack?.state ?? 'whole', reason: lack?.reason ?? null };
};

/** Opens a source and reads all of it; one that gives nothing is its state. */
export const readSource = async (source: Source, signal = new AbortController().signal): Promise<ReadSource> => {
  try {
    return await bytesOfReading(await source.open(signal));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { bytes: Buffer.alloc(0), state: error.state, reason: error.message };
  }
};
