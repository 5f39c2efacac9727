import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyBundle } from '../../src/bundle/verify.ts';
import { ran } from './command.ts';

/** A secret that is in what is collected, and must be on no disk. */
const CANARY = 'Zx9faultcanary7Qm2';

/** Why faults cannot be injected here, null where they can. */
export const noStrace = (): string | null => {
  const { status } = spawnSync('strace', ['-o', '/dev/null', 'true']);
  return status === 0 ? null : 'needs strace that may trace';
};

/** A fault at the n-th call of a kind. */
export type Fault = { readonly calls: string; readonly does: string };

/** The process dies at its n-th call that writes. */
export const killedAt = (nth: number): Fault => {
  const calls = 'pwrite64,fsync,link,unlink,openat,write';
  return { calls, does: `signal=SIGKILL:when=${nth}` };
};
/** The process dies at its n-th call that changes a file or a folder. */
export const killedWriting = (nth: number): Fault => ({
  calls: 'pwrite64,fsync,link,unlink',
  does: `signal=SIGKILL:when=${nth}`,
});
/** From the n-th write of a file on the disk is full. */
export const fullFrom = (nth: number): Fault => ({ calls: 'pwrite64', does: `error=ENOSPC:when=${nth}+` });

/** What came of a run under a fault. */
export type Fallout = {
  readonly exitCode: number | null;
  /** `none`: nothing has the name; `whole`: it verifies; `half`: it does not. */
  readonly bundle: 'none' | 'whole' | 'half';
  /** Files in which the secret stands. */
  readonly leaks: readonly string[];
  /** Files that are left beside a whole bundle. */
  readonly left: readonly string[];
  readonly stderr: string;
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const stateOf = async (path: string, names: readonly string[]): Promise<Fallout['bundle']> => {
  if (!names.includes(path)) return 'none';
  if (path.endsWith('.tar')) return spawnSync('tar', ['-tf', path]).status === 0 ? 'whole' : 'half';
  const beside = { sidecar: null, key: null, scan: null };
  const verified = await verifyBundle(path, beside).catch(() => null);
  return verified?.changes.length === 0 ? 'whole' : 'half';
};

const argumentsFor = (what: 'bundle' | 'redact', given: string, path: string): readonly string[] => {
  if (what === 'redact') return ['bundle', 'redact', given, '--output', path];
  const asked = ['--consent', 'report,host,compose,network', '--only', 'host.kernel', '--no-input'];
  return ['bundle', ...asked, '--db-env-file', join(given, 'db.env'), '--output', path];
};

/** Lines of a log, and the secret here and there. */
const longLog = (bytes: number): string => {
  const line = `2026-11-20T07:00:00Z INFO tick tock ${'.'.repeat(60)}\n`;
  const many = line.repeat(2000);
  return `${many}tried ${CANARY}\n`.repeat(Math.ceil(bytes / many.length));
};

/** Makes a bundle that holds a secret in an env file (or redacts a folder with one), under a fault, in folders of its own that are gone afterwards. */
export const bundleUnder = async (
  launcher: string,
  fault: Fault,
  what: 'bundle' | 'redact' = 'bundle',
): Promise<Fallout> => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-faults-'));
  const [given, out, temporary] = ['given', 'out', 'tmp'].map((name) => join(folder, name)) as [string, string, string];
  for (const one of [given, out, temporary]) mkdirSync(one, { mode: 0o700 });
  writeFileSync(
    join(given, 'db.env'),
    `WA_DB_ENGINE=MYSQL\nWA_DB_HOSTNAME=127.0.0.1\nWA_DB_PORT=1\nWA_DB_USERNAME=wa\nWA_DB_PASSWORD=${CANARY}\n`,
    {
      mode: 0o600,
    },
  );
  if (what === 'redact') writeFileSync(join(given, 'long.log'), longLog(48 * 2 ** 20));
  const path = join(out, what === 'bundle' ? 'b.zip' : 'b.tar');
  const inject = [
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${fault.calls}`,
    '-e',
    `inject=${fault.calls}:${fault.does}`,
  ];
  try {
    const { exitCode, stderr } = await ran('strace', [...inject, launcher, ...argumentsFor(what, given, path)], {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        TMPDIR: temporary,
        UV_THREADPOOL_SIZE: '1',
        DOCKER_HOST: `unix://${folder}/none`,
      },
      cwd: folder,
    });
    const names = [...filesBelow(out), ...filesBelow(temporary)];
    const leaks = names.filter((name) => readFileSync(name).includes(CANARY));
    const known = [path, `${path}.sha256`];
    return {
      exitCode,
      bundle: await stateOf(path, names),
      leaks,
      left: names.filter((name) => !known.includes(name)),
      stderr,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
