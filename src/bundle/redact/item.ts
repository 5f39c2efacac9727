/** A file that is to be cleaned, of a folder, of an archive, or the one that was named. */
export type Item = {
  readonly path: string;
  /** Why it is not read; null where it is. */
  readonly refused: string | null;
  /** Its bytes, once, before the next item is asked for; each piece is good until the next one is. */
  readonly read: () => AsyncIterable<Uint8Array>;
};

/** What is to be cleaned. It is gone through twice: to learn from, and to clean. */
export type Input = {
  readonly kind: 'folder' | 'archive' | 'file';
  readonly items: () => AsyncIterable<Item>;
};
