import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exec } from '../../../src/host/live/exec.ts';
import { isAlive } from '../../../src/host/live/process-identity.ts';
import { tree } from '../../support/tree.ts';

const never = new AbortController().signal;
const script = (text: string): string => {
  const path = join(mkdtempSync(join(tree({}), 'bin-')), 'program');
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
};

describe.skipIf(process.platform !== 'linux')('exec (needs Linux)', () => {
  it('tells exit code and both outputs', async () => {
    expect(await exec(script('echo out; echo err >&2; exit 3'), [], never)).toEqual({
      exitCode: 3,
      stdout: 'out',
      stderr: 'err',
    });
    expect(await exec('/nowhere/program', [], never)).toBeNull();
  });

  it('ends, when it is cancelled, the program and what that had started', async () => {
    const stop = new AbortController();
    const file = join(tree({}), 'pid');
    const asked = exec(script(`sleep 1000 & echo $! > ${file}; wait`), [], stop.signal);
    const told = expect(asked).rejects.toThrow('cancelled');
    const pid = () => Number(readFileSync(file, 'utf8'));
    await expect.poll(pid, { timeout: 5000 }).toBeGreaterThan(0);
    onTestFinished(() => {
      if (isAlive(pid())) process.kill(pid());
    });
    stop.abort();
    await told;
    // Where nobody reaps it, its number stays; its state is Z then.
    const runs = () => isAlive(pid()) && !/\) Z /.test(readFileSync(`/proc/${pid()}/stat`, 'utf8'));
    await expect.poll(runs, { timeout: 3000 }).toBe(false);
  });

  it('ends a program that prints without end, and tells one that crashes', async () => {
    await expect(exec(script('exec yes'), [], never)).rejects.toThrow('printed more than 256 KiB');
    await expect(exec(script('kill -SEGV $$'), [], never)).rejects.toThrow('SIGSEGV');
  });
});
