import { describe, expect, it } from 'vitest';
import { patience } from '../../../../src/host/live/sources/patience.ts';
import type { Program } from '../../../../src/host/live/sources/program.ts';
import { programSource } from '../../../../src/host/live/sources/program-source.ts';
import { readSource } from '../../../support/read-source.ts';

const sh = (script: string, given: Partial<Program> = {}): Program => ({
  ...{ name: 'sh', args: ['-c', script], withinMs: 3000, most: 10_000 },
  ...given,
});
const read = (...programs: readonly Program[]) =>
  readSource(
    programSource({ path: 'x', part: 'host', origin: 'x', form: 'text', priority: 1 }, programs, patience('it', 5000)),
  );
const NONE: Program = { ...sh(''), name: 'no-such-program' };

describe('what a program prints', () => {
  it('is there whole, with an end of its last line', async () => {
    const { bytes, state } = await read(sh('echo one; printf two'));
    expect([state, bytes.toString()]).toEqual(['whole', 'one\ntwo\n']);
  });

  it('is the newest of it where it is much, or has no end', async () => {
    const { bytes, state } = await read(sh('seq 1 100000'));
    expect([state, bytes.toString().endsWith('\n99999\n100000\n')]).toEqual(['cut', true]);
    expect(bytes.length).toBeLessThanOrEqual(10_000);
    expect(bytes.toString()).toMatch(/^\d{5}\n/);
    const from = performance.now();
    const endless = await read(sh('while :; do echo again; done', { withinMs: 700 }));
    expect(performance.now() - from).toBeLessThan(2000);
    expect(endless).toMatchObject({ state: 'cut', reason: 'sh did not end within 0.7 s' });
  });

  it('is only those lines that are wanted', async () => {
    const { bytes } = await read(sh('echo fine; echo "Out of memory: Killed"; echo fine', { keep: /out of memory/i }));
    expect(bytes.toString()).toBe('Out of memory: Killed\n');
  });

  it('is that of the next program where there is no such one, and the reasons of all where none gives anything', async () => {
    expect((await read(NONE, sh('echo here'))).bytes.toString()).toBe('here\n');
    expect(await read(NONE)).toMatchObject({ state: 'absent', reason: 'there is no program no-such-program here' });
    expect(await read(sh('echo "you need to be root" >&2; exit 4'), NONE)).toMatchObject({
      state: 'denied',
      reason: 'sh ended with exit code 4: you need to be root; there is no program no-such-program here',
    });
    expect(await read(sh('exit 3'))).toMatchObject({ state: 'failed', reason: 'sh ended with exit code 3' });
    expect(await read(sh('sleep 9', { withinMs: 300 }))).toMatchObject({ state: 'timed-out' });
  });
});
