import { describe, expect, it } from 'vitest';
import { bundleUnder, fullFrom, killedAt, noStrace } from '../support/bundle-faults.ts';
import { LAUNCHER } from '../support/command.ts';
import { titled } from '../support/titled.ts';

const why = noStrace();

describe.skipIf(why !== null)(titled('a bundle under fire', why), () => {
  it.each([1, 9, 25, 40, 60, 90])(
    'killed at its %i. call: none or a whole one, and no secret on the disk',
    async (nth) => {
      const { bundle, leaks } = await bundleUnder(LAUNCHER, killedAt(nth));
      expect(leaks).toEqual([]);
      expect(bundle).not.toBe('half');
    },
  );

  it.each([1, 2])('on a disk that is full from the %i. write on: none, 74, one sentence, nothing left', async (nth) => {
    const { exitCode, bundle, leaks, left, stderr } = await bundleUnder(LAUNCHER, fullFrom(nth));
    expect({ bundle, leaks, left }).toEqual({ bundle: 'none', leaks: [], left: [] });
    expect(exitCode).toBe(74);
    expect(stderr.trim().split('\n').at(-1)).toMatch(/could not be written: no space is left there/);
  });
});
