import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookedAtOutput } from '../../../src/host/live/output-folder.ts';
import { OutputError } from '../../../src/output-error.ts';
import { ground, hung, noHangs, noMounts } from './disk/mounted.ts';

const folder = mkdtempSync(join(tmpdir(), 'output-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const look = (path: string) => lookedAtOutput(path, new AbortController().signal);

describe('a look at a folder that is written to', () => {
  it('tells what is free and makes nothing', async () => {
    expect(await look(folder)).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses what nothing can be written to', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(look(join(folder, 'none'))).rejects.toThrow('the folder does not exist');
    await expect(look(join(folder, 'file'))).rejects.toThrow('what should be its folder is a file');
    await expect(look(join(folder, 'file/x'))).rejects.toBeInstanceOf(OutputError);
  });
});

const reason = noMounts('mount', 'umount');
describe.skipIf(reason !== null)(`a folder on a mount${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const place = ground();
  let sealed = '';
  beforeAll(() => {
    sealed = place.mount('sealed', '-t', 'tmpfs', '-o', 'ro', 'tmpfs');
  });
  afterAll(() => place.remove());

  it('that is read-only', async () => {
    await expect(look(sealed)).rejects.toThrow('the file system is read-only');
  });
});

const noHang = noHangs();
describe.skipIf(noHang !== null)(`a folder on a mount that hangs${noHang ? ` (skipped: ${noHang})` : ''}`, () => {
  const place = ground();
  afterAll(() => place.remove());

  it('is given up after two seconds', async () => {
    const point = await hung(place);
    const began = performance.now();
    await expect(look(point)).rejects.toThrow(
      `nothing can be written to ${point}: it does not answer within 2 s: its file system hangs`,
    );
    expect(performance.now() - began).toBeLessThan(2700);
  });
});
