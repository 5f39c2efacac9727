import os from 'node:os';
import type { SystemAnswers } from '../answers/system.ts';
import { cpuQuota } from './cgroup.ts';
import { kernelLine, kernelList, kernelText } from './kernel-files.ts';

type Cpu = SystemAnswers['cpu'];

const field = (block: string, name: string): string | undefined =>
  new RegExp(`^${name}\\s*:\\s*(.*?)\\s*$`, 'm').exec(block)?.[1];

/** Distinct (package, core) pairs; null unless every processor tells both. */
const distinct = (pairs: readonly (readonly [unknown, unknown])[]): number | null =>
  pairs.length && pairs.every(([socket, core]) => socket && core)
    ? new Set(pairs.map(([socket, core]) => `${socket} ${core}`)).size
    : null;

/** Processors that we may run on: our affinity mask and cpuset, of those that are online. */
const usable = (root: string, logical: number): number | null => {
  const allowed = field(kernelText(`${root}/proc/self/status`) ?? '', 'Cpus_allowed_list');
  if (!allowed) return null;
  const online = kernelLine(`${root}/sys/devices/system/cpu/online`);
  const ours = [...kernelList(allowed)];
  // The mask also names processors that could be plugged in.
  const count = online ? ours.filter((cpu) => kernelList(online).has(cpu)).length : ours.length;
  return Math.min(Math.max(count, 1), logical);
};

/** /proc/cpuinfo and /sys as an answer; null where they do not tell the processors. `root` is for made-up trees. */
export const cpuOfFiles = (root = ''): Cpu | null => {
  const blocks = (kernelText(`${root}/proc/cpuinfo`) ?? '').split(/\n\n+/).filter((one) => field(one, 'processor'));
  if (blocks.length === 0) return null;
  const topology = (name: string, file: string) =>
    kernelLine(`${root}/sys/devices/system/cpu/cpu${name}/topology/${file}`);
  const physical =
    distinct(blocks.map((one) => [field(one, 'physical id'), field(one, 'core id')])) ??
    distinct(
      blocks.map((one) => {
        const name = field(one, 'processor') ?? '';
        return [topology(name, 'physical_package_id'), topology(name, 'core_id')];
      }),
    );
  const quota = cpuQuota(root);
  return {
    model: field(blocks[0] ?? '', 'model name') ?? null,
    logical: blocks.length,
    physical,
    usable: usable(root, blocks.length),
    quota: quota?.value ?? null,
    quotaFrom: quota?.from ?? null,
  };
};

/** The processors of this machine. What files do not tell (macOS, Windows, ARM's models) is asked of systeminformation. */
export const cpu = async (): Promise<Cpu> => {
  const told = process.platform === 'linux' ? cpuOfFiles() : null;
  if (told?.model && told.physical) return told;
  const { default: systeminformation } = await import('systeminformation');
  const asked = await systeminformation.cpu();
  const logical = told?.logical ?? Math.max(os.cpus().length, asked.cores, 1);
  return {
    model: told?.model ?? (`${asked.manufacturer} ${asked.brand}`.trim() || null),
    logical,
    physical: told?.physical ?? (asked.physicalCores > 0 ? Math.min(asked.physicalCores, logical) : null),
    usable: told?.usable ?? null,
    quota: told?.quota ?? null,
    quotaFrom: told?.quotaFrom ?? null,
  };
};
