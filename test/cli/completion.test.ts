import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { completion } from '../../src/cli/completion.ts';
import { type Commands, program } from '../../src/cli/program.ts';
import { UsageError } from '../../src/usage-error.ts';
import { ROOT } from '../support/command.ts';

const IDS = ['host.memory', 'host.cpu', 'disk.free'];
const nothing = async () => {};
const commands: Commands = {
  check: nothing,
  list: nothing,
  explain: nothing,
  diff: nothing,
  wait: nothing,
  bundle: { bundle: nothing, redact: nothing, verify: nothing },
  render: nothing,
  schema: nothing,
  completion: nothing,
};
const folder = mkdtempSync(join(tmpdir(), 'wa-preflight-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = (shell: string): string => {
  const file = join(folder, `completion.${shell}`);
  writeFileSync(file, completion(shell, program(commands), IDS));
  return file;
};
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const ran = (shell: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8', timeout: 20_000, cwd: folder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};

writeFileSync(join(folder, 'my report.json'), '{}');
const VERBS = ['bundle', 'check', 'completion', 'diff', 'explain', 'list', 'render', 'schema', 'wait'];
const FORMATS = ['json', 'markdown', 'nagios', 'plain'];

/** What is typed up to the cursor, and what is offered. */
const CASES: readonly (readonly [typed: readonly string[], offered: readonly string[]])[] = [
  [[''], VERBS],
  [['ch'], ['check']],
  [['check', '--form'], ['--format']],
  [['--form'], ['--format']],
  [['check', '--format', ''], FORMATS],
  [['check', '--format', 'm'], ['markdown']],
  [['render', 'x', '--format', 'm'], ['markdown']],
  [
    ['check', '--profile', ''],
    ['development', 'production'],
  ],
  [
    ['check', '--only', 'host.'],
    ['host.cpu', 'host.memory'],
  ],
  [['check', '--skip', 'host.cpu,d'], ['host.cpu,disk.free']],
  [['check', '--timeout', '5', '--qu'], ['--quick']],
  [['check', '--output', 'j'], ['json=']],
  [['explain', 'disk'], ['disk.free']],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['render', 'my'], ['my report.json']],
  [['check', '--from', 'my'], ['my report.json']],
  [['list', '--j'], ['--json']],
  [
    ['bundle', ''],
    ['redact', 'verify'],
  ],
  [['bundle', '--arch'], ['--archive']],
  [
    ['bundle', '--archive', ''],
    ['tar.gz', 'zip'],
  ],
  [['bundle', '--consent', 'report,ho'], ['report,host']],
  [['bundle', 'redact', '--keep'], ['--keep-network']],
  [['bundle', 'redact', 'my'], ['my report.json']],
  [['bundle', 'redact', 'x', '--output', 'my'], ['my report.json']],
  [['bundle', 'verify', '--k'], ['--key']],
  [['bundle', '--archive', 'zip', 'ver'], ['verify']],
];

describe.skipIf(!has('bash'))('bash (skipped where there is no bash)', () => {
  /** Calls the function as bash would, with the words that bash would make. */
  const offered = (typed: readonly string[]): readonly string[] => {
    const words = typed.flatMap((word) => word.split(/(=)/).filter((part, at) => part !== '' || at === 0));
    const lines = ran('bash', ['--norc', join(ROOT, 'test/support/completion.bash'), script('bash'), ...words]).split(
      '\n',
    );
    return lines.filter((line) => line !== '').sort();
  };

  it.each(CASES)('offers after %j: %j', (typed, expected) => {
    expect(offered(typed)).toEqual(expected);
  });

  it('sees through the words that bash makes of "="', () => {
    expect(offered(['check', '--format=j'])).toEqual(['json']);
    expect(offered(['check', '--format='])).toEqual(FORMATS);
    expect(offered(['check', '--output', 'json=my'])).toEqual(['my report.json']);
    expect(offered(['check', '--output', 'json=x', '--pro'])).toEqual(['--profile']);
  });

  it('registers itself', () => {
    expect(ran('bash', ['--norc', '-c', 'source "$1"; complete -p wa-preflight', 'bash', script('bash')])).toBe(
      'complete -F _wa_preflight wa-preflight\n',
    );
  });
});

describe.skipIf(!has('fish'))('fish (skipped where there is no fish)', () => {
  const offered = (typed: readonly string[]): readonly string[] => {
    const line = ['wa-preflight', ...typed].join(' ');
    const lines = ran('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script('fish'), line]);
    return lines
      .split('\n')
      .map((one) => one.split('\t')[0] ?? '')
      .filter((one) => one !== '')
      .sort();
  };

  it.each(CASES)('offers after %j: %j', (typed, expected) => {
    expect(offered(typed)).toEqual(expected);
  });

  it('completes the file of an output', () => {
    expect(offered(['check', '--output', 'json=my'])).toEqual(['json=my report.json']);
  });
});

describe.skipIf(!has('zsh'))('zsh (skipped where there is no zsh)', () => {
  /** Calls the function with the words and stand-ins for zsh's own builtins, which print what they are given. */
  const offered = (typed: readonly string[]): readonly string[] => {
    const lines = ran('zsh', ['-f', join(ROOT, 'test/support/completion.zsh'), script('zsh'), ...typed]).split('\n');
    return lines.filter((line) => line !== '').sort();
  };

  it.each(CASES)('offers after %j: %j', (typed, expected) => {
    expect(offered(typed)).toEqual(expected);
  });

  it('sees through "="', () => {
    expect(offered(['check', '--format=j'])).toEqual(['--format=json']);
    expect(offered(['check', '--output', 'json=my'])).toEqual(['json=my report.json']);
  });

  it('completes what is typed into a real one', async () => {
    const { spawn } = await import('@lydell/node-pty');
    const shell = spawn('zsh', ['-f', '-i'], {
      cwd: folder,
      cols: 120,
      rows: 40,
      env: { PATH: process.env['PATH'] ?? '', TERM: 'dumb' },
    });
    let shown = '';
    const heard = shell.onData((text) => {
      shown += text;
    });
    const until = async (pattern: RegExp) => {
      for (let tries = 0; tries < 200 && !pattern.test(shown); tries += 1)
        await new Promise((done) => setTimeout(done, 50));
      expect(shown).toMatch(pattern);
      shown = '';
    };
    try {
      shell.write(`autoload -Uz compinit; compinit -u -D; source ${script('zsh')}; PS1='at''> '\r`);
      await until(/at> /);
      shell.write('wa-preflight expl\thost.m\t');
      await until(/explain[ \b]+host\.memory/);
      shell.write('\u0003');
      await until(/at> /);
      shell.write('wa-preflight check --skip=host.cpu,disk\t');
      await until(/\.free/);
    } finally {
      heard.dispose();
      shell.kill('SIGKILL');
    }
  });
});

it('no other shell', () => {
  expect(() => completion('tcsh', program(commands), IDS)).toThrow(UsageError);
  expect(() => completion('bsh', program(commands), IDS)).toThrow('did you mean "bash"?');
  expect(() => completion('constructor', program(commands), IDS)).toThrow(UsageError);
});

it('no word of the table gets out of its quotes', () => {
  const evil = 'it\'s $(touch /tmp/x) `id` \\ "q"';
  const table = program(commands);
  table.command('evil').description(evil).option('--evil <file>', evil);
  for (const shell of ['bash', 'zsh', 'fish']) {
    if (!has(shell)) continue;
    const file = join(folder, `evil.${shell}`);
    writeFileSync(file, completion(shell, table, IDS));
    const { status } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    expect(status, shell).toBe(0);
    expect(completion(shell, table, IDS)).toContain(shell === 'bash' ? '--evil' : 'touch');
  }
});
