import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signerOf } from '../../src/bundle/sign.ts';
import { smallBundle } from '../bundle/small-bundle.ts';
import { LAUNCHER, ran } from '../support/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-verify-'));
const at = (name: string): string => join(folder, name);
/** Of the shape that a scanner knows, and nobody's. */
const SECRET = `wJalrXUtnFEMIK7MDENGbPxRfiCY${'z'.repeat(8)}KEY0`;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
beforeAll(async () => {
  const signer = signerOf({ text: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), mode: 0o600 }, 'k');
  const bytes = await smallBundle('zip', { signer });
  writeFileSync(at('good.zip'), bytes);
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(700) ^ 1, 700);
  writeFileSync(at('changed.zip'), changed);
  writeFileSync(
    at('second.tar.gz'),
    await smallBundle('tar.gz', { name: 'wa-bundle_x_volume-2', volume: 2, volumes: 2 }),
  );
  writeFileSync(at('text'), 'no archive');
  writeFileSync(at('key.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  const secret = { 'host/left.txt': `aws_secret_access_key = ${SECRET}\n` };
  writeFileSync(at('secret.zip'), await smallBundle('zip', { files: secret }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = (...args: readonly string[]) => ran(LAUNCHER, ['bundle', 'verify', ...args]);

describe('bundle verify', () => {
  it('leaves with 0 where all is as it was written', async () => {
    const { exitCode, stdout } = await verify(at('good.zip'), '--key', at('key.pub'));
    expect(stdout).toContain('good.zip: intact, 3 files');
    expect(stdout).toContain('signed by the key that was given');
    expect(exitCode).toBe(0);
  });

  it('leaves with 1 and names what was changed, with 2 for what is no bundle; the worst counts', async () => {
    const { exitCode, stdout } = await verify(at('changed.zip'), at('good.zip'));
    expect(stdout).toContain('changed.zip: changed\n  ');
    expect(exitCode).toBe(1);
    const both = await verify(at('changed.zip'), at('text'), '--json');
    expect(both.exitCode).toBe(2);
    const document = JSON.parse(both.stdout);
    expect(document).toMatchObject({ kind: 'BundleVerification', outcome: 'not-a-bundle', exitCode: 2 });
    expect(document.bundles.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['changed', 'not-a-bundle']);
  });

  it('a file of several says which others belong to it', async () => {
    const { exitCode, stdout } = await verify(at('second.tar.gz'));
    expect(stdout).toContain('file 2 of 2 of its bundle');
    expect(stdout).toContain('also belongs to it, and was not given:\n  wa-bundle_x\n');
    expect(exitCode).toBe(0);
  });

  it('what a second scan still finds is a change, named by its rule and never by its value', async () => {
    const { exitCode, stdout } = await verify(at('secret.zip'));
    expect(stdout).toMatch(/host\/left\.txt: a second scan still finds something there \(secretlint, aws\)/);
    expect(stdout).not.toContain(SECRET);
    expect(exitCode).toBe(1);
  });

  it('a key that is none is a wrong call', async () => {
    const { exitCode, stderr } = await verify(at('good.zip'), '--key', at('text'));
    expect(stderr).toContain('it holds no public key (PEM)');
    expect(exitCode).toBe(2);
  });
});
