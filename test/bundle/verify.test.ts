import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ARCHIVES, ArchiveError } from '../../src/archive/archive.ts';
import { publicKeyOf, signerOf } from '../../src/bundle/sign.ts';
import { type Beside, verifyBundle } from '../../src/bundle/verify.ts';
import { HOSTILE_TARS, HOSTILE_ZIPS } from '../archive/hostile.ts';
import type { ToMake } from '../archive/made.ts';
import { rawZip } from '../archive/raw-zip.ts';
import { smallBundle } from './small-bundle.ts';

const NOTHING: Beside = { sidecar: null, key: null, scan: null };
const verdict = async (bytes: Uint8Array, beside: Partial<Beside> = {}) =>
  (await verifyBundle(bytes, { ...NOTHING, ...beside })).changes;
const kinds = async (bytes: Uint8Array, beside: Partial<Beside> = {}) =>
  (await verdict(bytes, beside)).map(({ kind, path }) => [kind, path]);

const keys = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { signer: signerOf({ text, mode: 0o600 }, 'k'), key: publicKeyOf(pem, 'p') };
};

/** Every byte with these bits turned: which of them is not noticed, and which is taken for no bundle at all. */
const flips = async (bytes: Buffer, bits: readonly number[]) => {
  const missed: string[] = [];
  const strange: string[] = [];
  for (let at = 0; at < bytes.length; at += 1)
    for (const bit of bits) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
      try {
        if ((await verdict(changed)).length === 0) missed.push(`${at}.${bit}`);
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error;
        strange.push(`${at}.${bit}: ${error.message}`);
      }
    }
  return { missed, strange };
};

describe.each(ARCHIVES)('a bundle as %s', (kind) => {
  it('is intact as it was written', async () => {
    const bytes = await smallBundle(kind);
    const found = await verifyBundle(bytes, NOTHING);
    expect(found).toMatchObject({
      changes: [],
      files: 3,
      bytes: bytes.length,
      others: [],
      signature: { state: 'none' },
    });
    expect(found.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('every flipped byte is found, and known for a change of a bundle', async () => {
    const bytes = await smallBundle(kind, {
      files: { 'report.json': '{}\n', 'host/a': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    });
    expect(await flips(bytes, [0, 3, 7])).toEqual({ missed: [], strange: [] });
  });

  it.each<[string, (members: readonly ToMake[]) => readonly ToMake[], readonly unknown[]]>([
    [
      'a changed file',
      (all) => all.map(([path, data]) => [path, path.endsWith('cpu.txt') ? Buffer.from('x') : data]),
      [['bytes', 'host/cpu.txt']],
    ],
    ['an added file', (all) => [...all, ['wa-bundle_x/new', Buffer.from('x')]], [['added', 'new']]],
    ['a file outside its folder', (all) => [...all, ['elsewhere/new', Buffer.from('x')]], [['added', 'elsewhere/new']]],
    ['a dropped file', (all) => all.filter(([path]) => !path.endsWith('report.json')), [['dropped', 'report.json']]],
    [
      'a renamed file',
      (all) => all.map(([path, data]) => [path.replace('cpu', 'gpu'), data]),
      [['renamed', 'host/gpu.txt']],
    ],
    ['files in another order', (all) => [...all.slice(0, 2), ...all.slice(2).reverse()], [['moved', 'host/cpu.txt']]],
    [
      'a renamed folder',
      (all) => all.map(([path, data]) => [path.replace('wa-bundle_x', 'y'), data]),
      [['renamed', 'y']],
    ],
  ])('%s is named', async (_, change, expected) => {
    expect(await kinds(await smallBundle(kind, { change }))).toEqual(expected);
  });

  it('an empty archive with nothing but its digest is no bundle', async () => {
    await expect(verdict(await smallBundle(kind, { change: () => [] }))).rejects.toThrow('it has no manifest.json');
  });

  it('a cut bundle is changed where its digest lies beside it, and no bundle where nothing says that it was one', async () => {
    const bytes = await smallBundle(kind);
    const cut = bytes.subarray(0, bytes.length - 100);
    await expect(verdict(cut)).rejects.toThrow('is cut');
    const sidecar = `${createHash('sha256').update(bytes).digest('hex')}  b\n`;
    expect(await kinds(cut, { sidecar })).toContainEqual(['archive', null]);
  });

  it('the digest beside it counts', async () => {
    const bytes = await smallBundle(kind);
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(await kinds(bytes, { sidecar: `${digest}  name.zip\n` })).toEqual([]);
    expect(await kinds(bytes, { sidecar: `${digest.replace(/./g, '0')}  name.zip\n` })).toEqual([['digest', null]]);
    expect(await kinds(bytes, { sidecar: 'what?' })).toEqual([['digest', null]]);
  });

  it('a second of three files is intact alone, and says which others belong to it', async () => {
    const bytes = await smallBundle(kind, { name: 'wa-bundle_x_volume-2', volume: 2, volumes: 3 });
    const { changes, others } = await verifyBundle(bytes, NOTHING);
    expect(changes).toEqual([]);
    expect(others).toEqual(['wa-bundle_x', 'wa-bundle_x_volume-3']);
  });

  it('rows of other files, and of what is not there, are not looked for', async () => {
    const rows: NonNullable<Parameters<typeof smallBundle>[1]>['rows'] = ([first, ...rest]) => [
      ...(first
        ? [
            { ...first, path: 'in/another', volume: 2 },
            { ...first, path: 'lacking', bytes: null, sha256: null, volume: null },
            first,
          ]
        : []),
      ...rest,
    ];
    expect(await kinds(await smallBundle(kind, { volumes: 2, rows }))).toEqual([]);
  });

  it('a signature is verified by its key, and told where there is none', async () => {
    const { signer, key } = keys();
    const bytes = await smallBundle(kind, { signer });
    const state = async (given: Buffer, with_: typeof key | null) =>
      (await verifyBundle(given, { ...NOTHING, key: with_ })).signature;
    expect(await state(bytes, null)).toEqual({ state: 'unverified', fingerprint: signer.fingerprint });
    expect(await state(bytes, key)).toEqual({ state: 'good', fingerprint: signer.fingerprint });
    expect(await kinds(bytes, { key: keys().key })).toEqual([['signature', null]]);
    expect(await kinds(await smallBundle(kind), { key })).toEqual([['signature', null]]);
    // Everything but the signature made anew by somebody without the key.
    const forged = await smallBundle(kind, { signer: { ...signer, sign: () => signer.sign(Buffer.from('{}')) } });
    expect(await kinds(forged, { key })).toEqual([['signature', null]]);
  });

  it('what a second scan finds is named by file and rule', async () => {
    const scan: Beside['scan'] = async (path, chunks) => {
      for await (const _ of chunks);
      return path.endsWith('cpu.txt') ? 'a rule' : null;
    };
    expect(await verdict(await smallBundle(kind), { scan })).toEqual([
      { kind: 'secret', path: 'host/cpu.txt', message: 'a rule' },
    ]);
  });
});

describe('what is no bundle of ours', () => {
  it('packed anew by another program it is changed, each of its files is held against the manifest', async () => {
    let members: readonly ToMake[] = [];
    await smallBundle('zip', { change: (all) => (members = all) });
    const zip = rawZip(members.map(([name, data]) => ({ name, data: data as Buffer })));
    expect(await verdict(zip)).toEqual([
      { kind: 'archive', path: null, message: 'its digest at the end is gone: another program packed it anew' },
    ]);
  });

  it('hostile archives are refused as everywhere', async () => {
    // Those that take long to make are refused elsewhere.
    for (const { what, make } of [...HOSTILE_ZIPS, ...HOSTILE_TARS].filter(
      (one) => !/ MiB|30,000|10,001|bomb/.test(one.what),
    ))
      await expect(verdict(make()), what).rejects.toBeInstanceOf(ArchiveError);
  });
});
