import type { TlsSession } from '../../host/answers/connection.ts';

const UNKNOWN = 'no authority that is known here stands behind it';
const INCOMPLETE = 'its issuer is not known here: a private authority, or an intermediate certificate is not sent';

const WORDS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN,
  UNABLE_TO_GET_ISSUER_CERT: INCOMPLETE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: INCOMPLETE,
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made out for another name',
};

/** Why a certificate is not good, by Node's code for it. */
export const faultWords = (fault: string): string => WORDS[fault] ?? fault;

/** Faults that another authority mends, were it known. */
const OF_AUTHORITY = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
export const isOfAuthority = (fault: string | null): boolean => OF_AUTHORITY.has(fault ?? '');

/** Who signed what a server shows: the issuer of the last certificate of its chain. */
export const issuerOf = ({ chain }: Pick<TlsSession, 'chain'>): string => chain.at(-1)?.issuer || 'nobody who is named';
