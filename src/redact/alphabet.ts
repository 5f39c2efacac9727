import type { Place } from './trigger.ts';

const NEWLINE = 10;

/**
 * Bytes that no trigger tells apart have one entry in a row: 60 instead of 256, so that the rows of a usual log stay near the
 * processor. `shift` is the width of a row, as a power of two.
 */
export const alphabetOf = (places: readonly Place[]) => {
  const classOf = new Uint8Array(256);
  classOf[NEWLINE] = 1;
  let count = 2;
  const seen = new Set<string>();
  for (const { bytes } of places) {
    const key = Buffer.from(bytes).toString('latin1');
    if (seen.has(key)) continue;
    seen.add(key);
    const parted = new Map<number, number>();
    const before = new Set(classOf.filter((_, byte) => bytes[byte] !== 1));
    for (let byte = 0; byte < 256; byte += 1) {
      const held = classOf[byte] ?? 0;
      if (bytes[byte] !== 1 || !before.has(held)) continue;
      const fresh = parted.get(held) ?? count;
      if (!parted.has(held)) count += 1;
      parted.set(held, fresh);
      classOf[byte] = fresh;
    }
  }
  return { classOf, shift: Math.ceil(Math.log2(count)) };
};
