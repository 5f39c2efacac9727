import type { Certificate } from '../../host/answers/connection.ts';
import { faultWords } from '../network/fault-words.ts';

const isAddress = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');

const matches = (pattern: string, host: string): boolean => {
  const [one, other] = [pattern.toLowerCase().replace(/\.$/, ''), host.toLowerCase().replace(/\.$/, '')];
  if (!one.startsWith('*.')) return one === other;
  const dot = other.indexOf('.');
  return dot > 0 && other.slice(dot + 1) === one.slice(2) && one.slice(2).includes('.');
};

/** The common name in a subject such as "CN=localhost, O=Example"; null where it has none. */
const commonName = (subject: string): string | null =>
  /(?:^|[,\n/+]\s*)CN\s*=\s*([^,\n/+]+)/i.exec(subject)?.[1]?.trim() ?? null;

/** The names that a certificate is for: those of its subjectAltName, else its common name. */
export const namesOf = ({ names, subject }: Pick<Certificate, 'names' | 'subject'>): readonly string[] => {
  const own = names.slice(0, 100).map((name) => name.replace(/^(DNS|IP Address):/i, '').trim());
  if (own.length > 0) return own;
  const common = commonName(subject);
  return common ? [common] : [];
};

/** Whether a certificate is for a host, a name or an address. */
export const isFor = (leaf: Pick<Certificate, 'names' | 'subject'>, host: string): boolean => {
  const wanted = host.replace(/^\[|\]$/g, '');
  const [addresses, others] = [leaf.names.filter((name) => /^IP Address:/i.test(name)), leaf.names];
  if (isAddress(wanted)) return addresses.some((name) => name.slice(11).trim().toLowerCase() === wanted.toLowerCase());
  const names = others.filter((name) => /^DNS:/i.test(name)).map((name) => name.slice(4).trim());
  const common = commonName(leaf.subject);
  return (names.length > 0 ? names : common ? [common] : []).some((name) => matches(name, wanted));
};

/** Whether a host is this machine itself: no name that callers of the API use. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** RSA keys below 2048 bits. Curves have 224 to 521, and 2048 is the least that has been issued since 2013. */
export const isShortKey = (bits: number | null, least: number): boolean =>
  bits !== null && bits < least && (bits === 512 || bits > 521);

/** How a certificate is called: by its common name, else by its whole subject. */
export const certificateLabel = ({ subject }: Pick<Certificate, 'subject'>): string =>
  commonName(subject) ?? (subject || 'without a name');

/** In place of a code of the library: the leaf is another one than the pinned. */
export const OTHER_THAN_PINNED = 'PIN_MISMATCH';

/** Faults that are told by the time and the name of the certificates themselves. */
export const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
]);

/** Why a certificate is not good by the authorities that this host knows, in words. */
export const mistrustWords = (fault: string | null): string => {
  if (fault === OTHER_THAN_PINNED) return 'it is another one than the pinned';
  return fault === null ? 'nobody known vouches for it' : faultWords(fault);
};
