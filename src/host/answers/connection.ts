import * as z from 'zod/mini';
import { count, maybe, ms, text } from './shapes.ts';

// What every look at a connection is made of: the steps it passed, why it failed, and the certificates it was shown.

/** How a connection failed, told alike for every protocol. */
export const connectionFailure = z.object({
  step: z.enum(['dns', 'tcp', 'tls', 'http']),
  kind: z.enum([
    'no-such-host',
    'no-name-answer',
    'refused',
    'unreachable',
    'no-answer',
    'closed',
    'untrusted',
    'tls-failed',
    'not-http',
    'too-much',
    'other',
  ]),
  /** The system's own words. */
  message: text,
  /** Its code, such as "ECONNREFUSED" or "DEPTH_ZERO_SELF_SIGNED_CERT". */
  code: maybe(text),
});
export type ConnectionFailure = z.infer<typeof connectionFailure>;

/** One certificate of a chain, the leaf first. */
export const certificate = z.object({
  subject: text,
  issuer: text,
  /** RFC 3339. */
  validFrom: text,
  validTo: text,
  /** SHA-256 of the DER form, hex in pairs with colons. */
  fingerprint: text,
  selfSigned: z.boolean(),
  /** Names of its subjectAltName, "DNS:..." or "IP Address:...". */
  names: z.array(text),
  keyBits: maybe(count),
});
export type Certificate = z.infer<typeof certificate>;

/** A TLS session that came about, trusted or not: nothing was said on one that is not. */
export const tlsSession = z.object({
  protocol: text,
  cipher: text,
  /** The chain leads to a known authority (or the given one, or the pinned leaf) and the name fits. */
  trusted: z.boolean(),
  /** What made it trusted: "system", "--api-ca", "--api-fingerprint"; for `network "reach"` see there. Null where it is not. */
  by: maybe(text),
  /** Node's code for why the chain or the name is not good by the system's authorities, null where it is. */
  fault: maybe(text),
  chain: z.array(certificate),
});
export type TlsSession = z.infer<typeof tlsSession>;

/** The steps of a connection that were passed, in their order. */
export const connectionSteps = z.array(z.object({ step: z.enum(['dns', 'tcp', 'tls', 'http']), ms }));
