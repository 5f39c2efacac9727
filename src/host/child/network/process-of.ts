import { readFileSync } from 'node:fs';

/**
 * Whether a process of this machine is one of a container's, by the control group that its Engine put it into. An Engine
 * in a virtual machine numbers processes of another kernel, whose number means anything here.
 */
export const isOfContainer = (pid: number, id: string): boolean => {
  if (pid < 1 || id.length < 12) return false;
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(id);
  } catch {
    return false;
  }
};
