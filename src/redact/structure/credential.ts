import type { Put } from '../rule.ts';
import type { CleanedValue, Site } from './cleaned.ts';
import { type CredentialMeaning, credentialRule } from './names.ts';
import { decoded, isBase64, isBlank, isProse, looksRandom } from './shapes.ts';

const FIGURE = /^[+-]?\d[\d.,_]*\s?(?:ms|us|ns|s|sec|m|min|h|d|days?|hours?|%|[kmg]i?b|bytes?|chars?|characters)?$/i;
const PATH = /^(?:\.{0,2}\/|~\/|[A-Z]:\\)[\w@./\\ -]*$/;
// `passwd: files systemd` says where users are looked up.
const LOOKED_UP =
  /^(?:files|compat|db|nis|nisplus|ldap|sss|systemd|winbind|altfiles|cache|hesiod)(?:\s+(?:\[[\w=! ]+\]|[a-z]{2,10}))*$/;
const VERIFYING = /regist|verif|sms|otp|confirm|two.?(?:step|factor)|2fa|activat/i;

// Digits of a PIN or of a code that was sent, also in two halves.
const DIGITS = /^\d{3,4}[- ]?\d{0,4}$/;

const isPath = (value: string): boolean =>
  PATH.test(value) && (value.match(/[/\\]/g)?.length ?? 0) > 1 && !looksRandom(value.split(/[/\\]/).at(-1) ?? '', 16);

const figureFits = (kind: string, value: string, around: string): boolean => {
  if (kind === 'pin') return /^\d{4,8}$/.test(value.replace(/[- ]/g, ''));
  if (kind === 'code')
    return (
      DIGITS.test(value) &&
      value.replace(/\D/g, '').length >= 4 &&
      (VERIFYING.test(around) || (around.includes(`"${value}"`) && value.length === 6))
    );
  if (!FIGURE.test(value)) return true;
  return kind === 'password' ? /^\d{3,}$/.test(value) : /^\d{6,}$/.test(value);
};

// What looks like a key in a place that may hold other things.
const fits = ({ kind }: CredentialMeaning, value: string): boolean => {
  if (kind === 'certificate') return isBase64(value.replace(/\s|\\n/g, ''), 40) && !/^-----BEGIN C/.test(value);
  if (kind === 'session' || kind === 'signature')
    return looksRandom(value, 16) || /^(?:sha\d+=)?[0-9a-f]{16,}$/i.test(value);
  if (kind === 'auth') return looksRandom(value, 10) || /^[\w.-]+:\S{3,}$/.test(decoded(value) ?? '');
  if (kind === 'key') return looksRandom(value, 16) && !/^[0-9a-f]+$/i.test(value);
  if (kind === 'code') return true;
  return kind === 'password' ? value.length >= 5 && !/^[A-Z]?[a-z]{1,20}$/.test(value) : looksRandom(value, 8);
};

// The rest of a line behind `name:` in prose: the value is its first word where that is a key, or all of it.
const portion = ({ place }: Site, value: string): string => {
  const [first = ''] = value.split(/\s/);
  if ((place !== 'line' && place !== 'assigned') || first === value) return value;
  if (place === 'assigned' && /^\S+ (?:.{0,200} )?(?:-{1,2}[A-Za-z]|[\w.-]{1,40}=)/.test(value))
    return first.replace(/[,;]$/, '');
  return looksRandom(first, 8) || value.split(/\s+/).length > 8 ? first.replace(/[,;)]+$/, '') : value;
};

const DEFAULT = /^(\$\{\w{1,80}:?[-=+])([\s\S]*)(\})$/;

// A list of secrets may hold the names that they have.
const VARIABLE = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:[_-][a-z0-9]+)+)$/;

/** A credential behind its name: all of it goes, but for what is no value: blanks, references, prose, figures, paths. */
export const cleanCredential = (
  meaning: CredentialMeaning,
  site: Site,
  value: string,
  put: Put,
): CleanedValue | null => {
  const { kind, certain } = meaning;
  // `;jsessionid=x?p=1`: the query behind it is not part of it.
  const given = kind === 'session' ? portion(site, value).replace(/\?.*$/s, '') : portion(site, value);
  const fallback = DEFAULT.exec(given);
  const secret = fallback?.[2] ?? given;
  if (isBlank(secret.trim()) || (/^secrets$/i.test(site.name) && VARIABLE.test(secret) && !looksRandom(secret, 16)))
    return null;
  if (/^passwd$/i.test(site.name) && LOOKED_UP.test(secret.trim())) return null;
  const loose = site.place === 'word' || site.place === 'line' || site.place === 'list';
  if (loose && isProse(secret.split(/\s/)[0] ?? '')) return null;
  if (!figureFits(kind, secret.trim(), site.around) || (kind === 'code' && /^err/i.test(site.parent))) return null;
  if (/^[\w+.-]{2,20}:\/\//.test(secret) && kind !== 'password') return null;
  if ((kind !== 'password' || isPath(secret.slice(1))) && isPath(secret)) return null;
  if (site.place === 'data' && /^\s*[[{]\s*["\\{[]/.test(secret)) return null;
  if (!certain && !fits(meaning, secret)) return null;
  if (loose && secret.length < 3) return null;
  const scheme = /^(?:Bearer|Basic|Token)\s+/i.exec(secret)?.[0] ?? '';
  const label = scheme + put(credentialRule(kind), secret.slice(scheme.length));
  return { text: `${fallback?.[1] ?? ''}${label}${fallback?.[3] ?? ''}`, rest: value.length - given.length };
};

const SCHEME =
  /^(Basic|Bearer|Digest|Token|Negotiate|NTLM|ApiKey|Api-Key|AWS4-HMAC-SHA256|OAuth|Hawk|Key|JWT|AWS)(\s+|%20|\+)/i;

/** `Basic x`, `Bearer x`, `Digest a="b", ...`: the scheme stays. */
export const cleanAuthorization = (value: string, put: Put): CleanedValue | null => {
  const scheme = SCHEME.exec(value);
  const lead = scheme?.[0] ?? '';
  const rest = value.slice(lead.length);
  const whole = /^(?:digest|oauth|hawk|aws4|aws)/i.test(lead);
  const secret = whole ? rest : (/^[^\s,;"'\\]*/.exec(rest)?.[0] ?? '');
  if (isBlank(secret) || secret.length < 3 || (!scheme && isProse(secret))) return null;
  return { text: lead + put(credentialRule('auth'), secret), rest: rest.length - secret.length };
};

const ATTRIBUTE = /^(?:path|domain|expires|max-age|samesite|httponly|secure|version|priority|comment)$/i;
const TELLING = /sid|sess|auth|token|jwt|csrf|xsrf|remember|login|user|secret|key|pass|id$/i;

/** The cookies of a header: those that open a session or look as if; `theme=dark` and `Path=/` stay. */
export const cleanCookies = (value: string, put: Put): CleanedValue | null => {
  const [bare = ''] = value.split(/[\s;]/);
  if (!bare.includes('=') && looksRandom(bare, 12))
    return { text: put(credentialRule('cookie'), bare), rest: value.length - bare.length };
  const cleaned = value.replace(
    /([^=;,\s"]{1,128})=("?)([^;\s"]{1,8192})/g,
    (pair, name: string, quote: string, held: string) => {
      if (ATTRIBUTE.test(name) || isBlank(held)) return pair;
      const secret =
        (TELLING.test(name) && held.length >= 6) || looksRandom(held, 16) || /^[0-9a-f-]{16,}$/i.test(held);
      return secret ? `${name}=${quote}${put(credentialRule('cookie'), held)}` : pair;
    },
  );
  return cleaned === value ? null : { text: cleaned };
};
