import { endianness } from 'node:os';

// The kernel tells its routes in hexadecimal, which nobody reads and no redactor knows for addresses.

const bytesOf = (hex: string): readonly number[] => [...Buffer.from(hex, 'hex')];

/** Four bytes as the kernel prints them: in the order of this machine. */
const dotted = (hex: string): string => {
  const bytes = bytesOf(hex);
  return (endianness() === 'LE' ? bytes.toReversed() : bytes).join('.');
};

const colons = (hex: string): string => (hex.match(/.{4}/g) ?? []).join(':');

/** Its columns of destination, gateway and mask. */
const ADDRESSES = new Set([1, 2, 7]);

/** `/proc/net/route` with its addresses and masks as people write them. */
export const routeWords = (text: string): string =>
  text.replace(/^.+$/gm, (line) =>
    line
      .trimEnd()
      .split('\t')
      .map((held, column) => (ADDRESSES.has(column) && /^[0-9A-F]{8}$/.test(held) ? dotted(held) : held))
      .join('\t'),
  );

/** `/proc/net/ipv6_route` likewise: destination, source and the next hop, each with the length of its prefix. */
export const routeWordsIpv6 = (text: string): string => text.replace(/\b[0-9a-f]{32}\b/g, (hex) => colons(hex));
