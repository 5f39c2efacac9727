import { join, resolve } from 'node:path';
import { OutputError } from '../output-error.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Below what was named: a folder may answer for itself while all that is in it hangs; below a file there is nothing, which is said at once. */
const BELOW = '.wa-preflight';

/** Why nothing at a path may be touched by this process, which could never be ended then: a child looked first. Null where it may be. */
const whyHung = async (path: string): Promise<string | null> => {
  const { foreignMode } = await import('../host/live/login/foreign-file.ts');
  return foreignMode(join(path, BELOW), new AbortController().signal).then(
    () => null,
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      return /hangs$/.test(why) ? oneLine(why) : null;
    },
  );
};

/** Refuses a place to write to whose file system hangs. */
export const refuseHung = async (path: string): Promise<void> => {
  const why = await whyHung(path);
  if (why !== null) throw new OutputError(`${oneLine(path)}: ${why}`);
};

const fromHere = (path: string): string | null => {
  try {
    return resolve(path);
  } catch {
    return null;
  }
};

/** Refuses a file or a folder to be read whose file system hangs; `name` is what the message calls it. */
export const refuseHungInput = async (path: string, name: string): Promise<void> => {
  const whole = fromHere(path);
  const why = whole === null ? null : await whyHung(whole);
  if (why !== null) throw new UsageError(`${oneLine(name)}: ${why}`);
};
