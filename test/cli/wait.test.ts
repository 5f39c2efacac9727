import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitEvent, waitReport } from '../../src/wait/events.ts';
import { noCertificates } from '../support/certificates.ts';
import { ran } from '../support/command.ts';
import { type StandInApi, startStandInApi } from '../support/lab-api.ts';
import { pause } from '../support/terminal.ts';

const CLI = process.env['WA_PREFLIGHT_CLI'] ?? join(import.meta.dirname, '../../dist/cli.js');
const reason = existsSync(CLI) ? noCertificates() : 'wants dist/: npm run build';

let api: StandInApi;
let folder: string;
const environment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...{ PATH: process.env['PATH'] ?? '', HOME: folder, DOCKER_HOST: `unix://${folder}/none.sock` },
  ...more,
});
const login = ({ login: { user, password } } = api) => ({ WA_API_USERNAME: user, WA_API_PASSWORD: password });
const words = (more: readonly string[], { url, caFile } = api) => [
  CLI,
  'wait',
  '--api-url',
  url,
  '--api-ca',
  caFile,
  ...more,
];
const wait = (more: readonly string[], env: Readonly<Record<string, string>> = login()) =>
  ran(process.execPath, words(more), { env: environment(env) });
const eventsIn = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => waitEvent.parse(JSON.parse(line)));
const logins = () =>
  api.calls().flatMap(({ method, path }) => (path.startsWith('/v1/users/') ? [`${method} ${path.slice(10)}`] : []));
const polled = async (count: number) => {
  const end = Date.now() + 20_000;
  while (api.calls().filter(({ path }) => path === '/v1/health').length < count) {
    if (Date.now() > end) throw new Error(`no ${count} polls came`);
    await pause(20);
  }
  // The poll's other calls are answered too, and its answers are read.
  await pause(300);
};

describe.skipIf(reason !== null)(`wait at a stand-in of the API (${reason ?? 'openssl'})`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wait-'));
    api = await startStandInApi();
  });
  afterAll(async () => {
    await api?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    api.behave({});
    api.forgetCalls();
  });

  it("says the product's end first, leaves with 0 when the client is ready, logs in and out once", async () => {
    const { exitCode, stdout, stderr } = await wait([]);
    expect(stdout).toMatch(/^ready after \d+ s \(single\): connected, and the socket is UP\.\n$/);
    expect(stderr).toMatch(/^The vendor ended this product on 2025-10-23/);
    expect(exitCode).toBe(0);
    expect(logins()).toEqual(['POST login', 'POST logout']);
    expect(stdout + stderr).not.toContain(api.login.password);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(api.calls().filter(({ never }) => never)).toEqual([]);
  });

  it('follows a start through its phases, and tells them as events', async () => {
    api.behave({ gateway: 'uninitialized' });
    const running = wait(['--events', '--timeout', '60']);
    await polled(1);
    api.behave({ socket: 'UP receiving offline' });
    await polled(2);
    api.behave({});
    const { exitCode, stdout, stderr } = await running;
    expect(exitCode).toBe(0);
    const events = eventsIn(stdout);
    const phases = ['database', 'offline-messages', 'ready'];
    expect(events[0]).toMatchObject({ event: 'started', schemaVersion: '1.0', lifecycle: { endedOn: '2025-10-23' } });
    expect(events.flatMap((one) => (one.event === 'phase' ? [one.phase] : []))).toEqual(phases);
    expect(events.at(-1)).toMatchObject({ event: 'ready', polls: 3, flaps: [] });
    // One line for each phase.
    expect(stderr.match(/^\d\d:\d\d {2}(database schema|offline messages|ready): /gm)).toHaveLength(3);
    expect(stdout + stderr).not.toContain(api.login.password);
    expect(logins()).toEqual(['POST login', 'POST logout']);
  }, 40_000);

  it.each(['ha', 'multiconnect'] as const)(
    'knows %s when it is whole, and when it is not',
    async (topology) => {
      const cluster = await startStandInApi(topology);
      try {
        const run = (timeout: string) =>
          ran(process.execPath, words(['--json', '--timeout', timeout], cluster), { env: environment(login(cluster)) });
        const good = waitReport.parse(JSON.parse((await run('10')).stdout));
        const named = topology === 'ha' ? 'high-availability' : 'multiconnect';
        expect(good).toMatchObject({ phase: 'ready', topology: named, unknown: [], run: { exitCode: 0 } });
        cluster.fault('shard-unowned');
        const fewer = waitReport.parse(JSON.parse((await run('1')).stdout));
        expect(fewer).toMatchObject({ phase: 'connecting', run: { outcome: 'timeout', exitCode: 3 } });
        cluster.fault('two-connected');
        expect(waitReport.parse(JSON.parse((await run('1')).stdout)).message).toMatch(/exactly/);
      } finally {
        await cluster.stop();
      }
    },
    40_000,
  );

  it.each([
    ['unregistered', 'unregistered'],
    ['build-expired', 'expired'],
    ['login-denied', 'denied'],
    ['login-throttled', 'throttled'],
    ['tokens-refused', 'unauthorised'],
    ['tls-self-signed', 'untrusted'],
    ['tls-expired', 'untrusted'],
    ['tls-wrong-name', 'untrusted'],
  ])(
    'leaves with 1 for the fault %s',
    async (fault, code) => {
      api.fault(fault);
      const { exitCode, stdout } = await wait(['--json']);
      expect(waitReport.parse(JSON.parse(stdout))).toMatchObject({ code, run: { outcome: 'failed', exitCode: 1 } });
      expect(exitCode).toBe(1);
      // One attempt, and one more where it was a token that was refused.
      expect(logins().filter((call) => call === 'POST login').length).toBe(
        { untrusted: 0, unauthorised: 2 }[code] ?? 1,
      );
    },
    30_000,
  );

  it('tells a password that must be changed', async () => {
    api.fault('default-admin');
    const { exitCode, stdout } = await wait(['--json'], { WA_API_USERNAME: 'admin', WA_API_PASSWORD: 'secret' });
    expect(waitReport.parse(JSON.parse(stdout))).toMatchObject({ code: 'password-change' });
    expect(exitCode).toBe(1);
  });

  it('without a login is a wrong call, told before anything is waited for', async () => {
    const { exitCode, stdout } = await wait(['--json'], {});
    expect(waitReport.parse(JSON.parse(stdout))).toMatchObject({ code: 'no-login', run: { exitCode: 2 } });
    expect(exitCode).toBe(2);
  });

  it('with an API key goes by health alone, and says so', async () => {
    const { exitCode, stdout } = await wait([], { WA_API_KEY: api.apiKey });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ready after .*\nThe login is an API key.*health decides\.\n$/);
    expect(logins()).toEqual([]);
  });

  it.each([
    ['nobody listens', 'https://127.0.0.1:1', {}],
    ['it is silent', null, { answers: 'never' }],
    ['it is silent in TLS', null, { answers: 'never-tls' }],
    ['it never ends', null, { answers: 'endless' }],
    ['it is no JSON', null, { answers: 'not-json' }],
  ] as const)(
    'leaves with 3 on the dot where %s',
    async (_, url, behaviour) => {
      api.behave(behaviour);
      const { exitCode, stdout, stderr, ms } = await wait(['--json', '--timeout', '2', '--api-url', url ?? api.url]);
      expect(stderr).not.toContain('Warning');
      expect(waitReport.parse(JSON.parse(stdout))).toMatchObject({ run: { outcome: 'timeout', exitCode: 3 } });
      expect(exitCode).toBe(3);
      expect(ms).toBeGreaterThan(1900);
      // A second at most, and the start of the tool.
      expect(ms).toBeLessThan(3500);
    },
    20_000,
  );

  it('waits for an API that is not found here, and says that there is none', async () => {
    const args = [CLI, 'wait', '--timeout', '1'];
    const { exitCode, stdout } = await ran(process.execPath, args, { env: environment(login()) });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^time is up after 1 s: no API found for 1 s/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s ends it with %i, one document, and a logout',
    async (signal, code) => {
      api.fault('connecting');
      let pid = 0;
      const env = environment(login());
      const running = ran(process.execPath, words(['--json']), { env, started: (one) => (pid = one) });
      await polled(1);
      const since = Date.now();
      process.kill(pid, signal);
      const { exitCode, stdout } = await running;
      expect(Date.now() - since).toBeLessThan(1500);
      expect(exitCode).toBe(code);
      expect(waitReport.parse(JSON.parse(stdout))).toMatchObject({ phase: 'connecting', run: { outcome: 'stopped' } });
      expect(logins()).toEqual(['POST login', 'POST logout']);
    },
    20_000,
  );

  it('goes on for its exit code when nobody reads the events any more', async () => {
    const env = { ...environment(login()), CLI, URL: api.url, CA: api.caFile, NODE: process.execPath };
    const line =
      '"$NODE" "$CLI" wait --api-url "$URL" --api-ca "$CA" --events 2>err | head -1; echo "code $PIPESTATUS"; cat err';
    const { stdout } = await ran('/bin/bash', ['-c', line], { env, cwd: folder });
    expect(stdout).toContain('code 0');
    expect(stdout).not.toMatch(/EPIPE|\n\s+at /);
  });

  it('ends with 74 where standard output cannot be written', async () => {
    const env = { ...environment(login()), CLI, URL: api.url, CA: api.caFile, NODE: process.execPath };
    const line =
      'for how in --events --json; do "$NODE" "$CLI" wait --api-url "$URL" --api-ca "$CA" $how >/dev/full 2>/dev/null; echo "code $?"; done';
    expect((await ran('/bin/bash', ['-c', line], { env })).stdout).toBe('code 74\ncode 74\n');
  });

  it('keeps the login out of its arguments, its children and its files', async () => {
    api.fault('connecting');
    const child = spawn(process.execPath, words(['--events', '--timeout', '3']), { env: environment(login()) });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    await polled(1);
    const { status, stdout } = await ran('/bin/sh', [
      '-c',
      `tr '\\0' '\\n' < /proc/${child.pid}/cmdline; cat /proc/${child.pid}/task/*/children`,
    ]).then(({ exitCode, stdout: text }) => ({ status: exitCode, stdout: text }));
    expect(status).toBe(0);
    expect(stdout).not.toContain(api.login.password);
    await new Promise((done) => child.on('close', done));
    expect(said).not.toContain(api.login.password);
    expect(said).not.toMatch(/Bearer|token/i);
  }, 20_000);

  it.each([
    ['both ways to write', ['--json', '--events']],
    ['too fast', ['--json', '--interval', '4']],
    ['no time', ['--json', '--timeout', 'x']],
    ['no such file', ['--json', '--api-ca', '/nonexistent']],
    ['no certificate in it', ['--json', '--api-ca', '/dev/null']],
    ['a word too many', ['--json', 'x']],
  ])('refuses a wrong call: %s', async (_, more) => {
    const { exitCode, stdout } = await wait(more);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'Error', code: 'usage' });
  });
});
