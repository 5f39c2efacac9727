import {
  ADDRESS,
  AFTER,
  BODY,
  CODE_OF,
  HELD_TEXT,
  HOLDS_TEXT,
  HOST,
  KEY_OF,
  KEYED,
  MAYBE_PHONE,
  PASSWORD,
  PERSON,
  PERSON_OF,
  PHONE,
  SECRET,
  SESSION,
  TOKEN,
} from './vocabulary.ts';

// Letters of Latin-1, in one byte or in the two of UTF-8, without their accents.
const ACCENTED = /\xc3[\x80-\xbf]|[\xe0-\xff]/g;
const PLAIN: Readonly<Record<string, string>> = Object.fromEntries(
  [...'aaaaaaaceeeeiiiidnooooo/ouuuuytsy'.slice(0, 32)].flatMap((plain, at) => [
    [String.fromCharCode(0xa0 + at), plain],
    [String.fromCharCode(0xe0 + at), plain],
  ]),
);

/** The words of a name, lower case: `WA_DB_PASSWORD`, `two-factor-pin`, `secretAccessKey`, `D360-API-KEY`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .slice(-120)
    .replace(ACCENTED, (letter) => PLAIN[letter.at(-1) ?? ''] ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** A name without what an option, a property of Java (`-Dx`) or a variable begins with. */
export const bareName = (name: string): string => name.replace(/^(?:-D(?=[a-z])|[-@$]{1,2})/, '');

/** What a value is by the name it stands behind; null where a name tells nothing. */
export type Meaning =
  | {
      readonly is: 'credential';
      /** What a label says. */ readonly kind: string;
      /** Whether any value is meant, or only one that looks like a key. */ readonly certain: boolean;
    }
  | {
      readonly is:
        | 'cookies'
        | 'authorization'
        | 'body'
        | 'maybe-body'
        | 'person'
        | 'maybe-person'
        | 'address'
        | 'host'
        | 'phone'
        | 'maybe-phone'
        | 'code';
    };

const credential = (kind: string, certain = true): Meaning => ({ is: 'credential', kind, certain });

const byNoun = (words: readonly string[]): Meaning | null => {
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (last === 'authorization') return { is: 'authorization' };
  if ((last === 'cookie' || last === 'cookies') && before !== 'in') return { is: 'cookies' };
  if (PASSWORD.test(last) || (before === 'pass' && /^(?:word|phrase|code)s?$/.test(last)))
    return credential('password');
  if (last === 'pass' || last === 'pw' || last === 'passin' || last === 'passout')
    return credential('password', words.length > 1);
  if (/^(?:hash|digest|salt)$/.test(last) && words.some((word) => PASSWORD.test(word) || word === 'pass'))
    return credential('password');
  if (SECRET.test(last)) return credential('secret');
  if (TOKEN.test(last)) return credential('token');
  if (KEYED.test(last)) return credential('key');
  if (last === 'id' && before === 'key' && words.at(-3) === 'access') return credential('key');
  if (last === 'id' && before === 'secret') return credential('secret');
  if (last === 'key' || last === 'keys')
    return /^(?:public|primary|foreign|partition|sort|cache|routing|unique|index|dup|duplicate|idempotency|message)$/.test(
      before,
    )
      ? null
      : credential('key', KEY_OF.has(before));
  if (/^(?:pins?|otp|totp|otpcode|pincode|passkey)$/.test(last)) return credential('pin');
  if (last === 'code' || last === 'codes') return CODE_OF.has(before) ? credential('code') : { is: 'code' };
  if (SESSION.test(last) || (last === 'id' && before === 'session')) return credential('session', false);
  if (last === 'auth' || last === 'signature' || last === 'sig')
    return credential(last === 'auth' ? 'auth' : 'signature', false);
  if (last === 'cert' || (last === 'certificate' && words.length === 1)) return credential('certificate', false);
  return null;
};

const personal = (words: readonly string[], parent: string): Meaning | null => {
  const whole = words.join('');
  const last = words.at(-1) ?? '';
  const two = words.slice(-2).join('');
  if (PHONE.test(last) || PHONE.test(two) || PHONE.test(whole)) return { is: 'phone' };
  if (last === 'name' && (PERSON.test(two) || (words.length === 1 && PERSON_OF.has(parent)))) return { is: 'person' };
  if (PERSON.test(whole) || PERSON.test(two)) return { is: 'person' };
  if (HELD_TEXT.test(whole) && HOLDS_TEXT.test(parent)) return { is: 'body' };
  if (whole === 'name' && /^(?:nodes?|host|machine|server|instance)$/.test(parent)) return { is: 'host' };
  if (
    /^(?:first|last|given|family|middle)$/.test(whole) &&
    /^(?:user|customer|contact|name|person|recipient|sender|profile|patient)$/.test(parent)
  )
    return { is: 'person' };
  if (whole === 'name') return { is: 'maybe-person' };
  if (whole === 'message' || whole === 'msg') return { is: 'maybe-body' };
  if (BODY.test(whole) || BODY.test(two)) return { is: 'body' };
  if (ADDRESS.test(whole) || ADDRESS.test(two)) return { is: 'address' };
  if (MAYBE_PHONE.test(whole) || MAYBE_PHONE.test(last) || MAYBE_PHONE.test(two)) return { is: 'maybe-phone' };
  return HOST.test(whole) || HOST.test(last) || HOST.test(two) ? { is: 'host' } : null;
};

const NOT_AFTER =
  /^(?:policy|history|length|len|age|expiry|expires|expired|expiration|count|counts|file|files|path|dir|url|uri|endpoint|type|size|limit|ttl|timeout|min|max|bucket|bits|rounds|enabled|required|attempts|retries|name|names|id|ids|version|algorithm|method|mode|plugin|error|errors|time|at|date|days|hours|minutes|seconds|secs|ms|set|changed|strength|rotation|interval|lifetime|field|column|header|label|format|status|total|used|usage|number|num|hint|reuse|complexity|prefix|provider|source|store|manager|service|class|ref|arn|stdin|fd)$/;

const think = (words: readonly string[], parent: string): Meaning | null => {
  const end = words.findLastIndex((word) => !AFTER.has(word) && !/^\d{1,3}$/.test(word));
  const noun = words.slice(0, end + 1).map((word) => word.replace(/(?<=[a-z]{2})\d{1,2}$/, ''));
  const named = byNoun(noun) ?? personal(words, parent);
  if (named || NOT_AFTER.test(noun.at(-1) ?? '')) return named;
  // PASSWORD_FOR_DB, TOKEN_FACEBOOK: the noun comes first.
  return noun.some((word) => PASSWORD.test(word) || SECRET.test(word) || TOKEN.test(word) || word === 'pass')
    ? credential('secret', false)
    : null;
};

// The noun of what holds a value; a volume called `whatsappMedia` holds no text of a message.
const holderOf = (words: readonly string[]): string =>
  words.length > 1 && HOLDS_TEXT.test(words.at(-1) ?? '') && !OF_MESSAGE.test(words.at(-2) ?? '')
    ? ''
    : (words.at(-1) ?? '');
const OF_MESSAGE =
  /^(?:quick|button|list|nfm|product|header|body|footer|order|message|flow|template|localizable|reply)$/;

const known = new Map<string, Meaning | null>();

/** What a name, and the name of what holds it, say of a value. */
export const meaningOf = (name: string, parent = ''): Meaning | null => {
  const asked = `${parent}\n${name}`;
  const held = known.get(asked);
  if (held !== undefined) return held;
  if (known.size > 20_000) known.clear();
  const meaning = name.length > 200 ? null : think(wordsOf(name), holderOf(wordsOf(parent)));
  known.set(asked, meaning);
  return meaning;
};
