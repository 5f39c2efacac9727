import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { lacking } from '../../src/complete.ts';
import { errorSchema, writtenReportSchema } from '../../src/report-schema.ts';
import { TOOL } from '../../src/tool.ts';
import { verdict } from '../../src/verdict.ts';
import { SHELLS, workshop } from '../support/launcher.ts';

const { top, programs, patched, fakes, layout, start, remove } = workshop();
afterAll(remove);

/** What is planned on a fresh host. */
const before = checks.filter(({ phase }) => phase === 'before').map(({ id }) => id);

const ROOT = process.getuid?.() === 0;
const OLD_KERNEL = 'case $1 in -r) echo 4.9.0-19-amd64 ;; *) exec /bin/uname "$@" ;; esac';

describe.each(SHELLS)('stage 0 in $name', ({ name, command, here, missing }) => {
  const asked = it.skipIf(!here);
  const answer = (args: readonly string[], node: string | null, path = programs) =>
    start([...command, join(layout(node), 'bin/wa-preflight')], args, { PATH: path });

  /** The one document, held against the schema and against the tool's own sum of a run. */
  const report = (args: readonly string[], node: string | null = null, path = programs) => {
    const { status, stdout } = answer([...args, '--json'], node, path);
    expect(stdout.endsWith('}\n')).toBe(true);
    const document = writtenReportSchema.parse(JSON.parse(stdout));
    expect(lacking(document)).toEqual([]);
    expect({ summary: document.summary, outcome: document.run.outcome, exitCode: document.run.exitCode }).toEqual(
      verdict(document.checks, document.run.strict),
    );
    expect(status).toBe(document.run.exitCode);
    for (const check of document.checks.filter(({ outcome }) => outcome === 'fail'))
      expect(check).toMatchObject({
        measured: expect.anything(),
        required: expect.anything(),
        source: expect.anything(),
        findings: [{ remedy: expect.anything() }],
      });
    const result = (id: string) => document.checks.find((check) => check.id === id);
    return { document, result };
  };

  asked(`every planned check is in a valid report, where the loader refuses a version of glibc${missing}`, () => {
    const { document, result } = report([], patched.glibc);
    expect(document.run.planned).toEqual(before);
    expect(document.run).toMatchObject({ exitCode: 3, outcome: 'not-proven', privileged: ROOT });
    expect(result('host.memory')).toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining("version `GLIBC_2.99' not found"),
      findings: [{ remedy: expect.stringContaining('glibc 2.99 or later') }],
    });
    expect(document.lifecycle.status).toBe('ended');
    expect(result('lifecycle.product')?.outcome).toBe('warn');
  });

  asked('names a missing library, another machine, an unreadable and an absent Node.js', () => {
    for (const [node, why, remedy] of [
      [patched.library, 'libnone++.so.6: cannot open shared object file', 'Install the library libnone++.so.6,'],
      [patched.machine, 'is for another kind of machine', 'Run npm ci on this very machine'],
      [join(top, 'nothing'), 'is not installed', 'Run npm ci'],
      [null, 'is not installed', 'Run npm ci'],
      [programs, 'is not an executable file', 'Install the tool again here'],
    ] as const) {
      const { stdout, stderr } = answer([], node);
      expect(stderr).toBe('');
      expect(stdout).toContain(why);
      expect(stdout).toContain(`To do: ${remedy}`);
    }
    const unreadable = join(mkdtempSync(join(top, 'unreadable-')), 'node');
    copyFileSync(patched.machine, unreadable);
    chmodSync(unreadable, 0);
    expect(answer([], unreadable).stdout).toContain('is not an executable file');
  });

  asked('sees a limit on memory under which Node.js starts and dies', () => {
    const launcher = join(layout(), 'bin/wa-preflight');
    const { status, stdout } = start(
      ['sh', '-c', 'ulimit -c 0; ulimit -v 1000000; exec "$@"', 'sh', ...command, launcher],
      ['--json'],
      { PATH: programs },
    );
    expect(status).toBe(3);
    expect(writtenReportSchema.parse(JSON.parse(stdout)).checks.at(-1)?.message).toContain('cannot start (exit code 1');
  });

  asked('judges kernels and glibc as numbers', () => {
    const kernels = {
      '4.9.0-19-amd64': 'fail',
      '4.11.0': 'pass',
      '4.11-rc1': 'pass',
      '4.4.0-19041': 'fail',
      '10.0': 'pass',
    };
    for (const [release, outcome] of Object.entries({
      ...kernels,
      '2.6.32-754.el6': 'fail',
      '4': 'fail',
      odd: 'unknown',
    })) {
      const path = fakes({ uname: `case $1 in -r) echo '${release}' ;; *) exec /bin/uname "$@" ;; esac` });
      expect([release, report(['--only', 'host.kernel'], null, path).result('host.kernel')?.outcome]).toEqual([
        release,
        outcome,
      ]);
    }
    const ldd = (line: string) => ({ getconf: 'exit 1', ldd: `echo '${line}'` });
    for (const [script, outcome, display] of [
      [{ getconf: 'echo glibc 2.4' }, 'fail', 'glibc 2.4'],
      [{ getconf: 'echo glibc 2.28' }, 'pass', 'glibc 2.28'],
      [ldd('ldd (Ubuntu GLIBC 2.27-3ubuntu1.6) 2.27'), 'fail', 'glibc 2.27'],
      [ldd('ldd (GNU libc) 2.17'), 'fail', 'glibc 2.17'],
      [ldd('ldd (Debian GLIBC 2.36-9+deb12u13) 2.36'), 'pass', 'glibc 2.36'],
      [{ getconf: 'exit 1', ldd: 'echo "musl libc (x86_64)" >&2; echo "Version 1.2.5" >&2; exit 1' }, 'warn', 'musl'],
      [{ getconf: 'exit 1', ldd: 'exit 127' }, 'unknown', undefined],
    ] as const) {
      const glibc = report(['--only=host.glibc'], null, fakes(script)).result('host.glibc');
      expect([glibc?.outcome, glibc?.measured?.display]).toEqual([outcome, display]);
    }
  });

  asked('tells Windows, macOS, WSL, Docker Desktop and another processor from a Linux server', () => {
    const uname = (system: string, release: string, machine: string) =>
      fakes({
        uname: `case $1 in -s) echo '${system}' ;; -r) echo '${release}' ;; -m) echo ${machine} ;; -sm) echo '${system} ${machine}' ;; -n) echo h ;; esac`,
      });
    for (const [system, release, machine, outcome, words] of [
      ['MINGW64_NT-10.0-19045', '3.4.10', 'x86_64', 'fail', 'This is Windows'],
      ['CYGWIN_NT-10.0', '3.4.10', 'x86_64', 'fail', 'This is Windows'],
      ['Darwin', '24.1.0', 'arm64', 'fail', 'This is macOS'],
      ['FreeBSD', '14.1', 'amd64', 'fail', 'This is FreeBSD'],
      ['Linux', '4.4.0-19041-Microsoft', 'x86_64', 'fail', 'This is WSL 1 (release 4.4.0-19041-Microsoft'],
      ['Linux', '5.15.153.1-microsoft-standard-WSL2', 'x86_64', 'fail', 'This is WSL 2'],
      ['Linux', '6.6.12-linuxkit', 'x86_64', 'fail', 'This is Docker Desktop'],
      ['Linux', '6.1.0', 'aarch64', 'fail', 'The processor is aarch64'],
      ['', '', '', 'unknown', 'uname does not answer'],
    ] as const) {
      const { result } = report(['--only', 'host.platform'], null, uname(system, release, machine));
      expect(result('host.platform')).toMatchObject({ outcome, message: expect.stringContaining(words) });
    }
  });

  asked('finds WSL with a custom kernel, and a container, by their files', () => {
    const folder = layout(null);
    const host = join(folder, 'host');
    const files = (paths: Readonly<Record<string, string>>) => {
      rmSync(host, { recursive: true, force: true });
      for (const [path, text] of Object.entries(paths)) {
        mkdirSync(dirname(join(host, path)), { recursive: true });
        writeFileSync(join(host, path), text);
      }
      const stage0 = readFileSync(join(top, 'stage0.sh'), 'utf8');
      expect(stage0).toContain("\nwa_host=''\n");
      writeFileSync(join(folder, 'dist/stage0.sh'), stage0.replace("\nwa_host=''\n", `\nwa_host='${host}'\n`));
      const path = fakes({ uname: 'case $1 in -r) echo 6.1.7-own ;; *) exec /bin/uname "$@" ;; esac' });
      const { stdout } = start([...command, join(folder, 'bin/wa-preflight')], ['--only', 'host.*'], { PATH: path });
      return /^.*host\.platform.*$/m.exec(stdout)?.[0];
    };
    const interop = 'proc/sys/fs/binfmt_misc/WSLInterop';
    const mounted = { 'proc/mounts': 'none /proc/sys/fs/binfmt_misc binfmt_misc rw 0 0\n' };
    expect(files({ ...mounted, [`${interop}-late`]: '' })).toMatch(/^fail .*WSL 2 \(\S+WSLInterop-late\)/);
    expect(files({ [interop]: '' })).toMatch(/^pass /);
    expect(files({ 'run/WSL/1_interop': '' })).toMatch(/^fail .*\/run\/WSL/);
    expect(files({ 'proc/version': 'Linux version 6.1 (Microsoft@Microsoft.com)\n' })).toMatch(/^fail /);
    expect(files({ '.dockerenv': '', 'proc/2/comm': 'kthreadd\n' })).toMatch(/^pass /);
    expect(files({ '.dockerenv': '', 'proc/2/comm': 'sh\n' })).toMatch(/^warn .*container \(\/.dockerenv\)/);
    expect(files({ 'run/systemd/container': 'lxc\n' })).toMatch(/^warn .*container=lxc/);
  });

  asked('makes foreign text printable and keeps the document whole', () => {
    const hostile = `printf 'a"b\\\\c\\033[31m\\nd\\377\\tz' `;
    const path = fakes({ uname: `case $1 in -n | -r) ${hostile} ;; *) exec /bin/uname "$@" ;; esac`, id: 'echo 7' });
    const { document, result } = report([], null, path);
    expect(document.host.name).toBe('a"b\\c?[31m d? z');
    expect(document.run.privileged).toBe(false);
    expect(result('host.kernel')?.outcome).toBe('unknown');
    const { stdout } = answer([], null, path);
    expect(stdout).toMatch(/^[\n -~]+$/);
  });

  asked('reads the same words as the tool: selection, profile, shape, strictness, output', () => {
    expect(report(['--only', 'host.*', '--skip=host.os,host.cpu']).document.run.planned).toEqual(
      before.filter((id) => id.startsWith('host.') && id !== 'host.os' && id !== 'host.cpu'),
    );
    const { document, result } = report(['check', '--profile', 'development', '--shape=multiconnect', '--strict']);
    expect(document.run).toMatchObject({ profile: 'development', shape: 'multiconnect', strict: true, exitCode: 1 });
    expect(result('host.memory')).toMatchObject({ level: 'advice' });
    expect(JSON.stringify(result('host.ports')?.required)).toContain('6257');
    const { result: quick } = report(['--quick', '--offline']);
    for (const { id, phase, writes, outbound } of checks)
      if (phase === 'before') expect(quick(id)?.outcome === 'skip', id).toBe(Boolean(writes || outbound));
    expect(result('database.commit-latency')).toMatchObject({ outcome: 'skip', reason: 'left-out' });
    const { result: probing } = report(['--db-write-probe']);
    expect(probing('database.commit-latency')?.outcome).toBe('unknown');
    expect(report(['--phase', 'after']).document.run.planned).toEqual(
      checks.filter(({ phase }) => phase === 'after').map(({ id }) => id),
    );

    const files = [join(top, `${name}.json`), join(top, `${name}-too.json`)];
    expect(
      answer(
        files.flatMap((file) => ['--output', `json=${file}`]),
        null,
      ).status,
    ).toBe(3);
    for (const file of files)
      expect(writtenReportSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).run.exitCode).toBe(3);
    const old = fakes({ uname: OLD_KERNEL });
    expect(answer(['--format', 'nagios'], null, old)).toMatchObject({
      status: 2,
      stdout: expect.stringMatching(/^WA-PREFLIGHT CRITICAL /),
    });
    expect(answer([], null, old)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^fail +host.kernel +Linux 4.9.0-19-amd64, 4.11/m),
    });
  });

  asked('answers what needs no Node.js, and refuses the rest in one sentence', () => {
    expect(answer(['--version'], null)).toMatchObject({ status: 0, stdout: `${TOOL.version}\n` });
    expect(answer(['check', '--help'], null)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: wa-preflight check/),
    });
    for (const [args, exitCode, words] of [
      [['list'], 70, 'list needs Node.js'],
      [['explain', 'host.os'], 70, 'explain needs Node.js'],
      [['--from', 'x.json'], 70, '--from needs Node.js'],
      [['--spec=x.yaml'], 70, '--spec needs Node.js'],
      [['--output', 'markdown=x.md'], 70, '--output markdown=x.md needs Node.js'],
      [['frobnicate'], 2, 'there is no command'],
      [['--frobnicate'], 2, 'there is no option'],
      [['check', 'more'], 2, 'there is no option'],
      [['--only', 'nope.*'], 2, 'no check matches "nope.*"'],
      [['--skip', '*'], 2, 'no check is left to run'],
      [['--profile', 'production extra'], 2, 'there is no profile'],
      [['--format', 'yaml'], 2, 'there is no format'],
      [['--timeout'], 2, 'needs a value'],
      [['--timeout', '0'], 2, 'a time such as'],
      [['--check-timeout', 'soon'], 2, 'a time such as'],
      [['--color', 'red'], 2, '--color'],
      [['--skip', ''], 2, 'at least one id'],
      [['--only', ' ,'], 2, 'at least one id'],
      [['--from', ''], 2, 'name of a file'],
      [['--output', 'json='], 2, 'FORMAT=FILE'],
      [['--output', 'yaml=x'], 2, 'FORMAT=FILE'],
      [['--output', 'json=/dev/full'], 74, '/dev/full could not be written'],
      [['help', 'frobnicate'], 2, 'there is no command'],
      [['--output', 'json=/nowhere/x.json'], 74, '/nowhere/x.json could not be written'],
    ] as const) {
      const { status, stdout, stderr } = answer(args, null);
      expect([args, status, stdout]).toEqual([args, exitCode, '']);
      expect(stderr).toContain(words);
      expect(stderr.split('\n')).toHaveLength(2);
    }
    const { status, stdout } = answer(['list', '--json'], null);
    expect([status, errorSchema.parse(JSON.parse(stdout)).code]).toEqual([70, 'no-node']);
    const two = answer(['--json', '--format', 'plain'], null);
    expect([two.status, errorSchema.parse(JSON.parse(two.stdout)).code]).toEqual([2, 'usage']);
  });

  asked('ends quietly at a closed pipe, and with 74 where nothing can be written', () => {
    const launcher = [...command, join(layout(null), 'bin/wa-preflight')];
    const script = (end: string) => ['sh', '-c', `{ "$@"; echo "code $?" >&2; } ${end}`, 'sh', ...launcher, '--json'];
    expect(start(script('| head -c 1')).stderr).toBe('code 3\n');
    expect(start(script('>/dev/full')).stderr).toMatch(/could not be written: .*\ncode 74\n$/);
  });
});
