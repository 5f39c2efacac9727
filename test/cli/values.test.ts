import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { time } from '../../src/cli/values.ts';
import { inShell, LAUNCHER, ran } from '../support/command.ts';

let folder = '';
const cwd = () => ({ cwd: folder });
const one = '--only host.kernel';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'values-'));
  await writeFile(join(folder, 'once.yaml'), '- {id: host.kernel, reason: x, until: 2030-01-01, by: me}\n');
  await writeFile(join(folder, 'twice.yaml'), '- {id: host.kernel, reason: x, until: 2030-01-01, by: me}\n'.repeat(2));
  await writeFile(join(folder, 'tag.yaml'), 'requirements: {host.disk: !!js/function x}\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a wrong call ends with 2 and one sentence', () => {
  it.each([
    ['no id at all', "--only ''", /at least one id/i],
    ['only commas', '--only ,', /at least one id/i],
    ['only blanks', "--skip ' '", /at least one id/i],
    ['an empty recording', "--from ''", /name of a file/],
    ['an empty overlay', "--spec ''", /name of a file/],
    ['empty waivers', "--waivers ''", /name of a file/],
    ['an empty record', "--record ''", /name of a file/],
    ['an empty target', "--target ''", /name of a file/],
    ['standard input', 'render -', /name of a file/],
    ['standard output', '--output json=-', /FORMAT=FILE/],
    ['two formats into one file', '--output json=a --output markdown=./a', /named for two outputs/],
    ['report and evidence in one file', '--output json=a --record a', /named for two outputs/],
    ['two formats into one file, rendered', 'render x --output json=a --output plain=a', /named for two outputs/],
    ['help of no command', 'help chekc', /did you mean "check"/],
    ['help of an option', 'help --quick', /there is no command "--quick"/],
    ['a check that is waived twice', '--waivers twice.yaml', /host\.kernel is waived twice/],
    ['a tag in an overlay', '--spec tag.yaml', /host\.disk/],
    ['a relative target, the folder gone', '--target here', /absolute path/],
    ['a relative login file, the folder gone', '--db-env-file db.env', /absolute path/],
  ])('%s', async (why, args, said) => {
    const gone = why.endsWith('gone') ? 'mkdir gone && cd gone && rmdir ../gone && ' : '';
    const { exitCode, stdout, stderr } = await inShell(`${gone}"$TOOL" ${args}`, cwd());
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
    // A shell in a folder that is gone complains of its own.
    expect(stderr.split('\n').filter((line) => line.startsWith('wa-preflight: '))).toHaveLength(1);
    expect(stderr).not.toMatch(/\n\s+at |Warning/);
  });
});

describe('a time', () => {
  it('is never so long that a timer fires at once', async () => {
    expect(time('99999999999')).toBe(2 ** 31 - 1);
    const { exitCode, stderr } = await inShell(`"$TOOL" ${one} --timeout 999999999 --check-timeout 999999999`, cwd());
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('Warning')]);
  });
});

describe('an output', () => {
  it('through a link leaves nothing of what was in the file before', async () => {
    await writeFile(join(folder, 'real'), 'old\n'.repeat(10_000));
    await symlink('real', join(folder, 'link'));
    await symlink('made', join(folder, 'dangling'));
    const { exitCode } = await inShell(`"$TOOL" ${one} --output json=link --record dangling`, cwd());
    expect(exitCode).toBe(0);
    expect(JSON.parse(await readFile(join(folder, 'real'), 'utf8')).kind).toBe('HostReport');
    expect(JSON.parse(await readFile(join(folder, 'made'), 'utf8')).kind).toBe('HostEvidence');
  });

  it.each(['--version', '--help', 'help check', 'list'])(
    '%s ends quietly at a closed pipe, and with 74 where none is left',
    async (args) => {
      const full = await inShell(`"$TOOL" ${args} >/dev/full`);
      expect([full.exitCode, full.stderr]).toEqual([
        74,
        'wa-preflight: standard output could not be written: no space is left there\n',
      ]);
      expect(await inShell(`"$TOOL" ${args} | true; exit "\${PIPESTATUS[0]}"`)).toMatchObject({
        exitCode: 0,
        stderr: '',
      });
    },
  );
});

describe('a signal before the first report', () => {
  it.each([50, 60, 70, 90])('after %i ms is never lost, and costs no document once it was heard', async (after) => {
    const { exitCode, signal, stdout } = await ran(LAUNCHER, ['--json'], {
      started: (pid) => setTimeout(() => process.kill(pid, 'SIGTERM'), after),
    });
    // Until Node.js itself has started, the signal ends the process as any other.
    if (exitCode === null) expect([signal, stdout]).toEqual(['SIGTERM', '']);
    else expect([exitCode, JSON.parse(stdout).schemaVersion]).toEqual([143, '1.0']);
  });
});
