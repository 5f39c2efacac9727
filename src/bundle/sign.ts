import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { UsageError } from '../usage-error.ts';

// The signature of a bundle: ed25519 over the bytes of manifest.json, which holds the digest of every file. It stands beside it as
// manifest.json.sig, three lines of text.

/** Where the signature stands, beside the manifest. */
export const SIGNATURE = 'manifest.json.sig';
const HEAD = 'wa-preflight-signature-1';
/** A signature file is shorter. */
export const MOST_SIGNATURE = 1024;

/** A private key as it was read, with the permission bits of its file. */
export type KeyFile = { readonly text: string; readonly mode: number };

/** SHA-256 of the public key's own form (SPKI, DER): how a key is told apart, in hex. */
const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

/** What signs a manifest: gives the bytes of its signature file. `fingerprint` is that of the public key. */
export type Signer = { readonly fingerprint: string; readonly sign: (manifest: Uint8Array) => Buffer };

const isBad = (key: KeyObject): boolean => key.asymmetricKeyType !== 'ed25519';
const kindOf = (key: KeyObject): string => key.asymmetricKeyType ?? 'unknown';

/** The signer of a private key file. Throws a UsageError; `name` is what it calls the file, and nothing of the key is in it. */
export const signerOf = ({ text, mode }: KeyFile, name: string): Signer => {
  if (mode & 0o077)
    throw new UsageError(
      `${name}: others may use this key (mode ${(mode & 0o777).toString(8).padStart(4, '0')}); it needs mode 0600: chmod 600 it`,
    );
  const wrong = (why: string) => new UsageError(`${name}: ${why}`);
  let key: KeyObject;
  try {
    if (/^-----BEGIN (ENCRYPTED PRIVATE KEY)-----/m.test(text))
      throw wrong('the key is encrypted; a plain ed25519 key is needed');
    key = createPrivateKey(text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw wrong('it holds no private key (PEM)');
  }
  if (isBad(key)) throw wrong(`it is a key of the kind ${kindOf(key)}, and ed25519 is needed`);
  const fingerprint = fingerprintOf(createPublicKey(key));
  return {
    fingerprint,
    sign: (manifest) => Buffer.from(`${HEAD}\n${fingerprint}\n${sign(null, manifest, key).toString('base64')}\n`),
  };
};

/** The public key of a PEM file. Throws a UsageError. */
export const publicKeyOf = (text: string, name: string): KeyObject => {
  // From a private key a public one can be made; it has no business where a public one is asked for.
  if (/PRIVATE KEY-----/.test(text)) throw new UsageError(`${name}: it is a private key, and the public one is needed`);
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch {
    throw new UsageError(`${name}: it holds no public key (PEM)`);
  }
  if (isBad(key)) throw new UsageError(`${name}: it is a key of the kind ${kindOf(key)}, and ed25519 is needed`);
  return key;
};

/** What a signature says when it was held against a manifest and, where there is one, a key. */
export type SignatureVerdict =
  | { readonly state: 'none' | 'malformed' }
  /** `unverified`: no key was given. */
  | { readonly state: 'good' | 'wrong' | 'other-key' | 'unverified'; readonly fingerprint: string };

const LINES = new RegExp(`^${HEAD}\\n([0-9a-f]{64})\\n([A-Za-z0-9+/]{86}==)\\n$`);

/** Holds a signature file against the bytes of a manifest. */
export const judgeSignature = (
  signature: Uint8Array | null,
  manifest: Uint8Array,
  key: KeyObject | null,
): SignatureVerdict => {
  if (signature === null) return { state: 'none' };
  const [, fingerprint, base64 = ''] = LINES.exec(Buffer.from(signature).toString('latin1')) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  // Base64 has several spellings of the same bytes: a flipped bit must not hide in one.
  if (fingerprint === undefined || bytes.toString('base64') !== base64) return { state: 'malformed' };
  if (!key) return { state: 'unverified', fingerprint };
  if (fingerprintOf(key) !== fingerprint) return { state: 'other-key', fingerprint };
  return { state: verify(null, manifest, key, bytes) ? 'good' : 'wrong', fingerprint };
};
