import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { noNobody } from '../../../support/command.ts';
import { containers, engine, info, version } from '../../../support/engine-asked.ts';
import { answer, type StandIn, standInEngine, standInSocket } from '../../../support/stand-in-engine.ts';

const closed = noNobody();

const folder = mkdtempSync(join(tmpdir(), 'engine-'));
const standIns: StandIn[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(standIns.splice(0).map(({ stop }) => stop()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signal = () => new AbortController().signal;
const VERSION = { Version: '24.0.7', ApiVersion: '1.43' };

const asked = async (host: string) => {
  vi.stubEnv('DOCKER_HOST', host);
  const since = performance.now();
  return { ...(await engine(signal())), ms: performance.now() - since };
};
const standing = async (made: Promise<StandIn>) => {
  const standIn = await made;
  standIns.push(standIn);
  return standIn;
};
const answering = async (...args: Parameters<typeof answer> extends [unknown, ...infer Rest] ? Rest : never) =>
  asked((await standing(standInEngine((_, response) => answer(response, ...args)))).host);

describe('an Engine is told apart', () => {
  it('reachable, and its product', async () => {
    expect(await answering(VERSION)).toMatchObject({
      state: 'reachable',
      product: 'docker',
      detail: null,
      local: true,
    });
  });
  it.each([
    [
      'null for all else',
      { ApiVersion: null, Os: null, Arch: null, KernelVersion: null, Platform: null, Components: null },
    ],
    ['garbage for all else', { ApiVersion: 7, Os: [], Platform: 'x', Components: 'none' }],
    ['a component without a version', { Components: [{ Name: 'Engine' }] }],
  ])('reachable, with a version and %s', async (_, rest) => {
    expect(await answering({ Version: '24.0.7', ...rest })).toMatchObject({ state: 'reachable', product: 'docker' });
  });
  it('not an Engine: a directory or a file where the socket should be', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await asked(`unix://${folder}`)).toMatchObject({
      state: 'not-an-engine',
      detail: 'it is a directory and no socket',
    });
    expect(await asked(`unix://${file}`)).toMatchObject({ detail: 'it is a file and no socket' });
  });
  it('unusable: one in trouble without words of its own, and one that wants TLS', async () => {
    expect(await answering('Bad Gateway', 502)).toMatchObject({ state: 'unusable' });
    const tls = await answering('Client sent an HTTP request to an HTTPS server.\n', 400);
    expect(tls).toMatchObject({ state: 'unusable', detail: expect.stringContaining('it speaks TLS') });
  });
  it('says which question was not answered', async () => {
    const half = await standing(
      standInEngine((asked, response) => (asked.url === '/version' ? answer(response, VERSION) : response.destroy())),
    );
    vi.stubEnv('DOCKER_HOST', half.host);
    await expect(info(signal())).rejects.toThrow('the Docker Engine gave no answer to /info: it closed the connection');
  });
  it('Podman by its component or by its header alone', async () => {
    const podman = { Version: '4.9.3', ApiVersion: '1.41', Components: [{ Name: 'Podman Engine', Version: '4.9.3' }] };
    expect(await answering(podman)).toMatchObject({ state: 'reachable', product: 'podman' });
    expect(await answering(VERSION, 200, { 'Libpod-API-Version': '4.9.3' })).toMatchObject({ product: 'podman' });
  });
  it('absent', async () => {
    expect(await asked(`unix://${folder}/none.sock`)).toMatchObject({ state: 'absent', product: null });
  });
  it('refused: a socket that nobody listens on any more', async () => {
    const path = join(folder, 'stale.sock');
    const listener = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await once(spawn(process.execPath, ['-e', listener]), 'exit');
    expect(await asked(`unix://${path}`)).toMatchObject({ state: 'refused' });
  });
  it('silent: takes the connection and says nothing, told within 4 s', async () => {
    const result = await asked((await standing(standInSocket(() => {}))).host);
    expect(result).toMatchObject({ state: 'silent', detail: 'it did not answer within 3.5 s' });
    expect(result.ms).toBeLessThan(4500);
  });
  it('silent: drips its answer', async () => {
    const drip = (socket: net.Socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write(' '), 100);
      socket.on('close', () => clearInterval(timer));
    };
    const result = await asked((await standing(standInSocket(drip))).host);
    expect(result.state).toBe('silent');
    expect(result.ms).toBeLessThan(4500);
  });
  it('silent: its queue of connections is full', async () => {
    const path = join(folder, 'full.sock');
    const listener = `require('net').createServer().listen({path:${JSON.stringify(path)},backlog:1}, () => { console.log('ready'); process.stdout.once('drain',()=>{}); setImmediate(() => process.kill(process.pid,'SIGSTOP')) })`;
    const child = spawn(process.execPath, ['-e', listener], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    while (!/^State:\s+T/m.test(readFileSync(`/proc/${child.pid}/status`, 'utf8')))
      await new Promise((next) => setTimeout(next, 10));
    const waiting = Array.from({ length: 4 }, () => net.connect({ path }).on('error', () => {}));
    try {
      await new Promise((next) => setTimeout(next, 50));
      const result = await asked(`unix://${path}`);
      expect(result.state).toBe('silent');
      expect(result.ms).toBeLessThan(4500);
    } finally {
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
    }
  });
  it.each([
    ['closes at once', (socket: net.Socket) => socket.destroy()],
    ['floods', (socket: net.Socket) => socket.write(Buffer.alloc(1 << 16, 0xa5))],
    ['greets in another protocol', (socket: net.Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'changes the protocol',
      (socket: net.Socket) => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    ],
    ['breaks off in its answer', (socket: net.Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{')],
    [
      'sends a broken chunk',
      (socket: net.Socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
    ],
  ])('not an Engine: %s', async (_, connected) => {
    const result = await asked((await standing(standInSocket(connected))).host);
    expect(result).toMatchObject({ state: 'not-an-engine', product: null });
    expect(result.ms).toBeLessThan(2000);
  });
  it.each([
    ['a web page', 'Welcome to nginx', 200],
    ['another JSON', { hello: 'world' }, 200],
    ['an odd version', { Version: 18 }, 200],
    ['null', null, 200],
    ['404', { message: 'page not found' }, 404],
    ['a redirect, which is not followed', {}, 302],
  ])('not an Engine: %s', async (_, body, status) => {
    expect(await answering(body, status, { Location: 'file:///etc/passwd' })).toMatchObject({ state: 'not-an-engine' });
  });
  it('not an Engine: an answer without end, cut at 4 MiB', async () => {
    const endless = await standing(
      standInEngine((_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const more = () => {
          while (response.write('x'.repeat(1 << 16)) && !response.destroyed);
        };
        response.on('drain', more);
        more();
      }),
    );
    const before = process.memoryUsage().rss;
    expect(await asked(endless.host)).toMatchObject({
      state: 'not-an-engine',
      detail: 'it answered with more than 4 MiB',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(128 << 20);
  });
  it('denied by a proxy before the socket, unusable when in trouble', async () => {
    expect(await answering({ message: 'forbidden by policy' }, 403)).toMatchObject({ state: 'denied' });
    const trouble = await answering({ message: 'daemon is shutting down' }, 503);
    expect(trouble).toMatchObject({ state: 'unusable', detail: 'it answered 503: daemon is shutting down' });
  });
  it('unusable: an address that cannot be', async () => {
    expect(await asked('ftp://u:hunter2@box')).toMatchObject({ state: 'unusable', endpoint: 'ftp://box' });
    expect(await asked(`unix:///${'x'.repeat(200)}`)).toMatchObject({
      state: expect.stringMatching(/unusable|absent/),
    });
  });
  it.skipIf(closed !== null)(`denied: a user without the right${closed === null ? '' : ` (${closed})`}`, async () => {
    const standIn = await standing(standInEngine((_, response) => answer(response, VERSION)));
    chmodSync(join(standIn.path, '..'), 0o755);
    chmodSync(standIn.path, 0o660);
    const module = new URL('../../../support/engine-asked.ts', import.meta.url);
    const script = `const { engine } = await import(${JSON.stringify(module.href)}); console.log(JSON.stringify(await engine(new AbortController().signal)))`;
    const env = { DOCKER_HOST: standIn.host, HOME: '/' };
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      uid: 65534,
      gid: 65534,
      cwd: '/',
      env,
    });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await once(child, 'close');
    expect(JSON.parse(printed)).toMatchObject({ state: 'denied', product: null });
  });
  it('stops when it is cancelled', async () => {
    vi.stubEnv('DOCKER_HOST', (await standing(standInSocket(() => {}))).host);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('cancelled')), 100);
    const since = performance.now();
    await expect(engine(stop.signal)).rejects.toThrow('cancelled');
    expect(performance.now() - since).toBeLessThan(1000);
  });
});

describe('an Engine elsewhere', () => {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const noOpenssl = (() => {
    try {
      openssl('version');
      return false;
    } catch {
      return true;
    }
  })();
  it.skipIf(noOpenssl)('over TLS, verified by its own authority (needs openssl)', async () => {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'ca.pem',
      '-days',
      '2',
      '-subj',
      '/CN=engine',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    );
    writeFileSync(join(folder, 'cert.pem'), readFileSync(join(folder, 'ca.pem')));
    const pem = (name: string) => readFileSync(join(folder, name));
    const options = {
      key: pem('key.pem'),
      cert: pem('ca.pem'),
      ca: pem('ca.pem'),
      requestCert: true,
      rejectUnauthorized: true,
    };
    const server = createServer(options, (_, response) => answer(response, VERSION)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
      vi.stubEnv('DOCKER_TLS_VERIFY', '1');
      vi.stubEnv('DOCKER_CERT_PATH', folder);
      expect(await asked(host)).toMatchObject({ state: 'reachable', local: false, endpoint: host });
      const empty = join(folder, 'empty');
      mkdirSync(empty);
      vi.stubEnv('DOCKER_CERT_PATH', empty);
      expect(await asked(host)).toMatchObject({ state: 'unusable', detail: expect.stringContaining('certificate') });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
  it('through ssh, as the client does: a stand-in program carries the connection', async () => {
    const standIn = await standing(standInEngine((_, response) => answer(response, VERSION)));
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const relay = `#!${process.execPath}\nconst s = require('net').connect(${JSON.stringify(standIn.path)});\nif (process.argv.slice(2).join(' ') !== '-T -o BatchMode=yes -o ConnectTimeout=5 -l me -p 22 -- box docker system dial-stdio') process.exit(9);\nprocess.stdin.pipe(s).pipe(process.stdout);\n`;
    writeFileSync(join(bin, 'ssh'), relay, { mode: 0o755 });
    vi.stubEnv('WA_PREFLIGHT_OFFLINE', undefined);
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
    expect(await asked('ssh://me@box:22')).toMatchObject({
      state: 'reachable',
      local: false,
      endpoint: 'ssh://box:22',
    });
    writeFileSync(join(bin, 'ssh'), '#!/bin/sh\necho "me@box: Permission denied (publickey)." >&2\nexit 255\n', {
      mode: 0o755,
    });
    const denied = await asked('ssh://me@box:22');
    expect(denied).toMatchObject({
      state: 'unusable',
      detail: expect.stringContaining('Permission denied (publickey)'),
    });
  });
});

describe('facts', () => {
  const INFO = { ServerVersion: '24.0.7', Name: 'core-1', DockerRootDir: '/var/lib/docker', Driver: 'overlay2' };
  const routes = async (answers: Record<string, unknown>) => {
    const standIn = await standing(
      standInEngine((request, response) => {
        const found = answers[request.url ?? ''];
        if (typeof found === 'string') response.end(found);
        else if (found === undefined) answer(response, { message: 'page not found' }, 404);
        else answer(response, found);
      }),
    );
    vi.stubEnv('DOCKER_HOST', standIn.host);
  };
  it('read libseccomp from the features of the default runtime', async () => {
    const features = JSON.stringify({ annotations: { 'io.github.seccomp.libseccomp.version': '2.6.1' } });
    const Runtimes = { runc: { path: 'runc', status: { 'org.opencontainers.runtime-spec.features': features } } };
    await routes({ '/version': VERSION, '/info': { ...INFO, DefaultRuntime: 'runc', Runtimes } });
    expect(await info(signal())).toMatchObject({ libseccomp: '2.6.1', dataRoot: '/var/lib/docker', driverStatus: [] });
  });
  it('bear odd fields, and features that are garbage', async () => {
    const Runtimes = { runc: { status: { 'org.opencontainers.runtime-spec.features': '{{' } } };
    await routes({
      '/version': VERSION,
      '/info': { ...INFO, DefaultRuntime: 'runc', Runtimes, Warnings: null, SecurityOptions: 7, DriverStatus: 'x' },
    });
    expect(await info(signal())).toMatchObject({
      libseccomp: null,
      warnings: [],
      securityOptions: [],
      driverStatus: [],
    });
  });
  it.each([
    ['404', {}, 'answered /info with 404: page not found'],
    ['garbage', { '/info': 'hello' }, 'makes no sense'],
    ['another JSON', { '/info': [] }, 'makes no sense'],
  ])('say so in one sentence when the answer is %s', async (_, answers, words) => {
    await routes({ '/version': VERSION, ...answers });
    await expect(info(signal())).rejects.toThrow(words);
  });
  it('say which Engine gave no answer, and why', async () => {
    vi.stubEnv('DOCKER_HOST', `unix://${folder}/none.sock`);
    for (const question of [version, info, containers])
      await expect(question(signal())).rejects.toThrow(
        `the Docker Engine at unix://${folder}/none.sock gave no answer (absent)`,
      );
  });
  it('end by their own deadline when the Engine hangs after its version', async () => {
    const hanging = await standing(
      standInEngine((request, response) => request.url === '/version' && answer(response, VERSION)),
    );
    vi.stubEnv('DOCKER_HOST', hanging.host);
    const since = performance.now();
    await expect(info(signal())).rejects.toThrow('did not answer within 6 s');
    expect(performance.now() - since).toBeLessThan(9500);
  });
  const container = (over: Record<string, unknown>) => ({
    Id: 'a1',
    Names: ['/x'],
    Image: 'nginx',
    State: 'running',
    ...over,
  });
  it('list containers, those without an image and without fields too', async () => {
    const Ports = [
      { IP: '0.0.0.0', PrivatePort: 443, PublicPort: 9090, Type: 'tcp' },
      { PrivatePort: 80, Type: 'tcp' },
    ];
    const list = [
      container({ Image: 'docker.whatsapp.biz/web:v2.53.1', Ports }),
      container({ Id: 'b2', Image: 'sha256:0011', Names: null, Ports: null }),
    ];
    await routes({ '/version': VERSION, '/containers/json?all=1': list });
    const found = await containers(signal());
    expect(found.onlyRunning).toBe(false);
    expect(found.containers).toMatchObject([
      { name: 'x', product: 'webapp', ports: [{ host: 9090, container: 443, address: '0.0.0.0' }] },
      { name: '', product: null, ports: [] },
    ]);
  });
  it('list the running ones alone, and say so, where all are too many', async () => {
    // More than 64 MiB.
    const all = Array.from({ length: 1100 }, () => container({ Command: 'x'.repeat(1 << 16) }));
    await routes({ '/version': VERSION, '/containers/json?all=1': all, '/containers/json': [container({})] });
    expect(await containers(signal())).toMatchObject({ onlyRunning: true, containers: [{ id: 'a1' }] });
  });
});
