import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

const told = (look: () => string): string => {
  try {
    return look().trim();
  } catch {
    return '';
  }
};

/** When a process started, in the kernel's ticks, so that a number that was given again is told apart; '' if not told. */
const startOf = (pid: number): string => {
  // The second field, the program's name, may hold blanks and brackets; fields count from the last bracket on.
  const after =
    told(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
      .split(') ')
      .at(-1) ?? '';
  return after.split(' ')[19] ?? '';
};

/** This process for other runs to judge by: process numbers mean something only where `origin` is the same. */
export const thisProcess = () => {
  const boot = told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) || hostname();
  const namespace = told(() => readlinkSync('/proc/self/ns/pid'));
  const origin = `${boot}-${namespace}`.replace(/[^\w.-]+/g, '-');
  return { pid: process.pid, origin, since: startOf(process.pid) };
};

/** Whether the process that had this number (and started then, where that is known) still runs. */
export const isAlive = (pid: number, since = ''): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return since === '' || now === '' || now === since;
};
