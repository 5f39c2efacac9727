import { HEAD } from '../redact/forms.ts';

/** The beginning of a file, and all of it again. */
export const begun = async (chunks: AsyncIterable<Uint8Array>) => {
  const first: Uint8Array[] = [];
  let size = 0;
  const rest = chunks[Symbol.asyncIterator]();
  while (size < HEAD) {
    const { done, value } = await rest.next();
    if (done) break;
    first.push(size === 0 && value.length >= HEAD ? value : new Uint8Array(value));
    size += value.length;
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* first.splice(0);
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  };
  return { head: Buffer.concat(first).subarray(0, HEAD), all: all() };
};
