import { constants, deflateRawSync } from 'node:zlib';
import { redactorOf } from '../redact/redactor.ts';
import type { Form, Terms } from '../redact/rule.ts';
import { widened } from '../redact/wide.ts';
import type { CleanBlock } from './cleaner.ts';
import { secondScanOf } from './second-scan.ts';

/** A raw block on its way to be cleaned: whose it is, what it is, and how it leaves. */
export type Job = {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly form: Form;
  readonly wide: 'le' | 'be' | null;
  /** Whether it is also packed; and whether the second scan reads all of it. */
  readonly packed: boolean;
  readonly everything: boolean;
};

/** Cleans a block, scans what came of it, and packs that: the same in a worker and without one. */
export const workOf = (terms: Terms, take?: (bytes: number) => Buffer): ((job: Job) => Promise<CleanBlock>) => {
  const redactor = redactorOf(terms, take);
  const scan = secondScanOf(terms.literals);
  return async ({ path, bytes, form, wide, packed, everything }) => {
    const cleaned = redactor.block(bytes, form);
    await scan(path, cleaned.bytes, everything);
    const out = wide
      ? widened(Buffer.from(cleaned.bytes.buffer, cleaned.bytes.byteOffset, cleaned.bytes.length), wide)
      : cleaned.bytes;
    const told = { found: cleaned.found, ...(cleaned.named && { named: cleaned.named }) };
    if (!packed) return { bytes: out, ...told };
    // Level 1 at 8 bits of memory: 134 MiB/s on a core; a sync flush ends it on a byte, so that blocks can follow each other.
    // Small pieces cost time; what the allocator takes for large ones, 128 KiB, is never given back.
    const chunkSize = Math.max(16 * 1024, Math.min(96 * 1024, out.length >> 1));
    const deflated = deflateRawSync(out, { level: 1, chunkSize, finishFlush: constants.Z_SYNC_FLUSH });
    return { bytes: out, deflated, ...told };
  };
};
