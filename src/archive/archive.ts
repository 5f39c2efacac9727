// What archives are to the rest of the tool: members with names and bytes, in an order.

/** Where an archive is written to: a file that is not there yet under its own name, or memory. */
export type Sink = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Overwrites what was written before, for sizes that are known afterwards. */
  readonly patch: (at: number, bytes: Uint8Array) => Promise<void>;
  readonly size: () => number;
};

/** A member as it is written: bytes before and after compression, and their digest. */
export type Written = {
  readonly path: string;
  readonly bytes: number;
  readonly packed: number;
  readonly sha256: string;
};

/** A block of a member: its bytes, and where a worker made them already, their raw deflate form (ended by a sync flush). */
export type Block = { readonly bytes: Uint8Array; readonly deflated?: Uint8Array };

/** Writes one archive: fixed times and owners, so that the same members give the same bytes. */
export type Writer = {
  /** One member, mode 0600. The name was cleaned before. */
  readonly add: (path: string, blocks: AsyncIterable<Block> | Iterable<Block>) => Promise<Written>;
  /** Ends the archive; nothing can be added after it. */
  readonly end: () => Promise<void>;
};
export const ARCHIVES = ['zip', 'tar.gz'] as const;
export type ArchiveKind = (typeof ARCHIVES)[number];

/** An archive that is not what it should be: its message is the one sentence that a person reads. Exit code 2. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** A member of an archive that was read: names are made safe to show, never used as a path on this machine. */
export type Member = {
  readonly path: string;
  /** As the archive states it; null where it does not. */
  readonly bytes: number | null;
  /** The bytes, bounded; throws an ArchiveError for a bomb, a cut or a wrong checksum. */
  readonly read: () => AsyncIterable<Uint8Array>;
};
