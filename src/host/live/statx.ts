import { lstat, mkdtemp, readdir, rmdir, unlink, writeFile } from 'node:fs/promises';
import { machine, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import type { SystemAnswers } from '../answers/system.ts';
import { machineOf, statxProgram } from './docker/statx-elf.ts';
import { isAlive } from './process-identity.ts';

type Answer = SystemAnswers['statx'];

const OWN = /^wa-preflight-(\d+)-[A-Za-z0-9]{6}$/;
const PROGRAM = 'statx';

const remove = async (folder: string): Promise<void> => {
  // Only what we put there: a folder that holds anything else stays.
  await unlink(join(folder, PROGRAM)).catch(() => {});
  await rmdir(folder).catch(() => {});
};

/** Removes the folders that dead runs of the same user left there. */
const sweep = async (place: string): Promise<void> => {
  for (const name of await readdir(place).catch(() => [])) {
    const pid = Number(OWN.exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const found = await lstat(join(place, name)).catch(() => null);
    if (found?.isDirectory() && found.uid === process.getuid?.()) await remove(join(place, name));
  }
};

/** Runs the program; ETXTBSY means that another child, just being started, still holds it open for writing. */
const execute = async (program: string, signal: AbortSignal) => {
  for (let attempt = 0; ; attempt += 1) {
    const ran = await execa(program, [], {
      env: {},
      extendEnv: false,
      cwd: '/',
      stdio: 'ignore',
      reject: false,
      timeout: 5000,
      cancelSignal: signal,
      forceKillAfterDelay: 500,
    });
    if (ran.code !== 'ETXTBSY' || attempt === 9) return ran;
    await pause(20);
  }
};

/** An answer, or why this folder does not do. */
const tryIn = async (place: string, elf: Buffer, signal: AbortSignal): Promise<Answer | string> => {
  const folder = await mkdtemp(join(place, `wa-preflight-${process.pid}-`)).catch((error: NodeJS.ErrnoException) => {
    return { refused: `${place} (${error.code ?? error.message})` };
  });
  if (typeof folder !== 'string') return folder.refused;
  try {
    const program = join(folder, PROGRAM);
    await writeFile(program, elf, { flag: 'wx', mode: 0o700 });
    const ran = await execute(program, signal);
    if (ran.isCanceled) throw new Error('cancelled');
    if (ran.exitCode !== undefined) return { errno: ran.exitCode, reason: null };
    if (ran.signal) return { errno: null, reason: `the probe was ended by ${ran.signal}` };
    return `${place} (${ran.code ?? 'it does not run there'})`;
  } catch (error) {
    if (signal.aborted) throw error;
    return `${place} (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  } finally {
    await remove(folder);
  }
};

/**
 * The raw statx system call on this host itself: errno 0 worked; null where it could not be run, with the reason. Writes one
 * program of 384 bytes for a moment, into the first of these folders where programs may be written and run: memory before
 * TMPDIR, which may be on a mount that hangs.
 */
export const hostStatx = async (
  signal: AbortSignal,
  quick: boolean,
  places: readonly string[] = ['/dev/shm', '/run', tmpdir()],
): Promise<Answer> => {
  if (quick) return { errno: null, reason: 'left out by --quick' };
  const name = process.platform === 'linux' ? machineOf(machine()) : null;
  if (!name) return { errno: null, reason: `there is no probe for ${process.platform} on ${machine()}` };
  const refused: string[] = [];
  for (const place of new Set(places)) {
    await sweep(place);
    const answer = await tryIn(place, statxProgram(name), signal);
    if (typeof answer !== 'string') return answer;
    refused.push(answer);
  }
  return { errno: null, reason: `no folder lets a program be written and run: ${refused.join(', ')}` };
};
