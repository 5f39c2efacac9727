import { readIpv4 } from './ipv4.ts';
import type { Keyed } from './keyed.ts';
import { prefixKeeping } from './prefix.ts';

const groupsOf = (text: string): readonly number[] | null => {
  const groups = text === '' ? [] : text.split(':');
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
};

/** The sixteen bytes of an address without a zone; null for what is none. */
export const readIpv6 = (text: string): readonly number[] | null => {
  const dotted = text.includes('.') ? text.slice(text.lastIndexOf(':') + 1) : '';
  const last = dotted ? readIpv4(dotted) : null;
  if (dotted && !last) return null;
  const [a = 0, b = 0, c = 0, d = 0] = last ?? [];
  const tail = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const whole = last ? text.slice(0, -dotted.length) + tail : text;
  const halves = whole.split('::');
  if (halves.length > 2) return null;
  const [head, rest] = halves.map(groupsOf);
  if (!head || rest === null) return null;
  const missing = 8 - head.length - (rest?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<number>(missing).fill(0), ...(rest ?? [])];
  return groups.flatMap((group) => [group >>> 8, group & 255]);
};

/** As RFC 5952 writes it: the longest run of zeros is `::`. */
export const writeIpv6 = (bytes: readonly number[]): string => {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
  let [best, long] = [-1, 1];
  for (let at = 0; at < 8; at += 1) {
    let end = at;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - at > long) [best, long] = [at, end - at];
  }
  const words = groups.map((group) => group.toString(16));
  return best < 0 ? words.join(':') : `${words.slice(0, best).join(':')}::${words.slice(best + long).join(':')}`;
};

/** An IPv4 address inside an IPv6 one: the first twelve bytes are all there is of its own. */
export const isMappedIpv4 = (bytes: readonly number[]): boolean =>
  bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;

/** Unspecified, loopback, groups that every host joins (ff00::/8), and the link-local network itself (fe80::). */
export const isPlainIpv6 = (bytes: readonly number[]): boolean =>
  bytes[0] === 255 ||
  (bytes[0] === 0xfe && bytes[1] === 0x80 && bytes.slice(2).every((byte) => byte === 0)) ||
  (bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1);

/** One address for another of its own kind; of a link-local one the prefix stays, and subnets stay subnets. */
export const ipv6Pseudonyms = (keyed: Keyed) => {
  const moved = prefixKeeping(keyed, 'v6');
  return (bytes: readonly number[]): readonly number[] => {
    const [first = 0, second = 0] = bytes;
    if (first === 0xfe && second >= 0x80 && second < 0xc0) return moved(bytes, 64);
    return moved(bytes, first >= 0xfc ? 8 : 3);
  };
};
