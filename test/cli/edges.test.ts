import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inShell, LAUNCHER, NOBODY, noNobody, ran } from '../support/command.ts';

const root = process.getuid?.() === 0;
const closed = noNobody();
const readsOnly = '--quick --skip "docker.*"';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edges-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isVerdict = (exitCode: number | null): boolean => exitCode === 0 || exitCode === 1 || exitCode === 3;

describe('one JSON document on standard output, on every way out', () => {
  it.each([
    ['a report', `--json ${readsOnly}`, [0, 1, 3], 'HostReport'],
    ['an unknown option', '--json --frobnicate', [2], 'Error'],
    ['an unknown id', '--json --only host.memorry', [2], 'Error'],
    ['a missing file', '--json --from /nonexistent', [2], 'Error'],
    ['a wrong profile', '--json --profile staging', [2], 'Error'],
    ['nothing left to run', '--json --only host.memory --skip host.memory', [2], 'Error'],
    ['a mistyped command', 'chekc --format json', [2], 'Error'],
    ['--format=json', '--format=json --timeout never', [2], 'Error'],
  ])('%s', async (_, args, exitCodes, kind) => {
    const { stdout, exitCode, stderr } = await inShell(`"$TOOL" ${args}`);
    expect(JSON.parse(stdout)).toMatchObject({ kind, schemaVersion: '1.0' });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(exitCodes).toContain(exitCode);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('says what was meant', async () => {
    expect((await inShell('"$TOOL" --only host.memorry')).stderr).toContain('did you mean "host.memory"?');
    expect((await inShell('"$TOOL" --qick')).stderr).toMatch(/did you mean --quick\?/i);
    expect((await inShell('"$TOOL" --quick=yes')).stderr).toBe("wa-preflight: option '--quick' takes no value\n");
    expect((await inShell('"$TOOL" chekc')).stderr).toContain('did you mean "check"?');
  });
});

describe('where the output goes', () => {
  it('a reader that leaves early ends it quietly, with the code of the run', async () => {
    const { stdout, stderr } = await inShell(
      `"$TOOL" ${readsOnly} 2>err.txt | head -1; echo "code \${PIPESTATUS[0]}"; cat err.txt >&2`,
      {
        cwd: folder,
      },
    );
    expect(stdout).toMatch(/^.+\ncode [013]\n$/);
    expect(stderr).not.toMatch(/EPIPE|Error|\n\s+at /);
  });

  it('a signal while the report is being written does not cost the report', async () => {
    const line = `: >full.err; mkfifo full && exec 3<>full && timeout 2 head -c 65536 /dev/zero >&3
      "$TOOL" --json --only lifecycle.product >&3 2>full.err & pid=$!
      until grep -q lifecycle.product full.err; do sleep 0.05; done
      sleep 0.5; kill -TERM $pid; sleep 0.2
      timeout 2 cat <full | tr -d '\\0'
      wait $pid; echo "code $?" >&2`;
    const { stdout, stderr } = await inShell(line, { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'HostReport' });
    expect(stderr).toBe('code 3\n');
  });

  it('a full device is said in one line and exits 74', async () => {
    const { exitCode, stderr } = await inShell(`"$TOOL" ${readsOnly} > /dev/full`);
    expect(exitCode).toBe(74);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'wa-preflight: standard output could not be written: no space is left there',
    );
  });

  it('no escape byte goes to a pipe, and none to a dumb terminal', async () => {
    const { stdout, stderr } = await inShell(`"$TOOL" ${readsOnly}; TERM=dumb "$TOOL" ${readsOnly}`);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stdout.split('\n')[0]).toContain('2025-10-23');
  });

  it('files are written whole, with mode 0600, many in one run', async () => {
    const { exitCode } = await inShell(
      `umask 000; "$TOOL" ${readsOnly} --output json=r.json --output markdown=r.md --record e.json --json > out.json`,
      { cwd: folder },
    );
    expect(isVerdict(exitCode)).toBe(true);
    for (const name of ['r.json', 'r.md', 'e.json']) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, 'r.json'), 'utf8')).toBe(await readFile(join(folder, 'out.json'), 'utf8'));
    expect((await readdir(folder)).filter((name) => name.startsWith('.r'))).toEqual([]);
  });

  it('an output that cannot be written exits 74 and loses no other', async () => {
    const { exitCode, stdout, stderr } = await inShell(
      `"$TOOL" ${readsOnly} --json --output markdown=/nonexistent/r.md`,
    );
    expect(exitCode).toBe(74);
    expect(JSON.parse(stdout).kind).toBe('HostReport');
    expect(stderr).toContain('/nonexistent/r.md could not be written: the folder does not exist');
  });

  it('a recording is judged again to the same report', async () => {
    await inShell(
      `"$TOOL" --quick --offline --record again.json --json > live.json; "$TOOL" --quick --offline --from again.json --json > replay.json`,
      { cwd: folder },
    );
    const timeless = async (name: string) => {
      const report = JSON.parse(await readFile(join(folder, name), 'utf8'));
      const checks = report.checks.map((check: object) => ({ ...check, durationMs: 0 }));
      return { ...report, checks, run: { ...report.run, id: '', startedAt: '', durationMs: 0, replayed: false } };
    };
    expect(await timeless('replay.json')).toEqual(await timeless('live.json'));
  });
});

describe('poor surroundings', () => {
  it('few file descriptors leave checks without an answer, and the run whole', async () => {
    // Node.js itself takes some twenty.
    for (const most of [24, 28, 32]) {
      const { exitCode, stdout } = await inShell(`ulimit -n ${most}; "$TOOL" --quick --json`);
      expect([most, isVerdict(exitCode)]).toEqual([most, true]);
      expect(JSON.parse(stdout)).toMatchObject({ kind: 'HostReport' });
    }
  });

  it.each([
    ['no standard input', `"$TOOL" ${readsOnly} --json < /dev/null`],
    ['a closed standard input', `"$TOOL" ${readsOnly} --json <&-`],
    ['a closed standard error', `"$TOOL" ${readsOnly} --json 2>&-`],
    ['an empty environment', `env -i "$TOOL" ${readsOnly} --json`],
    ['a deleted working directory', `mkdir gone && cd gone && rmdir ../gone && "$TOOL" ${readsOnly} --json`],
    ['a temporary directory that is not there', `TMPDIR=/nonexistent "$TOOL" ${readsOnly} --json`],
  ])('%s', async (_, line) => {
    const { exitCode, stdout, stderr } = await inShell(line, { cwd: folder });
    expect(isVerdict(exitCode)).toBe(true);
    expect(JSON.parse(stdout).run.exitCode).toBe(exitCode);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.skipIf(!root)('a read-only root (needs root: an own mount namespace)', async () => {
    const line = `mount -o remount,bind,ro / && exec "${LAUNCHER}" --json --skip disk.read-latency`;
    const { exitCode, stdout } = await ran('unshare', ['-m', 'sh', '-c', line]);
    expect(isVerdict(exitCode)).toBe(true);
    const report = JSON.parse(stdout);
    expect(report.checks.find(({ id }: { id: string }) => id === 'disk.write-latency')).toMatchObject({
      outcome: 'unknown',
    });
    expect(report.checks.map(({ id }: { id: string }) => id)).toEqual(report.run.planned);
  });

  it.skipIf(closed !== null)(`a user without rights${closed === null ? '' : ` (${closed})`}`, async () => {
    const line = [...NOBODY, LAUNCHER, '--json'];
    const { exitCode, stdout } = await ran('setpriv', line, { cwd: '/' });
    expect(isVerdict(exitCode)).toBe(true);
    expect(JSON.parse(stdout).run.privileged).toBe(false);
  });
});

describe('signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s keeps a partial report, leaves nothing behind and exits %i within 2 s', async (signal, exitCode) => {
    const temporary = await mkdtemp(join(folder, 'tmp-'));
    let asked = 0;
    const ended = await ran(LAUNCHER, ['--json', '--target', folder], {
      env: { ...process.env, TMPDIR: temporary },
      started: (pid) =>
        setTimeout(() => {
          asked = performance.now();
          process.kill(pid, signal);
        }, 1200),
    });
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(ended.exitCode).toBe(exitCode);
    const report = JSON.parse(ended.stdout);
    expect(report.run).toMatchObject({ interrupted: signal, exitCode });
    expect(report.checks.map(({ id }: { id: string }) => id)).toEqual(report.run.planned);
    expect(await readdir(temporary)).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.includes('wa-preflight'))).toEqual([]);
  });
});
