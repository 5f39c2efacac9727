import type { Put, Rule } from '../rule.ts';
import { credentialRule } from '../structure/names.ts';
import { isBlank, isProse } from '../structure/shapes.ts';

const TEXT = `(?:"[^"\\n]{0,256}"|'[^'\\n]{0,256}'|[\\w.$]{1,60})`;
// A login given to a call, the password last: `auth=('ann', 'x')`, `new PasswordAuthentication("ann", "x")`.
const LOGIN = new RegExp(
  `(\\b(?:\\w{0,24}(?:Auth|Authentication|Credentials?|Login|AuthToken)|auth|login|authenticate|basic_?auth|http_basic_authenticate_with|getConnection|createConnection|setCredentials|credential)(?:\\s?[:=]\\s?)?\\s?[(\\[]\\s?(?:${TEXT},\\s?){1,3})(["'])([^"'\\n]{4,256})\\2(?=\\s?[)\\]])`,
  'gi',
);

/** Passwords in calls that log in, in the text of programs. */
export const calls: Rule = {
  id: 'credential.call',
  tier: 'credential',
  kind: 'password',
  triggers: [
    'auth[a-z]{0,16} ?[:=]? ?[(\\[] ?["\']?[a-z]',
    'credentials? ?[(\\[]',
    'login ?[(\\[]',
    'connection ?[(\\[]',
    'authenticate ?[(\\[]',
  ],
  apply: (text, put: Put) =>
    text.replace(LOGIN, (whole, lead: string, quote: string, secret: string) =>
      isBlank(secret) || isProse(secret) || /\s|^[\w+.-]{2,20}:\/\/|^[A-Z][A-Z_]+$/.test(secret)
        ? whole
        : lead + quote + put(credentialRule('password'), secret) + quote,
    ),
};
