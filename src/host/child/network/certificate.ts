import type { X509Certificate } from 'node:crypto';
import type { Certificate } from '../../answers/connection.ts';

// What a certificate says of itself is foreign, and its sizes are the other side's to choose: each part is cut short.
const MOST_TEXT = 512;
const MOST_NAMES = 100;

const short = (text: string): string => text.slice(0, MOST_TEXT);

/** "CN=x\nO=y" in one line. */
const inOneLine = (name: string | undefined): string => short((name ?? '').split('\n').filter(Boolean).join(', '));

/** A point in time as RFC 3339; what is none stays as it is said. */
const time = (text: string): string => {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? short(text) : at.toISOString();
};

/** Names of a subjectAltName; a comma may be part of one, and then Node puts it into quotes. */
const namesOf = (text: string | undefined): readonly string[] =>
  (text?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []).slice(0, MOST_NAMES).map((name) => short(name.trim()));

const bitsOf = ({ publicKey }: X509Certificate): number | null => {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return modulusLength;
  const bits = /(\d{3})/.exec(namedCurve ?? '')?.[1];
  return bits ? Number(bits) : null;
};

/** One certificate as an answer holds it. */
export const certificateOf = (x509: X509Certificate): Certificate => ({
  subject: inOneLine(x509.subject),
  issuer: inOneLine(x509.issuer),
  validFrom: time(x509.validFrom),
  validTo: time(x509.validTo),
  fingerprint: x509.fingerprint256,
  selfSigned: x509.checkIssued(x509),
  names: [...namesOf(x509.subjectAltName)],
  keyBits: bitsOf(x509),
});
