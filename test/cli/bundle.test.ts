import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { momentOf, windowOf } from '../../src/cli/bundle-values.ts';
import { readOwnRules } from '../../src/redact/own-rules.ts';
import { membersIn } from '../bundle/making.ts';
import { LAUNCHER, ran } from '../support/command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-cli-'));
  writeFileSync(join(folder, 'there.zip'), 'mine');
  writeFileSync(join(folder, 'rules.yaml'), '- {id: own.slow, pattern: "(a+)+b"}\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An Engine that is not there: nothing of this machine's is asked. */
const env = () =>
  ({ ...process.env, DOCKER_HOST: `unix://${folder}/none.sock`, WA_PREFLIGHT_OFFLINE: '1' }) as Record<string, string>;
const bundle = (...args: readonly string[]) => ran(LAUNCHER, ['bundle', ...args], { env: env(), cwd: folder });
/** What goes fast: facts of the host, and one check. */
const QUICK = ['--consent', 'report,host', '--only', 'host.kernel', '--no-input'];

describe('a wrong call ends with 2 and one sentence', () => {
  it.each([
    ['a part', ['--consent', 'coreap-logs'], /did you mean "coreapp-logs"/],
    ['a part that is like none', ['--consent', 'x'], /the parts are report, host/],
    ['no part', ['--consent', 'report,,host'], /parts with commas/],
    ['a case', ['--case', 'a/b'], /[Ll]etters, digits and dashes/],
    ['a size', ['--max-size', '25'], /size such as 25MB/],
    ['a size that is too small', ['--max-size', '10kB'], /[Aa]t least 1MB/],
    ['a time', ['--since', 'yesterday'], /a time such as 3h/],
    ['a time to come', ['--around', '2199-01-01T00:00:00Z'], /still to come/],
    ['two times', ['--around', '13:41', '--since', '3h'], /cannot stand beside it/],
    ['nothing between', ['--since', '1h', '--until', '2h'], /not before/],
    ['another form than the name says', ['--archive', 'tar.gz', '--output', 'a.zip'], /ends as a zip/],
    ['own rules without bounds', ['--redact-rules', 'rules.yaml', '--output', 'n.zip'], /no groups, alternatives/],
    ['own rules that are not there', ['--redact-rules', 'none.yaml', '--output', 'n.zip'], /there is no such file/],
    ['a mistyped command', ['verfy', 'x'], /there is no command "bundle verfy", did you mean "verify"/],
    ['no output', ['redact', 'there.zip'], /--output/],
    ['an input that is not there', ['redact', 'none', '--output', 'n.zip'], /there is no such file/],
    ['a folder into one file', ['redact', '.', '--output', 'n.log'], /ending in \.zip/],
  ])('%s', async (_, args, words) => {
    const { exitCode, stderr, stdout } = await bundle(...args);
    expect(stderr).toMatch(words);
    expect({ exitCode, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      exitCode: 2,
      stdout: '',
      lines: 1,
    });
  });
});

describe('bundle', () => {
  it('gives standard output to one thing only', async () => {
    const { exitCode, stdout } = await bundle('--json', '--output', '-');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'Error',
      message: expect.stringMatching(/both write to standard/),
    });
  });

  it('writes one file, its digest beside it, and one document', async () => {
    const { exitCode, stdout, stderr } = await bundle(...QUICK, '--output', 'a.zip', '--json', '--case', '33-77');
    const result = JSON.parse(stdout);
    expect({ exitCode, said: result.exitCode, complete: result.complete }).toEqual({
      exitCode: 0,
      said: 0,
      complete: true,
    });
    expect(result).toMatchObject({ kind: 'BundleResult', case: '33-77', volumes: [{ path: join(folder, 'a.zip') }] });
    expect(stderr.split('\n')[0]).toMatch(/ended this product/);
    expect(statSync(join(folder, 'a.zip')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'a.zip.sha256'), 'utf8')).toBe(`${result.volumes[0].sha256}  a.zip\n`);
    const members = await membersIn(join(folder, 'a.zip'));
    expect([...members.keys()].slice(0, 5)).toEqual([
      ...['summary.html', 'README.txt', 'manifest.json', 'report.json', 'ticket.txt'],
    ]);
    const verify = await bundle('verify', 'a.zip');
    expect(verify.exitCode).toBe(0);
  });

  it('writes an archive to standard output and nothing else anywhere', () => {
    const before = readdirSync(folder);
    const { status, stdout } = spawnSync(LAUNCHER, ['bundle', ...QUICK, '--output', '-'], {
      ...{ cwd: folder, env: env(), maxBuffer: 1 << 26 },
    });
    expect(status).toBe(0);
    expect(stdout.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    expect(readdirSync(folder)).toEqual(before);
  });

  it('never writes over a file, and says so before it asks anything', async () => {
    const { exitCode, stderr } = await bundle(...QUICK, '--output', 'there.zip');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 74, stderr: expect.stringMatching(/is there already/) });
    expect(readFileSync(join(folder, 'there.zip'), 'utf8')).toBe('mine');
    const asJson = await bundle(...QUICK, '--output', 'there.zip', '--json');
    expect(JSON.parse(asJson.stdout)).toMatchObject({ kind: 'Error', code: 'output' });
  });

  it('estimates without collecting', async () => {
    const before = readdirSync(folder);
    const { exitCode, stdout } = await bundle(...QUICK, '--estimate', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'BundleEstimate', parts: [{ part: 'report' }, { part: 'host' }] });
    expect({ exitCode, left: readdirSync(folder) }).toEqual({ exitCode: 0, left: before });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is ended by %s with %i within 2 s, and leaves nothing', async (signal, code) => {
    const before = readdirSync(folder);
    let sent = 0;
    const { exitCode } = await ran(LAUNCHER, ['bundle', '--consent', 'all', '--no-input', '--output', 's.zip'], {
      ...{ cwd: folder, env: env() },
      started: (pid) =>
        setTimeout(() => {
          sent = performance.now();
          process.kill(pid, signal);
        }, 900),
    });
    expect(performance.now() - sent).toBeLessThan(2000);
    expect({ exitCode, left: readdirSync(folder) }).toEqual({ exitCode: code, left: before });
  });
});

describe('bundle redact', () => {
  const secret = 'Kx7-ownSecret-91';
  beforeAll(() => {
    writeFileSync(join(folder, 'db.env'), `WA_DB_PASSWORD=${secret}\n`);
    writeFileSync(join(folder, 'plain.log'), `2026-11-20 INFO tried ${secret} in vain\nversion 2.55.1\n`);
  });
  it.each(['zip', 'tar.gz', 'tgz', 'tar'])(
    'cleans several files into a .%s, learning from one for the others',
    async (ending) => {
      const [inside, out] = [join(folder, 'in'), `out-${ending}.${ending}`];
      spawnSync(
        'sh',
        ['-c', `mkdir -p ${inside} && cp db.env plain.log ${inside} && mkfifo ${inside}/f.log 2>/dev/null`],
        { cwd: folder },
      );
      const { exitCode, stdout } = await bundle('redact', 'in', '--output', out, '--json');
      expect(JSON.parse(stdout)).toMatchObject({ kind: 'RedactResult', leftOut: [{ path: 'f.log.withheld.txt' }] });
      expect(exitCode).toBe(3);
      const bytes = readFileSync(join(folder, out));
      expect(statSync(join(folder, out)).mode & 0o777).toBe(0o600);
      expect(bytes.includes(secret)).toBe(false);
      const listed = spawnSync(ending === 'zip' ? 'unzip' : 'tar', ending === 'zip' ? ['-Z1', out] : ['tf', out], {
        cwd: folder,
        encoding: 'utf8',
      });
      if (!listed.error) expect(listed.stdout).toContain('plain.log');
    },
  );
  it('keeps a map at home, of persons and networks alone, never in the place of another file', async () => {
    writeFileSync(join(folder, 'who.log'), `to=+66812345678 password=${secret} from 10.20.3.14\n`);
    const asked = ['redact', 'who.log', '--map', 'map.json', '--output'];
    expect((await bundle(...asked, 'who-1.log')).exitCode).toBe(0);
    const text = readFileSync(join(folder, 'map.json'), 'utf8');
    expect(statSync(join(folder, 'map.json')).mode & 0o777).toBe(0o600);
    expect(Object.values(JSON.parse(text).labels)).toEqual(expect.arrayContaining(['10.20.3.14']));
    expect(text).not.toContain(secret);
    const again = await bundle(...asked, 'who-2.log');
    expect(again).toMatchObject({ exitCode: 74, stderr: expect.stringMatching(/map\.json is there already/) });
    expect(readdirSync(folder)).not.toContain('who-2.log');
  });
  it('cleans one file into one file', async () => {
    const { exitCode, stderr } = await bundle(
      'redact',
      'plain.log',
      '--output',
      'clean.log',
      '--redact-rules',
      '/dev/null',
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/not a file/) });
    expect((await bundle('redact', 'db.env', '--output', 'clean.env')).exitCode).toBe(0);
    expect(readFileSync(join(folder, 'clean.env'), 'utf8')).toMatch(/^WA_DB_PASSWORD=\[password-[a-z2-7]{8}\]\n$/);
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 20, 14, 2, 11).getTime();
  it.each([
    ['13:41', new Date(2026, 10, 20, 13, 41).getTime()],
    ['23:59:01', new Date(2026, 10, 19, 23, 59, 1).getTime()],
    ['2026-11-20T06:41:00Z', Date.UTC(2026, 10, 20, 6, 41)],
    ['2026-11-20 13:41', new Date(2026, 10, 20, 13, 41).getTime()],
    ['2026-11-19', new Date(2026, 10, 19).getTime()],
    ['25:00', null],
    ['noon', null],
  ])('%s', (text, at) => {
    expect(momentOf(text, now)).toBe(at);
  });
  it('around reaches 15 minutes to both sides and never into what is to come', () => {
    expect(windowOf({ around: '13:50' }, now)).toEqual({
      window: { since: new Date(2026, 10, 20, 13, 35).getTime(), until: now },
      around: new Date(2026, 10, 20, 13, 50).getTime(),
    });
  });
});

describe('own rules', () => {
  it.each([
    ['- {id: own.a, literal: abcd}', 'literal'],
    ['- {id: own.a, key: customer}', 'key'],
    ['- {id: own.a, pattern: "ACME-[0-9]{4}", tier: personal}', 'pattern'],
  ])('%s is read', (text, kind) => {
    expect(readOwnRules(text, 'x')).toEqual([expect.objectContaining({ id: 'own.a', [kind]: expect.any(String) })]);
  });
  it.each([
    '{}',
    '- {id: own.a}',
    '- {id: A, literal: abc}',
    '- {id: a, pattern: "("}',
    '- {id: a, pattern: "x*"}',
    '- {id: a, pattern: "ACME[äöü]{3}"}',
    '- {id: a, literal: AIS}',
    '- {id: a, literal: Debian}',
    '- {id: a, literal: abc, key: b}',
    '- {id: a, literal: secretword}\n- {id: a, literal: abc}',
  ])('%s is refused without a word of its rules', (text) => {
    expect(() => readOwnRules(text, 'x')).toThrow(/^x/);
    expect(() => readOwnRules(text, 'x')).not.toThrow(/secretword/);
  });
});
