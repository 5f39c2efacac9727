import type { Block } from '../archive/archive.ts';
import type { Source } from '../host/source.ts';
import type { Named, Tally } from '../redact/rule.ts';

/** A block of a file that may leave: cleaned, scanned, and packed where a worker did so. It begins and ends with a line. */
export type CleanBlock = Block & { readonly found: Tally; readonly named?: Named };

/** The one way from raw bytes to an archive. */
export type Cleaner = {
  /**
   * Throws a SecretLeft where something secret is left after all, and anything else where a file cannot be cleaned. A chunk may
   * change as soon as the next one is asked for.
   */
  readonly clean: (path: string, chunks: AsyncIterable<Uint8Array>, form: Source['form']) => AsyncIterable<CleanBlock>;
  /** The name of a file. */
  readonly name: (name: string) => string;
  /** A sentence. */
  readonly text: (text: string) => string;
  /** Scans what was made here of clean parts; throws a SecretLeft. */
  readonly prove: (path: string, bytes: Uint8Array) => void | Promise<void>;
  readonly close: () => Promise<void>;
};
