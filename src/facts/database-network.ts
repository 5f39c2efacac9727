/** Where an address lies, as far as its number tells. */
export type NetworkPosition = 'socket' | 'loopback' | 'private' | 'public' | 'unknown';

const V4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i;

/** One address by the ranges of RFC 1122, 1918, 3927, 6598, 4193 and 4291; `unknown` where it is a name. */
export const addressPosition = (address: string): NetworkPosition => {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (/^localhost\.?$/i.test(plain)) return 'loopback';
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
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(plain)) return 'unknown';
  if (/^(0{0,4}:){2,7}0{0,3}1?$/.test(plain)) return 'loopback';
  return /^(f[cd]|fe[89ab])/i.test(plain) ? 'private' : 'public';
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

/** Two spellings of one address: upper case, brackets, scope and the v4-in-v6 prefix take no part. */
export const sameAddress = (one: string, other: string): boolean => spelling(one) === spelling(other);

const spelling = (address: string): string =>
  address
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
