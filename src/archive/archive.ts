import type { Hash } from 'node:crypto';

// What archives are to the rest of the tool: members with names and bytes, in an order.

/** Where an archive is written to: a file that is not there yet under its own name, or memory. */
export type Sink = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Overwrites what was written before, for sizes that are known afterwards. */
  readonly patch: (at: number, bytes: Uint8Array) => Promise<void>;
  readonly size: () => number;
  /** SHA-256 of all bytes as they stand now, open for those that follow. */
  readonly digest: () => Promise<Hash>;
};

/** A sink that is a file to be: nothing has its name before `finish`, and nothing of it is left after `abandon`. */
export type FileSink = Sink & {
  readonly finish: () => Promise<void>;
  /** Safe to call at any time, also after `finish`, where it does nothing. */
  readonly abandon: () => Promise<void>;
};

/** A finished archive: its length in bytes, and the SHA-256 of all of it. */
export type Whole = { readonly bytes: number; readonly sha256: string };

/** A member as it is written: bytes before and after compression, and their digest. */
export type Written = {
  readonly path: string;
  readonly bytes: number;
  readonly packed: number;
  readonly sha256: string;
};

/** A block of a member: its bytes, and where a worker made them already, their raw deflate form (ended by a sync flush). */
export type Block = {
  readonly bytes: Uint8Array;
  readonly deflated?: Uint8Array;
  /** Told by whoever is through with it, so that its memory is used again. Nobody needs to. */
  readonly release?: () => void;
};

/** Writes one archive: fixed times and owners, so that the same members give the same bytes. */
export type Writer = {
  /** One member, mode 0600. The name was cleaned before. */
  readonly add: (path: string, blocks: AsyncIterable<Block> | Iterable<Block>) => Promise<Written>;
  /** Ends the archive; nothing can be added after it. */
  readonly end: () => Promise<Whole>;
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
  /** Why this member is not read, where an archive is read leniently; `read` throws the same then. Null: nothing is wrong so far. */
  readonly refused: string | null;
  /** The bytes, once, before the next member is asked for; throws an ArchiveError for a bomb, a cut or a wrong checksum. */
  readonly read: () => AsyncIterable<Uint8Array>;
};

/** How much is believed of an archive that is read. */
export type Limits = {
  readonly members: number;
  /** Of one member, bytes; Infinity where only the ratio counts. */
  readonly memberBytes: number;
  /** Of all members together, bytes. */
  readonly totalBytes: number;
  /** Bytes unpacked for one byte packed, above a first MiB. Our own writer never comes near. */
  readonly ratio: number;
  /** Members with a wrong name, of a wrong kind, or that fail alone are given with their reason, instead of refusing the archive. */
  readonly lenient: boolean;
};

/** What an archive may hold unless somebody asks for more. */
export const LIMITS: Limits = {
  members: 10_000,
  memberBytes: 100 * 2 ** 20,
  totalBytes: 4 * 2 ** 30,
  ratio: 200,
  lenient: false,
};
