import type { Put, Rule, RuleName } from '../rule.ts';
import { credentialRule } from '../structure/names.ts';
import { decoded, isBlank, isProse, looksRandom } from '../structure/shapes.ts';

const JWT = /(?<![\w-])eyJ[\w-]{8,4096}\.(?:eyJ)?[\w-]{4,8192}(?:\.[\w-]{0,2048}){0,3}/g;

/** JSON Web Tokens, signed or not, also when their signature is cut off. */
export const jsonWebTokens: Rule = {
  id: 'credential.jwt',
  tier: 'credential',
  kind: 'token',
  triggers: ['eyJ[a-z0-9_-]{8}'],
  apply: (text, put) => text.replace(JWT, (token) => put(credentialRule('token'), token)),
};

// What issuers begin their keys with, so that a scanner finds them.
const KNOWN = [
  '(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  'hv[sbr]\\.[\\w-]{20,400}',
  's\\.[A-Za-z0-9]{24}(?![\\w.])',
  'xox[abeoprs]-[\\w-]{10,300}',
  'xapp-\\d-[\\w-]{10,300}',
  'gh[opsur]_[A-Za-z0-9]{20,255}',
  'github_pat_\\w{20,255}',
  'gl(?:pat|dt|rt|ptt|cbt|soat)-[\\w.-]{16,255}',
  '[srp]k_(?:live|test)_[A-Za-z0-9]{10,255}',
  'whsec_[A-Za-z0-9+/=]{16,255}',
  'AIza[\\w-]{30,60}',
  'ya29\\.[\\w.-]{20,2048}',
  'GOCSPX-[\\w-]{20,60}',
  '1//0[\\w-]{30,200}',
  'EAA[A-Za-z0-9]{16,1024}',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,128}',
  'key-[0-9a-f]{32}(?![0-9a-f])',
  'npm_[A-Za-z0-9]{30,60}',
  'pypi-[\\w-]{30,400}',
  'dckr_(?:pat|oat)_[\\w-]{16,100}',
  'do[opr]_v1_[0-9a-f]{40,80}',
  'shp(?:at|ca|pa|ss)_[0-9a-zA-Z]{32,64}',
  'gsk_[A-Za-z0-9]{40,60}',
  'dapi[0-9a-fA-F]{32}(?:-\\d)?',
  'figd_[\\w-]{40,200}',
  'glc_[A-Za-z0-9+/=]{32,400}',
  'ops_ey[A-Za-z0-9+/=]{100,1300}',
  'vc[piark]_[A-Za-z0-9]{20,60}',
  'cf(?:k|ut|at)_[A-Za-z0-9]{48}',
  'tskey-[a-z]{2,20}-[\\w-]{16,100}',
  'hf_[A-Za-z0-9]{20,60}',
  'sk-(?:proj-|ant-)?[\\w-]{20,300}',
  'glsa_\\w{20,80}',
  'eyJrIjoi[\\w=-]{20,400}',
  'sntry[us]_[\\w+/=-]{20,400}',
  'NRAK-[A-Z0-9]{20,60}',
  'AGE-SECRET-KEY-1[A-Z0-9]{40,80}',
  'sq0(?:atp|csp|idp)-[\\w-]{20,60}',
  'PMAK-[\\w-]{20,100}',
  'ATATT3[\\w=-]{20,300}',
  'rubygems_[0-9a-f]{40,60}',
  'ntn_\\w{30,60}',
  'lin_api_\\w{30,60}',
  'SK[0-9a-f]{32}(?![0-9a-f])',
];
const PREFIXED = new RegExp(`(?<![A-Za-z0-9_/+.-])(?:${KNOWN.join('|')})`, 'g');

/** Keys that their issuer has marked by how they begin. */
export const markedKeys: Rule = {
  id: 'credential.marked-key',
  tier: 'credential',
  kind: 'key',
  triggers: ['A[KSBCRI][IC][AD][A-Z0-9]{16}', 'hv[sbr]\\.', 's\\.[a-z0-9]{24}', 'xox[a-z]-', 'xapp-', 'gh[opsur]_', 'github_pat_', 'gl[a-z]{2,4}-', 'k_live_', 'k_test_', 'whsec_', 'AIza', 'ya29\\.', 'GOCSPX-', '1//0', 'EAA[a-z0-9]{16}', 'SG\\.', 'key-[0-9a-f]{32}', 'npm_', 'pypi-', 'dckr_', 'do[opr]_v1_', 'shp[a-z]{2}_', 'gsk_', 'dapi[0-9a-f]{8}', 'figd_', 'glc_', 'ops_ey', 'vc[piark]_', 'cfk_', 'cfut_', 'cfat_', 'tskey-', 'hf_[a-z0-9]{20}', 'sk-[a-z0-9_-]{20}', 'glsa_', 'eyJrIjoi', 'sntry[us]_', 'NRAK-', 'AGE-SECRET', 'sq0[a-z]{3}-', 'PMAK-', 'ATATT3', 'rubygems_', 'ntn_', 'lin_api_', 'SK[0-9a-f]{32}'],
  apply: (text, put) => text.replace(PREFIXED, (key) => put(credentialRule('key'), key)),
};

const HASHES = [
  '\\$2[abxy]?\\$\\d{2}\\$[./A-Za-z0-9]{20,60}',
  '\\$(?:1|5|6|7|y|gy|md5|apr1|P|H|sha1|S|argon2(?:id|i|d)|scrypt|pbkdf2[\\w-]{0,20}|bcrypt[\\w-]{0,20}|A|8|9)\\$[^\\s"\'`,;:]{8,400}',
  '(?:pbkdf2|scram|argon2|bcrypt|scrypt)[\\w-]{0,20}\\$[^\\s"\'`,;]{8,400}',
  'SCRAM-SHA-(?:1|256)\\$[^\\s"\'`,;]{8,300}',
  '\\{(?:S?SHA\\d{0,3}|S?MD5|CRYPT|PBKDF2[\\w-]{0,12}|ARGON2)\\}[A-Za-z0-9+/=$.,]{8,300}',
  '(?<=[\'"=:\\s])\\*[0-9A-F]{40}(?![0-9A-Fa-f])',
  '(?<=[\'"])md5[0-9a-f]{32}(?![0-9a-f])',
];
const HASHED = new RegExp(`(?<![A-Za-z0-9])(?:${HASHES.join('|')})`, 'g');

/** Passwords hashed for storage: crypt, bcrypt, Argon2, PBKDF2, SCRAM, LDAP, MySQL, PostgreSQL. */
export const passwordHashes: Rule = {
  id: 'credential.password-hash',
  tier: 'credential',
  kind: 'password-hash',
  triggers: ['\\$[a-z0-9-]{1,20}\\$', 'SCRAM-SHA-', '\\{[a-z0-9-]{3,20}\\}[a-z0-9+/]{8}', '\\*[0-9A-F]{40}', 'md5[0-9a-f]{32}'],
  apply: (text, put) => text.replace(HASHED, (hash) => put(credentialRule('password-hash'), hash)),
};

const SCHEMED = /(?<![\w-])(Basic|Bearer|Token|ApiKey)((?:\s|%20|\+){1,3}|: ?)([A-Za-z0-9+/=._~%-]{6,8192})/gi;
const PROSED =
  /(?<![\w-])((?:pass(?:word|wd|phrase|code)?|mot de passe|clave|contrase(?:n|\xf1|\xc3\xb1)a|passwort|kennwort|wachtwoord|parola|senha|pwd|secret|token|api[ _-]?key|credentials?|pin|otp|(?:sms|verification|confirmation|security|login|activation|registration|two.step|2fa)[ -](?:code|pin))(?: (?:is|was|are|set to|changed to|reset to|now|code|of|for [\w@.-]{1,40}|value|to|used|given|received|sent|with|equals))?(?:\x1b\[[\d;]{0,9}m)?[ :=]{1,4})(["'`(]?)([^\s"'`,;()<>\x1b]{4,256})/gi;

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
  return secret.length >= 7 && mixed >= 3 && !/^(?:v?\d+(?:[.,]\d+){0,9}[A-Za-z]{0,3}|\d{4}-\d\d-\d\d.*)$/.test(secret);
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
  triggers: ['basic[ %+:]', 'bearer[ %+:]', 'token[ %+:]', 'apikey[ %+:]', 'pass[a-z]{0,8}[ :=\\x1b]'.replace('\\x1b', ''), 'pwd ', 'mot de passe', 'clave', 'contrase', 'wachtwoord', 'parola', 'secret ', 'api[ _-]?key', 'credential', 'pin[ :=]', 'otp', '[a-z][ -]code', 'two.step'.replace('.', '[ -]')],
  apply: (text, put: Put) =>
    text
      .replace(SCHEMED, (whole, scheme: string, gap: string, secret: string) =>
        basic(scheme, secret) ? scheme + gap + put(credentialRule('auth'), secret) : whole,
      )
      .replace(PROSED, (whole, subject: string, quote: string, secret: string) =>
        told(subject, secret.replace(/[.!)]+$/, '')) ? subject + quote + put(kindOf(subject), secret.replace(/[.!)]+$/, '')) + (/[.!)]+$/.exec(secret)?.[0] ?? '') : whole,
      ),
};
