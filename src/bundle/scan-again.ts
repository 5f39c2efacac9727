import { secondScanOf } from './second-scan.ts';
import { SecretLeft } from './secret-left.ts';
import type { ScanAgain } from './verify.ts';

/** So much of a file is scanned at a time, bytes; it ends with a line where one ends there. */
const BLOCK = 1 << 20;

async function* blocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    if (held.length < BLOCK) continue;
    const line = held.lastIndexOf(0x0a) + 1;
    const cut = line > 0 ? line : held.length;
    yield held.subarray(0, cut);
    held = held.subarray(cut);
  }
  if (held.length > 0) yield held;
}

/** The second scan of a bundle, once more over what is in it. No secret of a host is known then: patterns alone look. */
export const scanAgain = (): ScanAgain => {
  const scan = secondScanOf([]);
  return async (path, chunks) => {
    try {
      for await (const block of blocks(chunks)) await scan(path.replace(/^[^/]*\//, ''), block, true);
      return null;
    } catch (error) {
      if (error instanceof SecretLeft) return error.message.replace(/^[^:]*: /, '');
      throw error;
    }
  };
};
