import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { refuseHung, refuseHungInput } from '../../src/cli/hung.ts';
import { readInput } from '../../src/cli/input.ts';
import { readSubject } from '../../src/cli/subject.ts';
import { OutputError } from '../../src/output-error.ts';
import { UsageError } from '../../src/usage-error.ts';
import { ground, hung, noHangs } from '../host/live/disk/mounted.ts';
import { tree } from '../support/tree.ts';

const cannot = noHangs();
describe.skipIf(cannot)(`a file system that hangs${cannot ? ` (skipped: ${cannot})` : ''}`, () => {
  const here = ground();
  afterAll(() => here.remove());

  it('is refused as a place to read and to write, itself and all below it, and never touched by this process', {
    timeout: 30_000,
  }, async () => {
    const point = await hung(here);
    for (const path of [point, join(point, 'b.zip')]) {
      await expect(refuseHung(path)).rejects.toThrow(OutputError);
      await expect(refuseHungInput(path, '--from x')).rejects.toThrow(/^--from x: it does not answer within 2 s/);
      await expect(readSubject(path, '--from')).rejects.toThrow(UsageError);
      await expect(readInput(path, '--spec')).rejects.toThrow(/^--spec .*: its file system hangs$/);
    }
  });
});

describe('a file system that answers', () => {
  it('is not refused, whether or not there is anything', async () => {
    const root = tree({ 'a.yaml': 'a: 1' });
    for (const path of [root, join(root, 'a.yaml'), join(root, 'none', 'none')]) {
      await refuseHung(path);
      await refuseHungInput(path, path);
    }
    expect(await readInput(join(root, 'a.yaml'), '--spec')).toBe('a: 1');
  });
});
