import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOf, refuseSame } from '../../src/cli/bundle-target.ts';
import { linesOf } from '../../src/cli/terminal-line.ts';
import { OutputError } from '../../src/output-error.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-target-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('the place of a bundle', () => {
  it.skipIf(process.getuid?.() === 0)(
    'is refused before anything is collected where nothing may be written (not as root)',
    async () => {
      chmodSync(folder, 0o500);
      for (const output of [folder, join(folder, 'b.zip')])
        await expect(placeOf(output, 'zip')).rejects.toThrow(/could not be written: permission denied$/);
    },
  );

  it.skipIf(process.platform !== 'linux')('is refused on a file system that takes no file (needs Linux)', async () => {
    await expect(placeOf('/proc/self/b.zip', 'zip')).rejects.toThrow(OutputError);
  });

  it('is not that of the map, nor is the digest', () => {
    for (const map of [join(folder, 'b.zip'), join(folder, 'b.zip.sha256'), join(folder, 'x', '..', 'b.zip')])
      expect(() => refuseSame(map, join(folder, 'b.zip'))).toThrow(/take the name/);
    refuseSame(join(folder, 'map.json'), join(folder, 'b.zip'));
    refuseSame(null, join(folder, 'b.zip'));
    refuseSame(join(folder, 'map.json'), null);
  });
});

describe('a question about consent', () => {
  const asked = (atEnd?: string) => {
    const raw = { setRawMode: () => input };
    const input = Object.assign(new PassThrough(), raw) as unknown as NodeJS.ReadStream & PassThrough;
    const lines = linesOf({ input, write: () => {}, interrupt: () => {}, ...(atEnd !== undefined && { atEnd }) });
    return { input, answer: lines.read('? ', new AbortController().signal, false) };
  };

  it.each([
    ['Ctrl-D', '\u0004', 'q'],
    ['Enter', '\r', ''],
    ['Ctrl-D behind a word', 'host\u0004', 'host'],
  ])('is answered by %s as it should be', async (_, keys, expected) => {
    const { input, answer } = asked('q');
    input.write(keys);
    expect(await answer).toBe(expected);
  });

  it('is no consent where the terminal ends, and empty for other questions', async () => {
    const [consent, other] = [asked('q'), asked()];
    consent.input.end();
    other.input.end();
    expect(await consent.answer).toBe('q');
    expect(await other.answer).toBe('');
  });
});
