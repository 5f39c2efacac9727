import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeSignature, publicKeyOf, signerOf } from '../../src/bundle/sign.ts';
import { publicKeyFrom, signerFrom } from '../../src/cli/key-file.ts';
import { UsageError } from '../../src/usage-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'sign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PKCS8 = { type: 'pkcs8', format: 'pem' } as const;
const SPKI = { type: 'spki', format: 'pem' } as const;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const PRIVATE = privateKey.export(PKCS8).toString();
const PUBLIC = publicKey.export(SPKI).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encrypted = privateKey.export({ ...PKCS8, cipher: 'aes-256-cbc', passphrase: 'x' }).toString();
const manifest = Buffer.from('{"kind":"BundleManifest"}');

describe('signing', () => {
  const signer = signerOf({ text: PRIVATE, mode: 0o600 }, 'k');
  const key = publicKeyOf(PUBLIC, 'p');

  it('the same manifest gets the same signature, and it is good', () => {
    expect(signer.sign(manifest).equals(signer.sign(manifest))).toBe(true);
    expect(judgeSignature(signer.sign(manifest), manifest, key)).toEqual({
      state: 'good',
      fingerprint: signer.fingerprint,
    });
  });

  it('nothing of the private key is in it', () => {
    const secret = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32);
    const signature = signer.sign(manifest).toString();
    for (const form of ['hex', 'base64'] as const) expect(signature).not.toContain(secret.toString(form).slice(0, 16));
  });

  it('any flipped bit of signature or manifest is found', () => {
    const signature = signer.sign(manifest);
    for (const [bytes, judge] of [
      [signature, (changed: Buffer) => judgeSignature(changed, manifest, key)],
      [manifest, (changed: Buffer) => judgeSignature(signature, changed, key)],
    ] as const)
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(judge(changed).state, `bit ${bit}`).not.toBe('good');
      }
  });

  it.each([
    [{ text: PRIVATE, mode: 0o640 }, 'others may use this key (mode 0640); it needs mode 0600'],
    [{ text: PRIVATE, mode: 0o604 }, 'others may use this key (mode 0604)'],
    [{ text: PRIVATE, mode: 0o610 }, 'others may use this key (mode 0610)'],
    [
      { text: rsa.privateKey.export(PKCS8).toString(), mode: 0o600 },
      'it is a key of the kind rsa, and ed25519 is needed',
    ],
    [{ text: encrypted, mode: 0o600 }, 'the key is encrypted; a plain ed25519 key is needed'],
    [{ text: PUBLIC, mode: 0o600 }, 'it holds no private key (PEM)'],
    [{ text: 'hello', mode: 0o600 }, 'it holds no private key (PEM)'],
  ])('a private key that cannot be used %#', (file, sentence) => {
    const sign = () => signerOf(file, '--sign k');
    expect(sign).toThrow(UsageError);
    expect(sign).toThrow(sentence);
    expect(sign).not.toThrow(PRIVATE.split('\n')[1] ?? '');
  });

  it.each([[0o600], [0o400]])('a key of mode %o is taken', (mode) => {
    expect(signerOf({ text: PRIVATE, mode }, 'k').fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [PRIVATE, 'it is a private key, and the public one is needed'],
    [rsa.publicKey.export(SPKI).toString(), 'it is a key of the kind rsa'],
    ['hello', 'it holds no public key (PEM)'],
  ])('a public key that cannot be used %#', (text, sentence) => {
    expect(() => publicKeyOf(text, '--key k')).toThrow(sentence);
  });
});

describe('key files', () => {
  const file = (name: string, text: string, mode: number): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  it('are read from disk, the private one with its mode', async () => {
    const signer = await signerFrom(file('key.pem', PRIVATE, 0o600));
    const key = await publicKeyFrom(file('key.pub', PUBLIC, 0o644));
    expect(judgeSignature(signer.sign(manifest), manifest, key).state).toBe('good');
    await expect(signerFrom(file('open.pem', PRIVATE, 0o644))).rejects.toThrow('mode 0644');
    await expect(signerFrom(join(folder, 'none'))).rejects.toThrow('there is no such file');
    await expect(signerFrom(folder)).rejects.toThrow('it is a folder');
  });
});
