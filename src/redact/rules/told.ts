import type { Put, Rule, RuleName } from '../rule.ts';
import { credentialRule } from '../structure/names.ts';
import { decoded, isBlank, isProse, isScrambled, looksRandom } from '../structure/shapes.ts';

const SCHEMED =
  /(?:(?<![\w-])|(?<=%20|%3A))(Basic|Bearer|Token|ApiKey)((?:\s|%20|\+){1,3}|: ?)([A-Za-z0-9+/=._~%-]{6,8192})/gi;
const PROSED =
  /(?<![\w-])((?:pass(?:word|wd|phrase|code)?|mot de passe|clave|contrase(?:n|\xf1|\xc3\xb1)a|passwort|kennwort|wachtwoord|parola|senha|pwd|secret|token|api[ _-]?key|credentials?|pin|otp|(?:sms|verification|confirmation|security|login|activation|registration|two.step|2fa)[ -](?:code|pin))(?: (?:is|was|are|lautet|ist|es|est|\xc3\xa9|->|=>|set to|changed to|reset to|now|code|of|for [\w@.-]{1,40}|value|to|used|given|received|sent|with|equals)){0,3}[ :=]{1,4})(["'`(]?)([^\s"'`,;()<>]{4,256})/gi;

// `new session 9f86...`, `token mismatch: got x`: what stands there can be nothing but a key.
const SHOWN =
  /((?<![\w-])(?:session(?: id)?|(?:token|secret|password|key|signature)[a-z ]{0,24}[:,]? (?:got|received|expected|was)) ["'`(]?)([A-Za-z0-9_+/=.~-]{8,512})(?![\w(])/gi;
// `482913 is your code`, `use 482913 as your login code`.
const SENT =
  /(?<![\w.:/-])(\d{3}[- ]\d{3}|\d{4,8})(?=,? (?:is|as|to be) (?:your|the|my) (?:[\w-]{1,20} ){0,3}(?:code|pin|otp|passcode)\b)/gi;

const bytes = (text: string): string => Buffer.from(text).toString('latin1');
// The word for it in languages of other letters.
const FOREIGN = 'пароль,密码,密碼,パスワード,รหัสผ่าน,şifre,hasło,mật khẩu,kata sandi,비밀번호,كلمة المرور,पासवर्ड'
  .split(',')
  .map(bytes);
const FOREIGN_TOLD = new RegExp(`((?:${FOREIGN.join('|')})(?:[ :=]|${bytes('：')}){1,4}["'(]?)([!-~]{6,256})`, 'gi');

const basic = (scheme: string, secret: string): boolean => {
  if (isBlank(secret) || isProse(secret)) return false;
  if (/^basic$/i.test(scheme)) return secret.length >= 8 && /:/.test(decoded(secret.replace(/%3D/gi, '=')) ?? '');
  return /^bearer$/i.test(scheme) ? looksRandom(secret, 8) || secret.length >= 20 : looksRandom(secret, 16);
};

// A sentence that tells a secret: only what looks like one, or digits behind PIN and code.
const told = (subject: string, secret: string): boolean => {
  const digits = /pin|otp|code/i.test(subject);
  if (isBlank(secret) || isProse(secret)) return false;
  if (digits) return /^\d{4,8}[.!]?$|^\d{3}-\d{3}[.!]?$/.test(secret) && !/(?:error|exit|status|http)/i.test(subject);
  const mixed = [/[a-z]/, /[A-Z]/, /\d/, /[^\w./:-]/].filter((kind) => kind.test(secret)).length;
  if (isScrambled(secret, 8)) return true;
  // Letters alone whose case changes as in no word: `bTylSEIsJzD`, not `MyPassword`.
  const tossed = (secret.match(/[a-z](?=[A-Z])/g)?.length ?? 0) >= 2 && /[A-Z]{2}/.test(secret);
  return (
    secret.length >= 7 &&
    (mixed >= 3 || tossed) &&
    !/^(?:v?\d+(?:[.,]\d+){0,9}[A-Za-z]{0,3}|\d{4}-\d\d-\d\d.*)$/.test(secret)
  );
};

const kindOf = (subject: string): RuleName => {
  if (/pin|otp/i.test(subject)) return credentialRule('pin');
  if (/code/i.test(subject)) return credentialRule('code');
  return credentialRule(/token/i.test(subject) ? 'token' : 'password');
};

/** `Basic x` and `Bearer x` wherever they stand, and sentences that tell a secret: `password is x`, `sms code 123456`. */
export const toldSecrets: Rule = {
  id: 'credential.told',
  tier: 'credential',
  kind: 'secret',
  triggers: [
    ...FOREIGN,
    'basic[ %+:]',
    'session [a-z0-9_.=-]{20}',
    'session id [a-z0-9_.=-]{20}',
    '[a-z:,] got ["a-z0-9]',
    '[a-z:,] expected ["a-z0-9]',
    '[a-z:,] received ["a-z0-9]',
    '[0-9],? is your ',
    '[0-9],? is the ',
    '[0-9],? is my ',
    '[0-9],? as your ',
    '[0-9],? as the ',
    'bearer[ %+:]',
    'token[ %+:=]',
    'apikey[ %+:]',
    'pass[a-z]{0,8}[ :=]',
    'pwd[ :=]',
    'mot de passe',
    'clave',
    'contrase',
    'wachtwoord',
    'parola',
    'secret[ :=]',
    'api[ _-]?key',
    'credential',
    'pin[ :=]',
    'otp',
    '[a-z][ -]code',
    'two[ -]step',
    'passwort',
    'kennwort',
    'senha',
  ],
  apply: (text, put: Put) =>
    text
      .replace(FOREIGN_TOLD, (whole, lead: string, secret: string) => {
        const kept = secret.replace(/[.,;!)"']+$/, '');
        return isBlank(kept) || /^[a-z]+$/i.test(kept)
          ? whole
          : lead + put(credentialRule('password'), kept) + secret.slice(kept.length);
      })
      .replace(SENT, (code) => put(credentialRule('code'), code))
      .replace(SHOWN, (whole, lead: string, secret: string) =>
        looksRandom(secret, /session/i.test(lead) ? 20 : 10) && /[a-z]/.test(secret.replace(/^[0-9a-f]{1,19}$/i, ''))
          ? lead + put(credentialRule(/session/i.test(lead) ? 'session' : 'token'), secret)
          : whole,
      )
      .replace(SCHEMED, (whole, scheme: string, gap: string, secret: string) =>
        basic(scheme, secret) ? scheme + gap + put(credentialRule('auth'), secret) : whole,
      )
      .replace(PROSED, (whole, subject: string, quote: string, secret: string) =>
        told(subject, secret.replace(/[.!)]+$/, ''))
          ? subject + quote + put(kindOf(subject), secret.replace(/[.!)]+$/, '')) + (/[.!)]+$/.exec(secret)?.[0] ?? '')
          : whole,
      ),
};
