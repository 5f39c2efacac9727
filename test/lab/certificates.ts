import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { certificates } from '../support/certificates.ts';
import type { Certificates } from './stand-in/control.ts';

/** What the stand-in shows, the authority that signed it as a file, and the SHA-256 of the good leaf. */
export type LabCertificates = { readonly shown: Certificates; readonly caFile: string; readonly fingerprint: string };

/** Makes an authority and the stand-in's certificates in a folder, for localhost and further names ("DNS:db", "IP:10.0.0.1"). */
export const labCertificates = (folder: string, names: readonly string[]): LabCertificates => {
  const made = certificates(folder, ['DNS:localhost', 'IP:127.0.0.1', 'IP:::1', ...names].join(','));
  const shown = {
    ...{ ca: made.ca, good: made.good, expired: made.expired },
    ...{ 'self-signed': made.selfSigned, 'wrong-name': made.wrongName },
  };
  const fingerprint = new X509Certificate(made.good.certificate).fingerprint256.replaceAll(':', '').toLowerCase();
  return { shown, caFile: join(folder, 'ca.pem'), fingerprint };
};
