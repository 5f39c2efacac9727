// UTF-16: read as UTF-8 before it is cleaned, and written as it was after that. A mark at its beginning is kept.

/** Chunks of UTF-16 as UTF-8, one for one. */
export const narrowed = async function* (
  chunks: AsyncIterable<Uint8Array>,
  wide: 'le' | 'be',
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(`utf-16${wide}`, { ignoreBOM: true });
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
};

/** UTF-8 as UTF-16. */
export const widened = (bytes: Buffer, wide: 'le' | 'be'): Buffer => {
  const wider = Buffer.from(bytes.toString('utf8'), 'utf16le');
  return wide === 'le' ? wider : wider.swap16();
};
