import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { place } from '../../../../src/host/live/disk/place.ts';
import { ground, hung, noHangs, noMounts, sh } from './mounted.ts';

const here = ground();
afterAll(() => here.remove());
const look = (path: string) => place(new AbortController().signal, path);

describe('a place on any machine', () => {
  it('is where the folder is, with sizes', async () => {
    const found = await look(here.root);
    expect(found).toMatchObject({ path: here.root, existing: here.root, readOnly: false });
    expect(found.size).toBeGreaterThanOrEqual(found.free);
    expect(found.free).toBeGreaterThanOrEqual(found.available);
    expect(found.available).toBeGreaterThan(0);
  });

  it('is the nearest folder that exists (trap 13), also behind a dangling link', async () => {
    symlinkSync(join(here.root, 'data/docker'), join(here.root, 'link'));
    expect((await look(join(here.root, 'a/b/c'))).existing).toBe(here.root);
    expect((await look(join(here.root, 'link'))).existing).toBe(here.root);
    mkdirSync(join(here.root, 'data'));
    expect((await look(join(here.root, 'link/below'))).existing).toBe(join(here.root, 'data'));
  });

  it('may have a colon, a space or a quote in its name (trap 15)', async () => {
    const odd = here.folder('a:b "c" $(id) \\040é');
    expect((await look(odd)).existing).toBe(odd);
  });

  it('is a folder', async () => {
    writeFileSync(join(here.root, 'file'), '');
    await expect(look(join(here.root, 'file'))).rejects.toThrow(/file is not a folder$/);
  });

  it('is not looked for in circles', async () => {
    symlinkSync('round', join(here.root, 'round'));
    await expect(look(join(here.root, 'round'))).rejects.toThrow('too many symbolic links');
  });

  it('is memory on /proc-like mounts without a size: nothing known, nothing thrown', async () => {
    expect(await look('/proc')).toMatchObject({ kind: 'unknown', leaves: [], size: 0 });
  });
});

const reason = noMounts('mkfs.ext4', 'losetup');
describe.skipIf(reason)(`a place on real mounts${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let below: Awaited<ReturnType<typeof look>>;
  beforeAll(async () => {
    below = await look(here.root);
  });

  it('is memory on tmpfs', async () => {
    const path = here.mount('tmpfs', '-t', 'tmpfs', '-o', 'size=8m', 'none');
    expect(await look(path)).toMatchObject({ kind: 'memory', layers: ['tmpfs'], leaves: [], size: 8 << 20 });
  });

  it('stands on the disk of its image through a loop device, and may be read-only', async () => {
    const image = here.image('disk:1.img', 16);
    sh('mkfs.ext4', '-qF', image);
    const path = here.mount('loop', '-o', 'loop,ro', image);
    const found = await look(path);
    expect(found).toMatchObject({ kind: below.kind, readOnly: true, leaves: below.leaves });
    expect(found.layers[1]).toMatch(/^loop\d+$/);
    expect(found.layers.slice(2)).toEqual(below.layers);
  });

  it('is seen through bind mounts and what is mounted over them', async () => {
    const path = here.mount('bound', '--bind', here.folder('origin'));
    expect(await look(path)).toMatchObject({ kind: below.kind, leaves: below.leaves, mount: { point: path } });
    here.mount('bound', '-t', 'tmpfs', 'none');
    expect((await look(path)).kind).toBe('memory');
  });

  it('is the upper folder of an overlay', async () => {
    const options = ['lower', 'upper', 'work'].map((name) => `${name}dir=${here.folder(`overlay,${name}`)}`);
    const escaped = options.map((option) => option.replaceAll(',', '\\,')).join(',');
    const path = here.mount('overlay', '-t', 'overlay', '-o', escaped, 'overlay');
    expect(await look(path)).toMatchObject({ layers: ['overlay', ...below.layers], leaves: below.leaves });
  });

  const noBtrfs = noMounts('mkfs.btrfs');
  it.skipIf(noBtrfs)(`is all devices of a btrfs${noBtrfs ? ` (skipped: ${noBtrfs})` : ''}`, async () => {
    const images = ['one', 'two'].map((name) => here.image(`btrfs-${name}.img`, 128));
    const loops = images.map((image) => {
      const device = sh('losetup', '--show', '-f', image).trim();
      here.undo(() => sh('losetup', '-d', device));
      return device;
    });
    sh('mkfs.btrfs', '-qf', '-d', 'single', ...loops);
    const path = here.mount('btrfs', '-o', `device=${loops[0]},device=${loops[1]}`, loops[0] ?? '');
    const found = await look(path);
    const names = loops.map((device) => device.replace('/dev/', ''));
    expect(found).toMatchObject({ kind: below.kind, inodes: null, leaves: below.leaves });
    expect(found.layers).toEqual(expect.arrayContaining(['btrfs', ...names]));
  });
});

const cannot = noHangs();
describe.skipIf(cannot)(`a place on a mount that hangs${cannot ? ` (skipped: ${cannot})` : ''}`, () => {
  it('is told as such, and holds nobody up', { timeout: 20_000 }, async () => {
    const point = await hung(here);
    const started = performance.now();
    await expect(look(join(point, 'docker'))).rejects.toThrow(
      `does not answer within 5 s: its file system hangs (fuse.faultfs from faultfs, mounted on ${point})`,
    );
    expect(performance.now() - started).toBeLessThan(6000);
    // Others are not held up by the one that hangs.
    expect((await look(here.root)).kind).toBeTypeOf('string');
  });

  it('is let go as soon as it is cancelled', async () => {
    const stop = new AbortController();
    const asked = place(stop.signal, join(here.root, 'hung/docker'));
    setTimeout(() => stop.abort(), 300);
    const started = performance.now();
    await expect(asked).rejects.toThrow('cancelled');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
