import type { KeyObject } from 'node:crypto';
import type { Seal } from '../archive/seal.ts';
import type { ReadMembers } from './bundle-members.ts';
import type { Change } from './compared.ts';
import type { SignatureVerdict } from './sign.ts';

/** Something is wrong with the archive as a whole. */
export const archiveChange = (message: string): Change => ({ kind: 'archive', path: null, message });

const SIDECAR = /^([0-9a-f]{64}) [ *][^\n]*\n?$/;

/** What the digest in the file beside it says. */
export const sidecarChanges = (sidecar: string | null, { sha256 }: Seal): readonly Change[] => {
  if (sidecar === null) return [];
  const [, digest] = SIDECAR.exec(sidecar) ?? [];
  if (digest === sha256) return [];
  const message = digest
    ? 'its SHA-256 is not the one in the .sha256 file beside it'
    : 'the .sha256 file beside it holds no SHA-256';
  return [{ kind: 'digest', path: null, message }];
};

/** What the signature says. A good one, and one that no key was given for, is no change. */
export const signatureChanges = (verdict: SignatureVerdict, key: KeyObject | null): readonly Change[] => {
  const change = (message: string): readonly Change[] => [{ kind: 'signature', path: null, message }];
  if (verdict.state === 'none') return key ? change('it is not signed, and a key was given') : [];
  if (verdict.state === 'malformed') return change('its signature is no signature of this tool');
  if (verdict.state === 'wrong') return change('its signature is wrong: the manifest is not the one that was signed');
  if (verdict.state === 'other-key') return change(`it is signed by another key, ${verdict.fingerprint}`);
  return [];
};

/** What the archive's own digest says, where `known` other changes were found. */
export const sealChanges = ({ state }: Seal, { broken }: ReadMembers, known: number): readonly Change[] => {
  if (broken !== null) return [archiveChange(broken)];
  if (state === 'none') return [archiveChange('its digest at the end is gone: another program packed it anew')];
  if (state === 'wrong')
    return [
      archiveChange(
        known > 0
          ? 'its bytes are not those that its own digest at the end was made of'
          : 'a byte was changed in the archive itself or in its manifest: its own digest at the end is another one',
      ),
    ];
  return [];
};
