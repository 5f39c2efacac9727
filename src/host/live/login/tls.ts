import type { FoundLogin } from '../../answers/database.ts';
import type { Login, TlsMode } from '../../login.ts';
import type { NamedFile, TlsWish } from './draft.ts';
import { foreignFile } from './foreign-file.ts';

/** The TLS of a login, and what is told of it. */
export type Tls = { readonly tls: Login['tls']; readonly told: FoundLogin['tls'] };

type Read = { readonly text: string | null; readonly missing: string | null };

const NOTHING: Read = { text: null, missing: null };

// The vendor's files name paths inside the client's containers.
const INSIDE = 'its path is one inside the client container';
const INSTEAD = 'the authorities of the system are used instead';
const isOfContainer = (name: string): boolean => name.startsWith('WA_DB_');

const pem = async (file: NamedFile | null, signal: AbortSignal): Promise<Read> => {
  if (!file) return NOTHING;
  const { name, path } = file;
  const absent = (why: string): Read => ({
    text: null,
    missing: `${name}: ${path}: ${why}${isOfContainer(name) ? `; ${INSIDE}` : ''}`,
  });
  if (!path.startsWith('/')) return absent('it is no absolute path');
  try {
    const read = await foreignFile(path, signal);
    if (!read) return absent('there is no such file on this host');
    if (read.text.includes('-----BEGIN ')) return { text: read.text, missing: null };
    return { text: null, missing: `${name}: ${path}: it is no PEM file` };
  } catch (error) {
    if (signal.aborted) throw error;
    return absent(error instanceof Error ? error.message : String(error));
  }
};

/** Reads the TLS files that a place names. What cannot be read is told; it changes no mode. */
export const tlsOf = async (wish: TlsWish, option: TlsMode | null, signal: AbortSignal): Promise<Tls> => {
  const mode = option ?? wish.mode ?? 'prefer';
  const from = option ? '--db-tls' : wish.from;
  const wanted = mode === 'off' ? [null, null, null] : [wish.ca, wish.certificate, wish.key];
  const [ca = NOTHING, certificate = NOTHING, key = NOTHING] = await Promise.all(
    wanted.map((file) => pem(file, signal)),
  );
  const caMissing = ca.missing && mode === 'verify' ? `${ca.missing}; ${INSTEAD}` : ca.missing;
  // A certificate is of use with its key alone, and the other way round.
  const pair = certificate.text && key.text ? { certificate: certificate.text, key: key.text } : null;
  const single = Boolean(wanted[1]) !== Boolean(wanted[2]) ? (wanted[1] ?? wanted[2]) : null;
  const half = single && `${single.name}: it is of no use without its ${wanted[1] ? 'key' : 'certificate'}`;
  const missing = [caMissing, certificate.missing, key.missing, half ?? null].filter((clause) => clause !== null);
  return {
    tls: { mode, ca: ca.text, certificate: pair?.certificate ?? null, key: pair?.key ?? null },
    told: { mode, from, ca: wish.ca?.path ?? null, certificate: wish.certificate?.path ?? null, missing },
  };
};
