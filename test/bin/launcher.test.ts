import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { errorSchema } from '../../src/report-schema.ts';
import { bundle, heard, NODE, SHELLS, workshop } from '../support/launcher.ts';

const { top, programs, patched, fakes, layout, start, remove } = workshop();
afterAll(remove);

describe.each(SHELLS)('the launcher in $name', ({ name, command, here, missing }) => {
  const shell = (folder: string) => [...command, join(folder, 'bin/wa-preflight')];
  const asked = it.skipIf(!here);

  asked(`passes words, input and exit code on to the bundled Node.js${missing}`, () => {
    const words = ['check', '', ' a b ', '*', "'", '--x=\n', '$HOME', '-n'];
    const { status, stdout, stderr } = start(
      shell(layout()),
      words,
      { PATH: programs, LEAVE: '3' },
      { input: 'in\nput' },
    );
    expect(heard(stdout)).toMatchObject({ argv: words, input: 'in\nput', node: NODE });
    expect([status, stderr]).toEqual([3, '']);
  });

  asked('leaves the environment as it was, also names that it uses itself', () => {
    const env = { PATH: `/nowhere:${programs}`, node: 'n', root: 'r', HOME: '', CDPATH: '/', EMPTY: '', IFS: 'x' };
    const { env: seen } = heard(start(shell(layout()), [], env).stdout);
    const { PWD: _pwd, OLDPWD: _old, SHLVL: _level, _: __, IFS: _ifs, ...rest } = seen;
    expect(rest).toEqual({ PATH: env.PATH, node: 'n', root: 'r', HOME: '', CDPATH: '/', EMPTY: '' });
  });

  asked('starts with no environment at all, and adds no PATH to it', () => {
    const [program = '', ...rest] = command;
    const path = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
    const bare = ['env', '-i', path, ...rest];
    const { stdout, stderr } = start([...bare, join(layout(), 'bin/wa-preflight')], ['list']);
    expect(stderr).toBe('');
    expect(heard(stdout).argv).toEqual(['list']);
    // busybox gives its children a PATH of its own.
    writeFileSync(join(top, 'env.sh'), '/usr/bin/env\n');
    const own = /^PATH=(.*)$/m.exec(start([...bare, join(top, 'env.sh')]).stdout)?.[1];
    expect(heard(stdout).env['PATH']).toBe(own);
  });

  asked('follows a chain of symbolic links, relative and absolute, through odd folder names', () => {
    const folder = layout(NODE, join(top, `-odd "na'me\n\n`, `${name}`));
    const links = mkdtempSync(join(top, 'links-'));
    mkdirSync(join(links, 'b in'));
    symlinkSync(join(folder, 'bin/wa-preflight'), join(links, 'first'));
    symlinkSync('../first', join(links, 'b in/second'));
    symlinkSync('second', join(links, 'b in/-third'));
    expect(heard(start([...command, './b in/-third'], ['x'], { PATH: programs }, { cwd: links }).stdout).argv).toEqual([
      'x',
    ]);
    symlinkSync(folder, join(links, 'package'));
    symlinkSync(join(folder, 'bin'), join(links, 'b in/bin'));
    for (const path of ['package/bin/wa-preflight', 'b in/bin/wa-preflight'])
      expect(start([...command, path], [], { PATH: programs, CDPATH: '/' }, { cwd: links }).status).toBe(0);
    rmSync(join(top, `-odd "na'me\n\n`), { recursive: true });
  });

  asked('is found by a bare name in its own folder, and on the PATH', () => {
    const folder = layout();
    expect(start([...command, 'wa-preflight'], [], undefined, { cwd: join(folder, 'bin') }).status).toBe(0);
    const env = { PATH: `${join(folder, 'bin')}:${programs}` };
    expect(start(['env', 'wa-preflight'], ['x y'], env)).toMatchObject({ status: 0, stderr: '' });
  });

  asked('runs in a working directory that is gone', () => {
    const folder = layout();
    const gone = mkdtempSync(join(top, 'gone-'));
    const script = 'cd "$1" && rmdir "$1" && shift && exec "$@"';
    const { status, stdout } = start(['sh', '-c', script, 'sh', gone, ...shell(folder)], ['x']);
    expect([status, heard(stdout).argv]).toEqual([0, ['x']]);
  });

  asked('becomes Node.js: the same process, which gets the signals', async () => {
    const folder = layout();
    writeFileSync(
      join(folder, 'dist/cli.js'),
      `process.on('SIGTERM', () => process.exit(42)); setInterval(() => {}, 1000); console.log(process.pid);`,
    );
    const [program = '', ...rest] = shell(folder);
    const child = spawn(program, rest, { env: { PATH: programs }, stdio: ['ignore', 'pipe', 'inherit'] });
    const code = new Promise((done) => child.on('exit', done));
    const line = await new Promise<string>((done) => child.stdout.once('data', (data) => done(String(data))));
    expect(Number(line)).toBe(child.pid);
    child.kill('SIGTERM');
    expect(await code).toBe(42);
  });

  asked('takes the Node.js that a package manager put beside the package, scoped or not', () => {
    for (const path of ['node_modules/wa-preflight', 'node_modules/@scope/wa-preflight']) {
      const above = mkdtempSync(join(top, 'above-'));
      const folder = layout(null, join(above, path));
      bundle(join(above, 'node_modules'), NODE);
      expect(start(shell(folder)).status).toBe(0);
    }
  });

  asked('does not run what merely stands in the folder above', () => {
    const above = mkdtempSync(join(top, 'planted-'));
    const folder = layout(null, join(above, 'wa-preflight'));
    bundle(above, NODE);
    expect(start(shell(folder)).stdout).toContain('is not installed');
  });

  asked('takes node from the PATH from version 24 on, where none is bundled', () => {
    const own = (node: string) => ({ PATH: fakes({ node }) });
    expect(heard(start(shell(layout(null)), ['x'], own(`exec '${NODE}' "$@"`)).stdout).argv).toEqual(['x']);
    const old = start(shell(layout(null)), [], own('echo v20.20.2'));
    expect(old.stdout).toContain('is version v20.20.2, 24 or later is needed');
    expect(start(shell(layout(null)), [], own('echo hello')).stdout).toContain('is version hello');
    expect(start(shell(layout(null)), [], own('echo v24.0.0; exit 1')).stdout).toContain('cannot start (exit code 1)');
  });

  asked('takes WA_PREFLIGHT_NODE before all others, and refuses one that is no use', () => {
    const env = (node: string) => ({ PATH: programs, WA_PREFLIGHT_NODE: node });
    expect(heard(start(shell(layout(patched.glibc)), [], env(NODE)).stdout).node).toBe(NODE);
    for (const [node, why] of [
      ['/nowhere/node', 'is not an executable file'],
      [top, 'is not an executable file'],
      [patched.machine, 'is for another kind of machine'],
      [patched.glibc, "version `GLIBC_2.99' not found"],
      [join(fakes({ node: 'echo v22.1.0' }).split(':')[0] ?? '', 'node'), '24 or later is needed'],
    ] as const) {
      const { status, stdout, stderr } = start(shell(layout()), [], env(node));
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(why);
    }
    const { stdout } = start(shell(layout()), ['--format', 'json'], env('/no"where\x1b'));
    expect(errorSchema.parse(JSON.parse(stdout))).toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/\/no"where\? is not/),
    });
  });

  asked('says in one sentence that the tool is not built', () => {
    const folder = layout();
    rmSync(join(folder, 'dist'), { recursive: true });
    const { status, stdout, stderr } = start(shell(folder));
    expect([status, stdout]).toEqual([70, '']);
    expect(stderr).toMatch(
      /^wa-preflight: \S+\/dist\/cli.js is missing: run npm ci, or npm run build in a checkout\n$/,
    );
    expect(errorSchema.parse(JSON.parse(start(shell(folder), ['--json']).stdout)).code).toBe('no-build');
  });

  asked('a checkout that was never built is judged in text, by the limits of its spec', () => {
    const folder = layout(patched.glibc);
    const from = join(import.meta.dirname, '../..');
    rmSync(join(folder, 'dist'), { recursive: true });
    for (const path of ['src', 'checks']) symlinkSync(join(from, path), join(folder, path));
    const old = { PATH: fakes({ getconf: 'echo glibc 2.4' }) };
    const { status, stdout } = start(shell(folder), [], old);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^fail +host.glibc +glibc 2.4, 2.28 or later is needed/m);
    expect(start(shell(folder)).status).toBe(3);
    expect(start(shell(folder), ['--json']).status).toBe(70);
  });
});
