import { describe, expect, it } from 'vitest';
import { hostMemory } from '../../../checks/host/memory.ts';
import type { Json, Profile } from '../../../src/model.ts';
import { judged } from '../../support/judged.ts';

const GiB = 2 ** 30;
const gib = (number: number) => Math.round(number * GiB);
const memory = (total: number, change: { readonly [key: string]: Json } = {}, profile: Profile = 'production') =>
  judged(
    hostMemory,
    { 'system "memory"': { total, available: 0, installed: null, limit: null, limitFrom: null, ...change } },
    { profile },
  );
const FROM = '/sys/fs/cgroup/memory.max';

describe('host.memory', () => {
  it.each([15.2, 15.3, 15.4, 15.5, 15.6, 15.7, 16, 32])('passes 16 GB as sold, shown as %f GiB', async (shown) => {
    expect((await memory(gib(shown))).outcome).toBe('pass');
  });

  it.each([0.5, 4, 7.6, 8, 12, 14, 14.8])('fails %f GiB', async (shown) => {
    const result = await memory(gib(shown));
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('at least 16 GiB needed');
  });

  it('turns exactly at the tolerance of the spec', async () => {
    const floor = 16 * GiB * (1 - 0.07);
    expect((await memory(Math.ceil(floor))).outcome).toBe('pass');
    expect((await memory(Math.floor(floor) - 1)).outcome).toBe('fail');
  });

  it('shows what is built in, and lets it count where the kernel keeps more', async () => {
    const result = await memory(gib(14.5), { installed: gib(16) });
    expect(result.outcome).toBe('pass');
    expect(result.message).toContain('14.5 GiB of memory (16 GiB installed)');
    expect((await memory(gib(7.6), { installed: gib(8) })).outcome).toBe('fail');
  });

  it.each([2, 8, 13])(
    'does not count what is installed where only %f GiB of it are given to the system',
    async (shown) => {
      const result = await memory(gib(shown), { installed: gib(24) });
      expect(result.outcome).toBe('fail');
      expect(result.findings[0]?.remedy).toContain('balloon');
    },
  );

  it('fails under a cgroup limit, and names its file', async () => {
    const result = await memory(gib(64), { limit: gib(8), limitFrom: FROM });
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('limits the memory to 8 GiB of 64 GiB');
    expect(result.measured?.value).toBe(gib(8));
    expect(result.findings[0]?.remedy).toContain(FROM);
  });

  it('passes under a limit that is large enough, and says it', async () => {
    expect((await memory(gib(64), { limit: gib(16), limitFrom: FROM })).message).toContain('16 GiB of it within');
    expect((await memory(gib(64), { limit: gib(640), limitFrom: FROM })).message).not.toContain('within');
  });

  it('asks less for development', async () => {
    expect((await memory(gib(4), {}, 'development')).outcome).toBe('pass');
    expect((await memory(gib(2), {}, 'development')).outcome).toBe('warn');
  });

  it('cannot tell', async () => {
    expect((await memory(0)).outcome).toBe('unknown');
    expect((await judged(hostMemory, {})).outcome).toBe('unknown');
  });
});
