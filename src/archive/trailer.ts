import type { Sink, Whole } from './archive.ts';

// A digest of the archive in the archive itself, where other programs see a comment. Zip and gzip leave bytes unchecked: names,
// times, modes, flags, headers. The 64 hex digits are the SHA-256 of every byte before the first of them, and what follows them
// is fixed: so there is no byte whose change is not found. It proves nothing against who writes a new one: a signature does.
//   zip: the comment at the very end is `sha256:` and the digits.
//   tar.gz: the last gzip member is empty, and its comment (FCOMMENT) is `sha256:` and the digits.

/** What stands before the digits. */
export const TAG = 'sha256:';
export const DIGITS = 64;

/** The last gzip member, up to its digits: magic, deflate, FCOMMENT, no time, no extra flags, unix. */
export const GZIP_HEAD = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, 3]), Buffer.from(TAG)]);
/** And behind them: the end of the comment, an empty deflate stream, the checksum and the length of nothing. */
export const GZIP_TAIL = Buffer.from([0, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Writes the digest of all that a sink holds, and what stands behind it. Nothing may be patched afterwards. */
export const writeTrailer = async (sink: Sink, tail: Uint8Array): Promise<Whole> => {
  const hash = await sink.digest();
  const digits = Buffer.from(hash.copy().digest('hex'));
  const rest = Buffer.concat([digits, tail]);
  await sink.write(rest);
  return { bytes: sink.size(), sha256: hash.update(rest).digest('hex') };
};
