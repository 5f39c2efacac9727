import { isLabel } from '../pseudonyms/labels.ts';
import { beginsHeld } from './held.ts';

/** No value at all, a reference to one, or one that is masked already. */
export const isBlank = (value: string): boolean =>
  value === '' ||
  isLabel(value) ||
  beginsHeld(value) ||
  /^(?:null|none|nil|undefined|true|false|yes|no|on|off|n\/a|-+|\*+|[x•]{3,}|\.{3,}|<[\w -]{0,40}>|\[?(?:redacted|filtered|masked|hidden|removed)\]?|<(?:redacted|nil)>|\(?(?:null|nil|empty|unset|not set)\)?|%[sdv]|\?|[|>][+-]?|\{\}?|\[\]?|\(\)?|\\?"\\?"?)$/i.test(
    value,
  ) ||
  /^(?:\$\{[\w.]{1,80}(?::?\?[^}]{0,200})?\}|\$\$?\w{1,80}|\$\([^)]{0,80}\)|\{\{[^}]{0,120}\}\}|%\w{1,80}%|#\{[\w.]{1,80}\})$/.test(
    value,
  ) ||
  /^(?:\/run\/secrets\/|\/var\/run\/secrets\/|file:\/\/|arn:aws:|vault:|ref\+)/.test(value);

// Words that stand behind `password:` or `token:` in prose and are none.
const PROSE =
  /^(?:yes|no|ok|okay|valid|invalid|required|missing|expired|expires|wrong|incorrect|empty|unknown|default|disabled|enabled|failed|failure|success|succeeded|denied|rejected|accepted|refused|mismatch|must|should|is|was|has|have|had|for|of|not|and|or|the|a|an|in|on|at|to|from|with|by|be|cannot|can|may|policy|authentication|authorization|bucket|auth|check|checked|change|changed|reset|field|column|string|type|unable|error|errors|using|used|too|does|did|do|will|new|old|none|set|unset|given|found|length|contains|only|please|enter|see|update|updated|created|deleted|revoked|refreshed|rotated|renewed|received|sent|ignored|skipped|if|when|this|that|your|their|its|it|md5|sha1|sha256|sha512|bcrypt|scram-sha-256|plaintext|plain|basic|bearer|password|token|secret|key|user|username|host|login|loading|loaded|started|stopped|module|plugin|provider|service|manager|verification|generated|requested|optional|config|undefined|hidden|redacted|masked)[.,;:!)]?$/i;

/** A word of a sentence where a value could stand. */
export const isProse = (value: string): boolean => PROSE.test(value);

/** Letters alone whose case changes too often for words of any language or program. */
export const isScrambled = (value: string, least = 12): boolean => {
  if (value.length < least || !/^[A-Za-z]+$/.test(value)) return false;
  const changes = value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  const capitals = value.replace(/[^A-Z]/g, '').length / value.length;
  return changes > value.length / 3 && capitals > 0.25 && capitals < 0.75;
};

/** Letters of both cases or letters with digits, without a pattern that people write: what machines make. */
export const looksRandom = (value: string, least = 12): boolean => {
  if (value.length < least || /\s/.test(value)) return false;
  const [lower, upper, digit] = [/[a-z]/.test(value), /[A-Z]/.test(value), /\d/.test(value)];
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) return false;
  if (/^\d[\d.,:TZ+-]*$/.test(value) || /^\w{2,8}:\/\//.test(value) || /^[./~]/.test(value)) return false;
  if (!(digit && (lower || upper)) && !(lower && upper && value.length >= 20)) return false;
  const parts = value.split(/[-_./:]/);
  return (
    parts.some((part) => (part.length >= 6 && /\d/.test(part) && /[a-z]/i.test(part)) || isScrambled(part)) ||
    value.length >= 32
  );
};

/** Text of base64, by its alphabet and length. */
export const isBase64 = (value: string, least = 16): boolean =>
  value.length >= least && /^[A-Za-z0-9+/_-]+={0,2}$/.test(value);

/** What base64 holds, where that is readable text; null else. */
export const decoded = (value: string): string | null => {
  if (!isBase64(value, 4) || value.length > 100_000) return null;
  const text = Buffer.from(value, 'base64').toString('latin1');
  return text !== '' && /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(text) ? text : null;
};

/** Bytes of UTF-8, one character each, for text. */
export const bytesOf = (text: string): string =>
  /[\x80-\uffff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
