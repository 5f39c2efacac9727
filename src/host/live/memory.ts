import type { SystemAnswers } from '../answers/system.ts';
import { memoryLimit } from './cgroup.ts';
import { kernelLine, kernelNames, kernelText } from './kernel-files.ts';

type Memory = SystemAnswers['memory'];

/** What the firmware gave: memory blocks, switched on or not, by their size (sysfs, memory hotplug). Null where it does not tell. */
const installed = (root: string): number | null => {
  const folder = `${root}/sys/devices/system/memory`;
  const size = Number.parseInt(kernelLine(`${folder}/block_size_bytes`) ?? '', 16);
  const blocks = kernelNames(folder).filter((name) => /^memory\d+$/.test(name));
  return size > 0 && blocks.length > 0 ? blocks.length * size : null;
};

/** /proc/meminfo, /sys and our cgroup as an answer; null where there is no /proc/meminfo. */
export const memoryOfFiles = (root = ''): Memory | null => {
  const text = kernelText(`${root}/proc/meminfo`) ?? '';
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) * 1024;
  const total = bytes('MemTotal');
  if (!(total > 0)) return null;
  const limit = memoryLimit(root);
  // MemAvailable came with Linux 3.14; before it, what is free or could be freed.
  const available = bytes('MemAvailable') || bytes('MemFree') + bytes('Buffers') + bytes('Cached') || 0;
  return {
    total,
    available: Math.min(available, total),
    installed: installed(root),
    limit: limit?.value ?? null,
    limitFrom: limit?.from ?? null,
  };
};

/** The memory of this machine in bytes; where there is no /proc (macOS, Windows), systeminformation tells. */
export const memory = async (): Promise<Memory> => {
  const told = process.platform === 'linux' ? memoryOfFiles() : null;
  if (told) return told;
  const { default: systeminformation } = await import('systeminformation');
  const { total, available } = await systeminformation.mem();
  return { total, available: Math.min(available, total), installed: null, limit: null, limitFrom: null };
};
