import { createHmac, createSecretKey } from 'node:crypto';

/** A keyed function of text: 32 bytes that say nothing of the text to whom the key is unknown. */
export type Keyed = (text: string) => Buffer;

/** HMAC-SHA256 under the key of one bundle. */
export const keyedBy = (key: Uint8Array): Keyed => {
  const secret = createSecretKey(key);
  return (text) => createHmac('sha256', secret).update(text, 'latin1').digest();
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Eight letters and digits, 40 bits: of 10,000 values no two share a mark (odds 1 in 20,000). */
export const mark = (bytes: Uint8Array): string => {
  let [bits, held, text] = [0, 0, ''];
  for (const byte of bytes.subarray(0, 5)) {
    bits = (bits << 8) | byte;
    for (held += 8; held >= 5; held -= 5) text += LETTERS[(bits >>> (held - 5)) & 31];
    bits &= (1 << held) - 1;
  }
  return text;
};

/** Remembers at most this many answers of a function of text; then it begins anew. */
export const remembered = <T>(ask: (text: string) => T, most = 10_000): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const held = known.get(text);
    if (held !== undefined) return held;
    if (known.size >= most) known.clear();
    const answer = ask(text);
    known.set(text, answer);
    return answer;
  };
};
