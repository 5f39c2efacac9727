import type { ArchiveKind } from '../archive/archive.ts';
import type { LogWindow, Part, Source } from '../host/source.ts';
import type { Tally } from '../redact/rule.ts';
import type { Manifest } from './manifest.ts';

/** What `bundle` was asked for, beside the options of the run whose report goes in. */
export type BundleOptions = {
  /** A file, `-` for standard output, or null: a name of its own in /var/tmp. */
  readonly output: string | null;
  readonly archive: ArchiveKind;
  /** Of one file of the bundle, bytes. */
  readonly maxSize: number;
  /** What a log gives at most, newest first, raw bytes. */
  readonly maxLog: number;
  readonly window: Pick<LogWindow, 'since' | 'until'>;
  /** The moment of `--around`, ms since 1970; null where none was named. */
  readonly around: number | null;
  /** Null: ask where somebody can be asked, else all. */
  readonly consent: readonly Part[] | null;
  readonly estimate: boolean;
  readonly case: string | null;
  /** A file with an ed25519 private key (PEM). */
  readonly sign: string | null;
  readonly redactRules: string | null;
  /** Where the pseudonyms of this bundle are kept, at home, mode 0600. */
  readonly map: string | null;
  readonly keepNetwork: boolean;
};

/** A row of the consent list. */
export type ConsentRow = {
  readonly part: Part;
  readonly title: string;
  /** Files in it, in words: `docker-compose.yml, db.env`. */
  readonly contains: string;
  /** Raw size, bytes; null where it is not known. */
  readonly raw: number | null;
  /** What is taken out of it: `passwords`, `phones, tokens`, `none`. */
  readonly redacted: string;
  readonly sources: readonly Source[];
};

/** What is being done, for a progress line or a screen. */
export type BundleProgress = {
  readonly step: 'collecting' | 'learning' | 'packing' | 'proving' | 'done';
  readonly file: string | null;
  readonly done: number;
  readonly of: number;
  /** Packed so far, bytes. */
  readonly packed: number;
};

/** A bundle that was written. */
export type MadeBundle = {
  /** The files, the first one to be opened first. `path` is null for standard output. */
  readonly volumes: readonly { readonly path: string | null; readonly bytes: number; readonly sha256: string }[];
  readonly manifest: Manifest;
  readonly found: Tally;
  /** Ready to paste into the ticket. */
  readonly ticket: string;
};
