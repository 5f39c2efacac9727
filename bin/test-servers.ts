// Installs the database servers that the tests run against (test/servers), where they are missing or out of date. Never fails a run:
// says loudly what could not be had, and the tests that want it are skipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A cold install takes some ten seconds; one that takes this long is not coming. */
const DEADLINE_MS = 180_000;

const folder = join(dirname(fileURLToPath(import.meta.url)), '../test/servers');
const modules = join(folder, 'node_modules');
const stamp = join(modules, '.installed');

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** What of a program's words tells why it failed, null where it did not. */
const failureOf = (program: string, args: readonly string[], cwd: string): string | null => {
  const { status, error, stderr } = spawnSync(program, args, {
    ...{ cwd, timeout: DEADLINE_MS, killSignal: 'SIGKILL', encoding: 'utf8' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return status === 0 ? null : (error?.message ?? (stderr.trim() || `${program} ended with ${status}`));
};

const install = (): string | null => {
  // npm tells where it is: its own Node may be too old for it, ours is not. The scripts of packages are run by hand below,
  // since each npm has its own idea of which ones it runs.
  const npm = process.env['npm_execpath'];
  const [program, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const wanted = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'];
  const failure = failureOf(program, [...before, ...wanted], folder);
  if (failure !== null) return failure;
  for (const name of readdirSync(modules).filter((each) => each.startsWith('pg'))) {
    const links = failureOf(process.execPath, ['scripts/hydrate-symlinks.js'], join(modules, name));
    if (links !== null) return links;
  }
  return null;
};

if (import.meta.main && process.platform === 'linux' && process.arch === 'x64') {
  const wanted = createHash('sha256')
    .update(textOf(join(folder, 'package-lock.json')) ?? '')
    .digest('hex');
  if (textOf(stamp) !== wanted) {
    console.log('installing the database servers of the tests (some 500 MB, once)');
    const failure = install();
    if (failure === null) writeFileSync(stamp, wanted);
    else
      console.error(
        `DATABASE SERVERS COULD NOT BE INSTALLED: tests that need them are skipped.\n${failure.split('\n').slice(0, 8).join('\n')}`,
      );
  }
}
