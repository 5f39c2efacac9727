import { isPlainIpv4 } from './ipv4.ts';
import { isPlainIpv6 } from './ipv6.ts';

const pairs = (text: string): readonly number[] => (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
const written = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');

// Words of four bytes, the last byte first, as the kernel of a little machine shows them.
const turned = (bytes: readonly number[]): readonly number[] =>
  Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(4 * at, 4 * at + 4).reverse()).flat();

/** An address in the kernel's hexadecimal for another one; those that tell nothing of a network stay. */
export const hexPseudonym = (
  value: string,
  four: (bytes: readonly number[]) => readonly number[],
  six: (bytes: readonly number[]) => readonly number[],
): string => {
  const bytes = pairs(value);
  const upper = value === value.toUpperCase() && /[A-F]|^\d{8}$/.test(value);
  // Addresses of version 6 are turned in tables of sockets, which have capitals, and are not in those of routes.
  const socket = upper || bytes.length === 4;
  const plain = socket ? turned(bytes) : bytes;
  if (bytes.length === 4 ? isPlainIpv4(plain) : isPlainIpv6(plain)) return value;
  const moved = bytes.length === 4 ? four(plain) : six(plain);
  const text = written(socket ? turned(moved) : moved);
  return upper ? text.toUpperCase() : text;
};
