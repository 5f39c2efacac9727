import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, apiServer, type Got, HEALTHY_TOKEN, healthy, type Reply } from '../support/api-server.ts';
import { RIGHT } from '../support/asked-api.ts';
import { type Certificates, certificates, noCertificates, type ServerCertificate } from '../support/certificates.ts';
import { LAUNCHER, ROOT, ran } from '../support/command.ts';
import { tty } from '../support/terminal.ts';
import { titled } from '../support/titled.ts';

const CLI = join(ROOT, 'dist/cli.js');
const no = noCertificates() ?? (existsSync(CLI) ? null : 'wants dist/: npm run build');
const SECRETS = ['Correct-1', HEALTHY_TOKEN, Buffer.from('wa:Correct-1').toString('base64')];

describe.skipIf(no)(titled('a run that asks the API', no), () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-run-'));
  const open: ApiServer[] = [];
  let made: Certificates;
  beforeAll(() => {
    made = certificates(join(folder, 'certificates'));
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ stop }) => stop()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const serving = async (
    answer: (got: Got) => Reply = healthy,
    certificate: ServerCertificate = made.good,
    tls = {},
  ) => {
    const server = await apiServer(certificate, answer, tls);
    open.push(server);
    return server;
  };
  const ENV = { HOME: folder, DOCKER_HOST: `unix://${folder}/none.sock`, PATH: process.env['PATH'] ?? '' };
  const ONLY = ['check', '--no-input', '--phase', 'after', '--only', 'api.login,api.health'];
  const at = ({ url }: ApiServer) => ['--api-url', url, '--api-ca', made.caFile];
  const run = (args: readonly string[], settings: Partial<Parameters<typeof ran>[2]> = {}) =>
    ran(LAUNCHER, args, { cwd: folder, env: { ...ENV, ...RIGHT }, ...settings });
  const paths = (server: ApiServer) => server.calls().map(({ path }) => path);

  it('keeps the calls as HAR or as a Postman collection, and as evidence, without any secret', async () => {
    const server = await serving();
    const kept = {
      har: join(folder, 'calls.har'),
      json: join(folder, 'calls.JSON'),
      record: join(folder, 'record.json'),
    };
    const first = await run([
      ...ONLY,
      ...at(server),
      '--json',
      '--debug',
      '--api-calls',
      kept.har,
      '--record',
      kept.record,
    ]);
    expect(first.exitCode).toBe(0);
    expect(paths(server)).toEqual(['/v1/users/login', '/v1/health', '/v1/users/logout']);
    const second = await run([...ONLY, ...at(server), '--api-calls', kept.json]);
    expect(second.exitCode).toBe(0);
    const har = JSON.parse(readFileSync(kept.har, 'utf8'));
    const postman = JSON.parse(readFileSync(kept.json, 'utf8'));
    expect(har.log.entries.map(({ comment }: { comment: string }) => comment)).toEqual(['login', 'health']);
    expect(postman.item.map(({ name }: { name: string }) => name)).toEqual(['login', 'health', 'logout']);
    const told = [first.stdout, first.stderr, second.stdout, second.stderr];
    const files = Object.values(kept).map((file) => readFileSync(file, 'utf8'));
    for (const secret of SECRETS) expect([...told, ...files].join('\n')).not.toContain(secret);
    for (const file of Object.values(kept)) expect(statSync(file).mode & 0o777).toBe(0o600);

    // The same calls from the recording, which asks nobody.
    const again = join(folder, 'again.har');
    const before = server.calls().length;
    const replay = await run([...ONLY, '--from', kept.record, '--api-url', server.url, '--api-calls', again]);
    expect(replay.exitCode).toBe(0);
    expect(replay.stderr).toContain('--api-url does nothing with --from');
    expect(JSON.parse(readFileSync(again, 'utf8'))).toEqual(har);
    expect(server.calls().length).toBe(before);
  });

  it('writes a valid empty document where no call was made', async () => {
    const file = join(folder, 'none.har');
    await run(['check', '--no-input', '--only', 'host.kernel', '--api-calls', file]);
    expect(JSON.parse(readFileSync(file, 'utf8')).log).toMatchObject({ version: '1.2', entries: [] });
  });

  it.each([
    [
      'an ending that is none of the two',
      ['--api-calls', 'calls.txt'],
      /^wa-preflight: --api-calls calls\.txt: a name ending in \.har \(HAR\) or \.json \(Postman\) is needed\n$/,
    ],
    ['calls and report in one file', ['--api-calls', 'a.json', '--output', 'json=a.json'], /named for two outputs/],
    [
      'an authority that is not there',
      ['--api-ca', 'none.pem'],
      /^wa-preflight: --api-ca none\.pem: there is no such file\n$/,
    ],
    ['an authority without a certificate', ['--api-ca', 'empty.pem'], /--api-ca empty\.pem: it holds no certificate/],
    ['a key', ['--api-key=canary-9'], /a login of the API is not taken on a command line/],
    ['a key as a word of its own', ['--apikey', 'canary-9'], /WA_API_KEY/],
    ['a token', ['--token', 'canary-9'], /a login of the API is not taken/],
    ['a password', ['--api-password', 'canary-9'], /is not taken on a command line/],
    ['a login in the address', ['--api-url', 'https://me:canary-9@h:1'], /a password is not taken in --api-url/],
  ])('is a wrong call: %s', async (_, args, said) => {
    writeFileSync(join(folder, 'empty.pem'), 'hello\n');
    const { exitCode, stdout, stderr } = await run(['check', ...args]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('canary-9');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('logs out when %s stops it, and is gone within 2 s', async (signal, code) => {
    let pid = 0;
    let signalled = 0;
    const server = await serving((got) => {
      if (got.path !== '/v1/health') return healthy(got);
      setTimeout(() => {
        signalled = performance.now();
        process.kill(pid, signal);
      }, 50);
      return { afterMs: 20_000 };
    });
    const started = (own: number) => {
      pid = own;
    };
    const { exitCode, stdout } = await run([...ONLY, ...at(server), '--json'], { started });
    expect([exitCode, JSON.parse(stdout).kind]).toEqual([code, 'HostReport']);
    expect(paths(server).at(-1)).toBe('/v1/users/logout');
    expect(performance.now() - signalled).toBeLessThan(2000);
  });

  it('ends in time where the API is silent from the login on', async () => {
    const server = await serving(() => ({ afterMs: 60_000 }));
    const { exitCode, stdout, ms } = await run([...ONLY, ...at(server), '--json']);
    expect([1, 3]).toContain(exitCode);
    expect(ms).toBeLessThan(12_000);
    expect(JSON.parse(stdout).checks.map(({ outcome }: { outcome: string }) => outcome)).not.toContain('pass');
    expect(server.calls().filter(({ path }) => path === '/v1/users/login').length).toBe(1);
  }, 30_000);

  it('keeps the calls from the terminal UI too, and logs out there', async () => {
    const server = await serving();
    const file = join(folder, 'screen.har');
    const args = [
      CLI,
      'check',
      '--phase',
      'after',
      '--only',
      'api.login,api.health',
      ...at(server),
      '--api-calls',
      file,
    ];
    const terminal = tty(process.execPath, args, 100, 30, { ...ENV, ...RIGHT, CI: 'false' });
    await terminal.until(/CONFORMS|NOT PROVEN/, 20_000);
    terminal.press('q');
    expect((await terminal.exit).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).log.entries.length).toBe(2);
    expect(paths(server)).toEqual(['/v1/users/login', '/v1/health', '/v1/users/logout']);
    for (const secret of SECRETS) expect(terminal.raw()).not.toContain(secret);
  });

  const noStrace = existsSync('/usr/bin/strace') ? null : 'no strace';
  describe.skipIf(noStrace)(titled('under strace', noStrace), () => {
    /** What was written and connected to, by all its processes. TLS 1.2 shows by its records what is the handshake. */
    const traced = async (certificate: ServerCertificate) => {
      const server = await serving(healthy, certificate, { maxVersion: 'TLSv1.2' });
      const file = join(folder, `trace-${readdirSync(folder).length}`);
      const calls = 'trace=connect,write,writev,sendto,sendmsg,execve';
      const strace = ['-f', '-qq', '-v', '-s', '100000', '-e', calls, '-o', file, LAUNCHER];
      const own = ['check', '--no-input', '--phase', 'after', '--only', 'api.login,api.health', ...at(server)];
      await ran('/usr/bin/strace', [...strace, ...own], { cwd: folder, env: { ...ENV, ...RIGHT } });
      const lines = readFileSync(file, 'utf8').split('\n');
      // A record of TLS as strace shows it: kind, version 3.x; 23 (octal 27) is data, all else belongs to the handshake.
      const records = lines.filter((line) => /(write|writev|sendto|sendmsg)\(.*"\\(26|24|27|25)\\3[\\\d]/.test(line));
      return { server, lines, data: records.filter((line) => /"\\27\\3/.test(line)), records };
    };

    it('no byte of HTTP is written before the certificate was verified', async () => {
      const bad = await traced(made.selfSigned);
      expect(bad.records.length).toBeGreaterThan(0);
      expect(bad.data).toEqual([]);
      expect(bad.server.calls()).toEqual([]);
      const good = await traced(made.good);
      expect(good.data.length).toBeGreaterThan(1);
      expect(paths(good.server)).toContain('/v1/users/login');
    }, 60_000);

    it('nothing is connected to but the API, and no child or pipe is told a secret', async () => {
      const { lines, server } = await traced(made.good);
      const addresses = lines.flatMap(
        (line) => /connect\(.*sin6?_port=htons\((\d+)\).*"([^"]+)"/.exec(line)?.slice(1, 3) ?? [],
      );
      expect(new Set(addresses)).toEqual(new Set([`${server.port}`, '127.0.0.1']));
      const ours = (line: string) => line.includes('"--only"');
      const leaks = (line: string) => SECRETS.some((secret) => line.includes(secret));
      expect(lines.filter((line) => !ours(line) && leaks(line))).toEqual([]);
    }, 60_000);
  });
});
