import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ArchiveError } from '../../src/archive/archive.ts';
import { readArchive } from '../../src/archive/read.ts';
import { HOSTILE_TARS, HOSTILE_ZIPS } from './hostile.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads all of an archive; the sentence that refused it, null where nothing did. */
const refusal = async (given: string | Uint8Array): Promise<string | null> => {
  try {
    for await (const { read } of readArchive(given)) for await (const _ of read());
    return null;
  } catch (error) {
    if (error instanceof ArchiveError) return error.message;
    throw error;
  }
};

const ALL = [...HOSTILE_ZIPS, ...HOSTILE_TARS];

describe('a hostile archive is refused within a second, with a sentence of its own', () => {
  it.each(ALL)('$what', async ({ make, says }) => {
    const bytes = make();
    const began = performance.now();
    const sentence = await refusal(bytes);
    expect(sentence).toContain(says);
    expect(sentence).toMatch(/^[^\p{C}]+$/u);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('no two faults are told in the same words, and memory stays where it was', async () => {
    const before = process.memoryUsage().rss;
    let most = before;
    const words: string[] = [];
    for (const { make } of ALL.filter(({ again }) => !again)) {
      words.push(((await refusal(make())) ?? '').replace(/"[^"]*"|\d+/g, '…'));
      most = Math.max(most, process.memoryUsage().rss);
    }
    expect(words.length).toBeGreaterThan(70);
    expect(words.filter((one, at) => words.indexOf(one) !== at)).toEqual([]);
    // The zeros of bombs that are made here among it.
    expect(most - before).toBeLessThan(200 * 2 ** 20);
  });
});

describe('what is given in place of an archive never hangs and is told', () => {
  it.each([
    ['a folder', () => mkdirSync(join(folder, 'd')), 'd', 'it is a folder, and an archive was needed'],
    ['a FIFO', () => execFileSync('mkfifo', [join(folder, 'p')]), 'p', 'it is a FIFO, which nothing is read from'],
    ['a device', () => {}, '/dev/zero', 'it is a device, which nothing is read from'],
    ['nothing', () => {}, 'none', 'it cannot be read: there is no such file'],
    [
      'a path through a file',
      () => writeFileSync(join(folder, 'f'), 'x'),
      'f/x',
      'it cannot be read: there is no such file',
    ],
  ])('%s', async (_, make, path, sentence) => {
    make();
    expect(await refusal(path.startsWith('/') ? path : join(folder, path))).toBe(sentence);
  });

  it.skipIf(process.getuid?.() === 0)('a file without the right to read it', async () => {
    writeFileSync(join(folder, 'secret'), 'x', { mode: 0 });
    expect(await refusal(join(folder, 'secret'))).toBe('it cannot be read: permission denied');
  });
});
