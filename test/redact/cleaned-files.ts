import { cleaner } from '../../src/bundle/workers.ts';
import { cleaningFor } from '../../src/cli/bundle-cleaning.ts';
import { Uncleanable } from '../../src/redact/uncleanable.ts';

const one = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
};

/** Files as `bundle redact` writes them: learnt from all of them first, then cleaned and proven, names too; null is a stub. */
export const cleanedFiles = async (
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, { readonly path: string; readonly bytes: Uint8Array | null }>> => {
  const { learn } = await cleaningFor({ redactRules: null, keepNetwork: false });
  const literals = [...files].flatMap(([path, bytes]) => {
    try {
      return learn(bytes, 'auto', path);
    } catch (error) {
      if (error instanceof Uncleanable) return [];
      throw error;
    }
  });
  const key = new Uint8Array(32).fill(5);
  const { clean, name, close } = cleaner({ key, literals, own: [], keepNetwork: false }, { workers: 0 });
  const cleaned = new Map<string, { readonly path: string; readonly bytes: Uint8Array | null }>();
  for (const [path, bytes] of files) {
    const blocks: Uint8Array[] = [];
    let left = false;
    try {
      // A copy: blocks may be handed on to a thread.
      for await (const block of clean(path, one(Uint8Array.from(bytes)), 'auto')) blocks.push(block.bytes);
    } catch (error) {
      if (!(error instanceof Uncleanable)) throw error;
      left = true;
    }
    cleaned.set(path, { path: name(path), bytes: left ? null : Buffer.concat(blocks) });
  }
  await close();
  return cleaned;
};

/** The cleaned files under their cleaned names. */
export const underNewNames = (
  cleaned: ReadonlyMap<string, { readonly path: string; readonly bytes: Uint8Array | null }>,
): ReadonlyMap<string, Uint8Array> =>
  new Map([...cleaned.values()].map(({ path, bytes }) => [path, bytes ?? new Uint8Array()]));
