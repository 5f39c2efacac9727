import { ALNUM, BASE64, DIGITS, type Draw, HEX } from './draw.ts';
import type { Ledger, Way } from './planted.ts';
import { word } from './words.ts';

/** The text of a key between its two marker lines, one array item a line, with what finds it again. */
const keyText = (draw: Draw, rows: number): { readonly lines: string[]; readonly needles: string[] } => {
  const lines = Array.from({ length: rows }, () => draw.chars(64, BASE64));
  lines.push(`${draw.chars(28, BASE64)}==`);
  const at = (row: number, count: number) => (lines[row] ?? '').slice(0, count);
  return { lines, needles: [at(0, 40), at(Math.floor(rows / 2), 40), at(rows, 20)] };
};

/** Makers of credentials: each plants its value for a file and gives back the text to write. */
export const credentialsOf = (draw: Draw, book: Ledger, file: string) => {
  const plant = (name: string, canary: string, way?: Way) => book.secret(file, name, canary, way);
  const fresh = (count: number, alphabet: string) => book.fresh(() => draw.chars(count, alphabet));
  const password = (name: string, marks = '', way?: Way): string => {
    const kind = marks === '' ? 0 : draw.below(3);
    const value = book.fresh(() => {
      if (kind === 1)
        return `${draw.pick(['Winter', 'Monsoon', 'Diwali', 'Corp'])}${draw.pick([...marks])}${draw.between(2019, 2026)}${draw.chars(6, ALNUM)}`;
      const plain = draw.chars(draw.between(11, 22), ALNUM);
      if (kind === 0) return plain;
      return `${plain.slice(0, 5)}${draw.pick([...marks])}${plain.slice(5, 9)}${draw.pick([...marks])}${plain.slice(9)}`;
    });
    return plant(name, value, way);
  };
  return {
    plant,
    fresh,
    password,
    /** Four made-up words with blanks between: only where a whole value is quoted or fills its line. */
    phrase: (name: string) => plant(name, [1, 2, 3, 4].map(() => book.fresh(() => word(draw))).join(' ')),
    token: (name: string, count: number, alphabet = ALNUM, way?: Way) => plant(name, fresh(count, alphabet), way),
    prefixed: (name: string, prefix: string, count: number, alphabet = ALNUM, way?: Way) =>
      plant(name, `${prefix}${fresh(count, alphabet)}`, way),
    pin: (name: string, way?: Way) =>
      plant(
        name,
        book.fresh(() => `${draw.between(1, 9)}${draw.chars(5, DIGITS)}`),
        { match: 'digits', ...way },
      ),
    jwt(way?: Way) {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const from = draw.between(1_600_000_000, 1_790_000_000);
      const rand = fresh(32, HEX);
      const payload = part({
        user: draw.pick(['admin', 'ops', 'svc']),
        iat: from,
        exp: from + 604800,
        'wa:rand': rand,
      });
      const sign = fresh(43, `${ALNUM}_-`);
      const head = part({ alg: draw.pick(['HS256', 'RS256', 'ES384']), typ: 'JWT' });
      return plant('jwt_bearer', `${head}.${payload}.${sign}`, { needles: [payload.slice(-50), sign], ...way });
    },
    basic(user: string, name = 'basic_auth', way?: Way) {
      const value = fresh(19, ALNUM);
      const whole = Buffer.from(`${user}:${value}`).toString('base64').replaceAll('=', '');
      plant(name, value, { needles: [value, whole.slice(-21, -1)], encoding: 'base64', ...way });
      return Buffer.from(`${user}:${value}`).toString('base64');
    },
    /** A key with its marker lines, joined by what ends a line where it stands. */
    key(name: string, kind: string, end = '\n', way?: Way) {
      const { lines, needles } = keyText(draw, draw.between(4, 9));
      plant(name, `${kind.slice(0, 3) || 'PKC'}:${lines[0]?.slice(0, 10)}`, {
        needles,
        encoding: 'multi_line',
        ...way,
      });
      const mark = kind === '' ? '' : `${kind} `;
      const tail = kind === 'PGP' ? 'PRIVATE KEY BLOCK' : 'PRIVATE KEY';
      return [`-----BEGIN ${mark}${tail}-----`, ...lines, `-----END ${mark}${tail}-----`].join(end);
    },
    /** A long base64 text that is a secret as a whole. */
    blob(name: string, count: number) {
      const value = fresh(count, BASE64);
      return plant(name, value, { needles: [value.slice(20, 70), value.slice(-60, -10)] });
    },
    hash(kind: 'bcrypt' | 'sha512' | 'argon' | 'apr1' | 'mysql' | 'scram' | 'pbkdf2') {
      const text = (count: number) => fresh(count, ALNUM);
      const made = {
        bcrypt: () => `$2${draw.pick(['a', 'b', 'y'])}$${draw.between(10, 13)}$${text(53)}`,
        sha512: () => `$6$${text(12)}$${text(86)}`,
        argon: () => `$argon2id$v=19$m=65536,t=3,p=4$${text(22)}$${text(43)}`,
        apr1: () => `$apr1$${text(8)}$${text(22)}`,
        mysql: () => `*${fresh(40, '0123456789ABCDEF')}`,
        scram: () => `SCRAM-SHA-256$4096:${text(22)}==$${text(43)}=:${text(43)}=`,
        pbkdf2: () => `pbkdf2_sha256$260000$${text(22)}$${text(43)}=`,
      }[kind]();
      return plant('password_hash', made, { needles: [made.slice(0, 40), made.slice(-18, -1)] });
    },
  };
};
