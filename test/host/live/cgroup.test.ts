import { describe, expect, it } from 'vitest';
import { cpuQuota, memoryLimit } from '../../../src/host/live/cgroup.ts';
import { tree } from '../../support/tree.ts';

const GiB = 2 ** 30;
const V2_MOUNT = '35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n';
const v1Mount = (root = '/') =>
  [
    `33 32 0:28 ${root} /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct`,
    `34 32 0:29 ${root} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory`,
    '',
  ].join('\n');
const v1Own = (path: string) => `4:memory:${path}\n3:cpuacct,cpu:${path}\n2:cpuset:/\n1:name=systemd:/x\n`;
const at = (mounts: string, own: string, files: Readonly<Record<string, string>>) =>
  tree({ 'proc/self/mountinfo': mounts, 'proc/self/cgroup': own, ...files });
const G = 'sys/fs/cgroup';

describe('cgroup v2', () => {
  const session = '0::/user.slice/user-1000.slice/session-3.scope\n';

  it('finds no limit where all say max', () => {
    const root = at(V2_MOUNT, session, {
      [`${G}/user.slice/cpu.max`]: 'max 100000\n',
      [`${G}/user.slice/user-1000.slice/session-3.scope/memory.max`]: 'max\n',
    });
    expect([cpuQuota(root), memoryLimit(root)]).toEqual([null, null]);
  });

  it('takes the smallest on the way up, wherever it stands', () => {
    const root = at(V2_MOUNT, session, {
      [`${G}/user.slice/cpu.max`]: '150000 100000\n',
      [`${G}/user.slice/user-1000.slice/cpu.max`]: '800000 100000\n',
      [`${G}/user.slice/user-1000.slice/session-3.scope/cpu.max`]: 'max 100000\n',
      [`${G}/user.slice/memory.max`]: `${8 * GiB}\n`,
      [`${G}/user.slice/user-1000.slice/memory.max`]: `${12 * GiB}\n`,
      [`${G}/system.slice/memory.max`]: `${GiB}\n`,
    });
    expect(cpuQuota(root)).toEqual({ value: 1.5, from: '/sys/fs/cgroup/user.slice/cpu.max' });
    expect(memoryLimit(root)).toEqual({ value: 8 * GiB, from: '/sys/fs/cgroup/user.slice/memory.max' });
  });

  it.each(['0::/\n', '0::/../../other\n'])('reads the top of a cgroup namespace (%j)', (own) => {
    const root = at(V2_MOUNT, own, {
      [`${G}/cpu.max`]: '50000 100000\n',
      [`${G}/memory.max`]: `${2 * GiB}\n`,
      // Not below the mount: the path must not lead out of it.
      'sys/fs/cpu.max': '10000 100000\n',
      'sys/other/memory.max': '1\n',
      'sys/memory.max': '1\n',
    });
    expect(cpuQuota(root)?.value).toBe(0.5);
    expect(memoryLimit(root)).toEqual({ value: 2 * GiB, from: '/sys/fs/cgroup/memory.max' });
  });

  it('knows a period that is not 100 ms', () => {
    const root = at(V2_MOUNT, '0::/\n', { [`${G}/cpu.max`]: '100000 25000\n' });
    expect(cpuQuota(root)?.value).toBe(4);
  });
});

describe('cgroup v1', () => {
  it('takes the number of "unlimited" and a quota of -1 for none', () => {
    const root = at(v1Mount(), v1Own('/user.slice'), {
      [`${G}/cpu,cpuacct/user.slice/cpu.cfs_quota_us`]: '-1\n',
      [`${G}/cpu,cpuacct/user.slice/cpu.cfs_period_us`]: '100000\n',
      [`${G}/memory/user.slice/memory.limit_in_bytes`]: '9223372036854771712\n',
      [`${G}/memory/user.slice/memory.stat`]: 'cache 0\nhierarchical_memory_limit 9223372036854771712\n',
      [`${G}/memory/memory.limit_in_bytes`]: '9223372036854771712\n',
    });
    expect([cpuQuota(root), memoryLimit(root)]).toEqual([null, null]);
  });

  it('walks up a host', () => {
    const root = at(v1Mount(), v1Own('/batch/job'), {
      [`${G}/cpu,cpuacct/batch/cpu.cfs_quota_us`]: '250000\n',
      [`${G}/cpu,cpuacct/batch/cpu.cfs_period_us`]: '100000\n',
      [`${G}/cpu,cpuacct/batch/job/cpu.cfs_quota_us`]: '-1\n',
      [`${G}/cpu,cpuacct/batch/job/cpu.cfs_period_us`]: '100000\n',
      [`${G}/memory/batch/memory.limit_in_bytes`]: `${4 * GiB}\n`,
      [`${G}/memory/batch/job/memory.limit_in_bytes`]: '9223372036854771712\n',
    });
    expect(cpuQuota(root)).toEqual({ value: 2.5, from: '/sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_quota_us' });
    expect(memoryLimit(root)).toEqual({ value: 4 * GiB, from: '/sys/fs/cgroup/memory/batch/memory.limit_in_bytes' });
  });

  it("finds a container's own folder, which is the root of its mount", () => {
    const root = at(v1Mount('/docker/3f4e'), v1Own('/docker/3f4e'), {
      [`${G}/cpu,cpuacct/cpu.cfs_quota_us`]: '200000\n',
      [`${G}/cpu,cpuacct/cpu.cfs_period_us`]: '100000\n',
      [`${G}/memory/memory.limit_in_bytes`]: `${GiB}\n`,
    });
    expect(cpuQuota(root)).toEqual({ value: 2, from: '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us' });
    expect(memoryLimit(root)?.value).toBe(GiB);
  });

  it('knows what is inherited from folders that cannot be seen', () => {
    const root = at(v1Mount('/kubepods/pod1/c1'), v1Own('/kubepods/pod1/c1'), {
      [`${G}/memory/memory.limit_in_bytes`]: '9223372036854771712\n',
      [`${G}/memory/memory.stat`]: `cache 12\nhierarchical_memory_limit ${3 * GiB}\nhierarchical_memsw_limit 9223372036854771712\n`,
    });
    expect(memoryLimit(root)).toEqual({ value: 3 * GiB, from: '/sys/fs/cgroup/memory/memory.stat' });
  });
});

it('takes the smaller one of v1 and v2 where both are mounted', () => {
  const unified = '40 32 0:40 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n';
  const root = at(`${v1Mount()}${unified}`, `${v1Own('/a')}0::/a\n`, {
    [`${G}/memory/a/memory.limit_in_bytes`]: `${2 * GiB}\n`,
    [`${G}/unified/a/memory.max`]: 'max\n',
  });
  expect(memoryLimit(root)?.from).toBe('/sys/fs/cgroup/memory/a/memory.limit_in_bytes');
});

it.each<[string, string, string]>([
  ['nothing is mounted', '', v1Own('/a')],
  ['we are in no cgroup', V2_MOUNT, ''],
  ['files are garbage', 'x - y\n\n - \n', 'nonsense\n::\n'],
])('finds no limit where %s', (_, mounts, own) => {
  const root = at(mounts, own, { [`${G}/cpu.max`]: 'a b\n' });
  expect([cpuQuota(root), memoryLimit(root)]).toEqual([null, null]);
});

it('reads a mount point with a blank in its name', () => {
  const mount = '35 24 0:30 / /sys/fs/c\\040group rw - cgroup2 cgroup2 rw\n';
  const root = at(mount, '0::/\n', { 'sys/fs/c group/memory.max': `${GiB}\n` });
  expect(memoryLimit(root)?.from).toBe('/sys/fs/c group/memory.max');
});
