import type { Keyed } from './keyed.ts';
import { prefixKeeping } from './prefix.ts';

/** The four numbers of a dotted address; null for what is none. */
export const readIpv4 = (text: string): readonly number[] | null => {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes = parts.map((part) => (/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  return bytes.every((byte) => byte < 256) ? bytes : null;
};

// Kinds of addresses that a reader tells by sight, with the bits that make the kind: RFC 1918, 6598, 3927.
const KINDS: readonly (readonly [from: number, bits: number])[] = [
  [0x0a000000, 8],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0x64400000, 10],
  [0xa9fe0000, 16],
];
const numberOf = (bytes: readonly number[]) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
const kindOf = (bytes: readonly number[]) =>
  KINDS.find(([from, bits]) => Math.floor(numberOf(bytes) / 2 ** (32 - bits)) === from / 2 ** (32 - bits));

/** Not the address of anybody's machine: this host, loopback, multicast, reserved and broadcast, which netmasks are too. */
const isSpecialIpv4 = ([first = 0]: readonly number[]): boolean => first === 0 || first === 127 || first >= 224;

// The same on every host: the metadata service of clouds, Docker's default bridge, resolvers of the public.
const COMMON =
  /^(?:169\.254\.169\.25[34]|172\.17\.(?:0\.[01]|255\.255)|8\.8\.(?:8\.8|4\.4)|1\.(?:1\.1\.1|0\.0\.1)|9\.9\.9\.9)$/;

/** Addresses that tell nothing of a network, and so stay. */
export const isPlainIpv4 = (bytes: readonly number[]): boolean => isSpecialIpv4(bytes) || COMMON.test(bytes.join('.'));

/** One address for another of its own kind: private stays private, public stays public, and who shared a subnet still does. */
export const ipv4Pseudonyms = (keyed: Keyed) => {
  const moved = prefixKeeping(keyed, 'v4');
  return (bytes: readonly number[]): readonly number[] => {
    const kind = kindOf(bytes);
    if (kind) return moved(bytes, kind[1]);
    // Walks the cycle until it is in public space again: still a bijection, and whole subnets walk together.
    let next = moved(bytes, 0);
    while (isSpecialIpv4(next) || kindOf(next)) next = moved(next, 0);
    return next;
  };
};
