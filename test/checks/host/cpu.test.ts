import { describe, expect, it } from 'vitest';
import { hostCpu } from '../../../checks/host/cpu.ts';
import type { Json, Profile } from '../../../src/model.ts';
import { judged } from '../../support/judged.ts';

const machine = { model: 'AMD EPYC', logical: 8, physical: 4, usable: 8, quota: null, quotaFrom: null };
const cpus = (change: { readonly [key: string]: Json }, profile: Profile = 'production') =>
  judged(hostCpu, { 'system "cpu"': { ...machine, ...change } }, { profile });
const FROM = '/sys/fs/cgroup/user.slice/cpu.max';

describe('host.cpu', () => {
  it('passes, and shows logical and physical processors', async () => {
    expect((await cpus({})).message).toBe('8 CPUs on 4 physical cores (AMD EPYC)');
  });

  it.each([
    [{ logical: 4, usable: 4 }, 'pass', '4 CPUs'],
    [{ logical: 3, usable: 3, physical: 3 }, 'fail', '3 CPUs'],
    [{ logical: 1, usable: 1, physical: 1 }, 'fail', '1 CPU'],
    [{ usable: 4 }, 'pass', '4 CPUs'],
    [{ usable: 3 }, 'fail', '3 CPUs'],
    [{ usable: null }, 'pass', '8 CPUs'],
    [{ quota: 4, quotaFrom: FROM }, 'pass', '4 CPUs'],
    [{ quota: 3.99, quotaFrom: FROM }, 'fail', '3.99 CPUs'],
    [{ quota: 1.5, quotaFrom: FROM }, 'fail', '1.5 CPUs'],
    [{ quota: 0.25, quotaFrom: FROM }, 'fail', '0.25 CPUs'],
    [{ quota: 16, quotaFrom: FROM }, 'pass', '8 CPUs'],
    [{ usable: 6, quota: 4.5, quotaFrom: FROM }, 'pass', '4.5 CPUs'],
  ])('judges the smallest: %j is %s with %s', async (change, outcome, display) => {
    const result = await cpus(change);
    expect([result.outcome, result.measured?.display]).toEqual([outcome, display]);
  });

  it('says which of them it is', async () => {
    expect((await cpus({ logical: 2, usable: 2, physical: 2 })).message).toMatch(/^2 CPUs, at least 4 needed/);
    expect((await cpus({ usable: 2 })).message).toContain('affinity');
    const quota = await cpus({ usable: 3, quota: 1.5, quotaFrom: FROM });
    expect(quota.message).toContain('quota leaves 1.5 CPUs');
    expect(quota.findings[0]?.remedy).toContain(FROM);
    expect((await cpus({ quota: 6, quotaFrom: FROM })).message).toContain(', 6 of them within affinity and quota');
  });

  it('asks less for development', async () => {
    expect((await cpus({ logical: 2, usable: 2, physical: 1 }, 'development')).outcome).toBe('pass');
    expect((await cpus({ logical: 1, usable: 1, physical: 1 }, 'development')).outcome).toBe('warn');
  });

  it('cannot tell', async () => {
    expect((await judged(hostCpu, { 'system "cpu"': new Error('no') })).outcome).toBe('unknown');
    expect((await cpus({ logical: 0 })).outcome).toBe('unknown');
    expect((await cpus({ quota: -1 })).outcome).toBe('unknown');
  });
});
