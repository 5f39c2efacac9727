import { type Keyed, remembered } from './keyed.ts';

// Of one prefix, 256 bits: one for each node of the tree of the eight bits that follow it.
const treeOf = (keyed: Keyed) => remembered((prefix: string) => keyed(`prefix/${prefix}`));

/**
 * A keyed bijection over addresses of one length that keeps prefixes: two addresses share exactly as many leading bits after as before
 * (Crypto-PAn, Xu and others 2002, with HMAC in place of AES). The first `fixed` bits stay as they are.
 */
export const prefixKeeping = (keyed: Keyed, family: string) => {
  const tree = treeOf(keyed);
  return (bytes: readonly number[], fixed: number): readonly number[] =>
    bytes.map((byte, at) => {
      const nodes = tree(`${family}/${bytes.slice(0, at).join('.')}`);
      let [node, out] = [1, 0];
      for (let bit = 0; bit < 8; bit += 1) {
        const set = (byte >>> (7 - bit)) & 1;
        const flip = at * 8 + bit < fixed ? 0 : ((nodes[node >>> 3] ?? 0) >>> (node & 7)) & 1;
        out = (out << 1) | (set ^ flip);
        node = (node << 1) | set;
      }
      return out;
    });
};
