import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { text } from '../../../src/host/child/text.ts';
import { readHomeFile } from '../../../src/host/live/home-files.ts';
import { tree } from '../../support/tree.ts';
import { ground, hung, noHangs } from './disk/mounted.ts';

describe.skipIf(process.platform !== 'linux')('files of a home (needs Linux)', () => {
  it.each([
    ['here', readHomeFile],
    ['in a child', async (path: string) => text(path)],
  ])('are read %s; what is not there is null, what is no file is said', async (_, read) => {
    const root = tree({ 'config.json': '{"a":"é"}' });
    expect(await read(join(root, 'config.json'))).toBe('{"a":"é"}');
    expect(await read(join(root, 'none', 'config.json'))).toBeNull();
    mkdirSync(join(root, 'folder'));
    await expect(async () => read(join(root, 'folder'))).rejects.toThrow('is not a regular file');
  });
});

const cannot = noHangs();
describe.skipIf(cannot)(`a home on a mount that hangs${cannot ? ` (skipped: ${cannot})` : ''}`, () => {
  const here = ground();
  afterAll(() => here.remove());
  it('is given up, and this process never touched it', { timeout: 10_000 }, async () => {
    const point = await hung(here);
    await expect(readHomeFile(join(point, '.docker/config.json'))).rejects.toThrow('does not answer within 2 s');
  });
});
