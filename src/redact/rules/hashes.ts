import type { Rule } from '../rule.ts';
import { credentialRule } from '../structure/names.ts';

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
  triggers: [
    '\\$[a-z0-9-]{1,20}\\$',
    'SCRAM-SHA-',
    '\\{[a-z0-9-]{3,20}\\}[a-z0-9+/]{8}',
    '\\*[0-9A-F]{40}',
    'md5[0-9a-f]{32}',
  ],
  apply: (text, put) => text.replace(HASHED, (hash) => put(credentialRule('password-hash'), hash)),
};
