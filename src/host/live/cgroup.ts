import { kernelLine, kernelText } from './kernel-files.ts';
import { type MountLine, mountLines } from './mounts.ts';

/** A limit that some cgroup sets, and the file that says so. */
export type CgroupLimit = { readonly value: number; readonly from: string };

type Controller = 'cpu' | 'memory';
type Hierarchy = { readonly version: 1 | 2; readonly folders: readonly string[] };

/** Where a cgroup path lies below its mount; what is outside of our cgroup namespace counts as the mount itself. */
const below = (mounted: string, path: string): string => {
  if (path.split('/').includes('..')) return '';
  if (mounted === '/') return path === '/' ? '' : path;
  return path.startsWith(`${mounted}/`) ? path.slice(mounted.length) : '';
};

/** A folder and those above it up to the mount, innermost first: a limit binds everything below. */
const upwards = (point: string, path: string): readonly string[] => {
  const names = path.split('/').filter(Boolean);
  return Array.from({ length: names.length + 1 }, (_, up) => [point, ...names.slice(0, names.length - up)].join('/'));
};

/** The folders of our own cgroups for a controller, in cgroup v1 and v2 (both may be mounted). */
const hierarchies = (controller: Controller, root: string): readonly Hierarchy[] => {
  const mounts = mountLines(root).filter(({ type }) => type === 'cgroup' || type === 'cgroup2');
  return (kernelText(`${root}/proc/self/cgroup`) ?? '').split('\n').flatMap((line): Hierarchy[] => {
    const [, id, controllers = '', path = '/'] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    if (id === undefined) return [];
    const unified = id === '0' && controllers === '';
    if (!unified && !controllers.split(',').includes(controller)) return [];
    const fits = ({ type, options }: MountLine) =>
      unified ? type === 'cgroup2' : type === 'cgroup' && options.split(',').includes(controller);
    const candidates = mounts.filter(fits);
    const mount = candidates.find(({ root: inner }) => below(inner, path) !== '') ?? candidates[0];
    return mount ? [{ version: unified ? 2 : 1, folders: upwards(mount.point, below(mount.root, path)) }] : [];
  });
};

const smallest = (limits: readonly CgroupLimit[]): CgroupLimit | null =>
  limits.reduce<CgroupLimit | null>((least, limit) => (least && least.value <= limit.value ? least : limit), null);

const eachFolder = (
  controller: Controller,
  root: string,
  look: (folder: string, version: 1 | 2) => CgroupLimit | null,
): CgroupLimit | null =>
  smallest(
    hierarchies(controller, root).flatMap(({ version, folders }) =>
      folders.flatMap((folder) => look(folder, version) ?? []),
    ),
  );

/** What the CPU quotas of our cgroup and those above it leave, in CPUs: the smallest wins. Null without a quota. */
export const cpuQuota = (root = ''): CgroupLimit | null =>
  eachFolder('cpu', root, (folder, version) => {
    const from = `${folder}/${version === 2 ? 'cpu.max' : 'cpu.cfs_quota_us'}`;
    const said = kernelLine(`${root}${from}`)?.split(' ') ?? [];
    const quota = Number(said[0]);
    const period = Number(version === 2 ? said[1] : kernelLine(`${root}${folder}/cpu.cfs_period_us`));
    return quota > 0 && period > 0 ? { value: quota / period, from } : null;
  });

/** v1 writes "unlimited" as the largest number of pages; no machine has 8 PiB. */
const UNLIMITED = 2 ** 53;

/** The memory limit of our cgroup and those above it in bytes: the smallest wins. Null without a limit. */
export const memoryLimit = (root = ''): CgroupLimit | null =>
  eachFolder('memory', root, (folder, version) => {
    const from = `${folder}/${version === 2 ? 'memory.max' : 'memory.limit_in_bytes'}`;
    const own = Number(kernelLine(`${root}${from}`) ?? 'none');
    // What v1 inherits from folders that a container cannot see stands in its statistics.
    const stat = version === 1 ? kernelText(`${root}${folder}/memory.stat`) : null;
    const inherited = Number(/^hierarchical_memory_limit (\d+)$/m.exec(stat ?? '')?.[1] ?? 'none');
    const value = Math.min(...[own, inherited].filter((limit) => limit >= 0));
    if (!(value < UNLIMITED)) return null;
    return { value, from: value === own ? from : `${folder}/memory.stat` };
  });
