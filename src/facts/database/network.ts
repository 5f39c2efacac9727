/** Where an address lies, as far as its number tells. */
export type NetworkPosition = 'socket' | 'loopback' | 'private' | 'public' | 'unknown';

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
/** IPv4 within IPv6, as every IPv6 address is spelt in the end: "::ffff:a00:1". */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** An address in its one spelling: lower case, shortest, without brackets and scope, IPv4 where it is IPv4 within IPv6. */
const spelling = (address: string): string => {
  const plain = address
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
  const url = plain.includes(':') && URL.canParse(`http://[${plain}]`) ? new URL(`http://[${plain}]`) : null;
  const shortest = url?.hostname.slice(1, -1) ?? plain;
  const mapped = MAPPED.exec(shortest)
    ?.slice(1)
    .map((half) => Number.parseInt(half, 16));
  return mapped ? mapped.flatMap((half) => [half >> 8, half & 255]).join('.') : shortest;
};

/** One address by the ranges of RFC 1122, 1918, 3927, 6598, 3879, 4193 and 4291; `unknown` where it is a name. */
export const addressPosition = (address: string): NetworkPosition => {
  const plain = spelling(address);
  if (/^localhost\.?$/.test(plain)) return 'loopback';
  const v4 = V4.exec(plain);
  if (v4) {
    const [a = 0, b = 0] = v4.slice(1).map(Number);
    if (a === 127 || a === 0) return 'loopback';
    const inner =
      a === 10 ||
      (a === 172 && b >= 16 && b <= 31) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b <= 127);
    return inner ? 'private' : 'public';
  }
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/.test(plain)) return 'unknown';
  if (plain === '::' || plain === '::1') return 'loopback';
  return /^(f[cd][0-9a-f]{2}|fe[89a-f][0-9a-f]):/.test(plain) ? 'private' : 'public';
};

const ORDER: readonly NetworkPosition[] = ['loopback', 'private', 'unknown', 'public'];

/** The farthest position of a target: by its socket, by the address that was connected to, else by all that are known. */
export const networkPosition = (target: {
  readonly socket: string | null;
  readonly address: string | null;
  readonly addresses: readonly string[];
  readonly host: string;
}): NetworkPosition => {
  if (target.socket !== null) return 'socket';
  const known = target.address === null ? target.addresses : [target.address];
  const positions = (known.length > 0 ? known : [target.host]).map(addressPosition);
  return ORDER.findLast((position) => positions.includes(position)) ?? 'unknown';
};

/** Whether two are one address, however they are spelt. */
export const sameAddress = (one: string, other: string): boolean => spelling(one) === spelling(other);
