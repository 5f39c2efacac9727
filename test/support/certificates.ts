import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a server shows of itself, as PEM texts. */
export type ServerCertificate = { readonly certificate: string; readonly key: string };

export type Certificates = {
  /** The authority that signed all but `selfSigned`, as PEM text and as a file. */
  readonly ca: string;
  readonly caFile: string;
  /** For localhost and 127.0.0.1. */
  readonly good: ServerCertificate;
  /** For another name and another address. */
  readonly wrongName: ServerCertificate;
  /** For localhost and 127.0.0.1, until 2021. */
  readonly expired: ServerCertificate;
  /** For localhost and 127.0.0.1, signed by itself. */
  readonly selfSigned: ServerCertificate;
};

/** Why no certificates can be made here, null where they can: for the titles of skipped tests. */
export const noCertificates = (): string | null =>
  spawnSync('openssl', ['version']).status === 0 ? null : 'no openssl (apt: openssl)';

// `openssl ca` is the one way in which a certificate of the past can be signed by an openssl before 3.4.
const CONFIGURATION = `[ca]
default_ca=own
[own]
database=index
serial=serial
new_certs_dir=.
certificate=ca.pem
private_key=ca.key
default_md=sha256
policy=any
unique_subject=no
copy_extensions=copy
[any]
commonName=supplied
[req]
distinguished_name=name
[name]
[authority]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
`;

const OWN = 'DNS:localhost,IP:127.0.0.1';
const FROM_2020 = ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z'];
const FOR_TEN_YEARS = ['-days', '3650'];

/** Makes an authority and server certificates in this folder, by openssl; `own` are the names of all but `wrongName`. */
export const certificates = (folder: string, own = OWN): Certificates => {
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  for (const [name, text] of Object.entries({ 'openssl.cnf': CONFIGURATION, index: '', serial: '01\n' }))
    writeFileSync(at(name), text);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'openssl.cnf'];
  const shown = (name: string): ServerCertificate => ({
    certificate: readFileSync(at(`${name}.pem`), 'utf8'),
    key: readFileSync(at(`${name}.key`), 'utf8'),
  });
  const into = (name: string, subject: string) => ['-keyout', `${name}.key`, '-subj', `/CN=${subject}`];
  const signed = (name: string, subject: string, names: string, validity: readonly string[]): ServerCertificate => {
    const request = ['-out', `${name}.csr`, '-addext', `subjectAltName=${names}`];
    openssl('req', '-new', ...key, ...into(name, subject), ...request);
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      'openssl.cnf',
      '-in',
      `${name}.csr`,
      '-out',
      `${name}.pem`,
      ...validity,
    );
    return shown(name);
  };
  openssl(
    ...['req', '-x509', ...key, ...into('ca', 'Test authority'), '-out', 'ca.pem'],
    ...[...FOR_TEN_YEARS, '-extensions', 'authority'],
  );
  openssl(
    ...['req', '-x509', ...key, ...into('self-signed', 'localhost'), '-out', 'self-signed.pem'],
    ...[...FOR_TEN_YEARS, '-addext', `subjectAltName=${own}`],
  );
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    good: signed('good', 'localhost', own, FOR_TEN_YEARS),
    wrongName: signed('wrong-name', 'db.invalid', 'DNS:db.invalid,IP:192.0.2.1', FOR_TEN_YEARS),
    expired: signed('expired', 'localhost', own, FROM_2020),
    selfSigned: shown('self-signed'),
  };
};
