import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endpointOf } from '../../../../src/host/live/docker/endpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const idOf = (name: string) => createHash('sha256').update(name).digest('hex');

/** A folder as DOCKER_CONFIG, with one context in Docker's own store. */
const config = (name: string, meta: unknown, current: string | null, tls: Record<string, string> = {}): string => {
  const at = mkdtempSync(join(folder, 'config-'));
  const write = (path: string, file: string, text: string) => {
    mkdirSync(join(at, path), { recursive: true });
    writeFileSync(join(at, path, file), text);
  };
  if (current)
    write('.', 'config.json', JSON.stringify({ auths: { x: { auth: 'c2VjcmV0' } }, currentContext: current }));
  write(join('contexts/meta', idOf(name)), 'meta.json', JSON.stringify(meta));
  for (const [file, text] of Object.entries(tls)) write(join('contexts/tls', idOf(name), 'docker'), file, text);
  return at;
};
const meta = (Host: string, SkipTLSVerify = false) => ({
  Name: 'far',
  Metadata: {},
  Endpoints: { docker: { Host, SkipTLSVerify } },
});
const none = join(folder, 'none');

describe('the address of the Engine', () => {
  it.each([
    ['unix:///x/d.sock', 'unix:///x/d.sock', { kind: 'socket', path: '/x/d.sock' }],
    ['unix://', 'unix:///var/run/docker.sock', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['tcp://10.0.0.5:2375', 'tcp://10.0.0.5:2375', { kind: 'tcp', host: '10.0.0.5', port: 2375, base: '', tls: null }],
    ['tcp://box', 'tcp://box:2375', { kind: 'tcp', host: 'box', port: 2375, base: '', tls: null }],
    ['box:4000', 'tcp://box:4000', { kind: 'tcp', host: 'box', port: 4000, base: '', tls: null }],
    ['tcp://box:1/docker/', 'tcp://box:1', { kind: 'tcp', host: 'box', port: 1, base: '/docker', tls: null }],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375, base: '', tls: null }],
    ['ssh://me@box:22', 'ssh://box:22', { kind: 'ssh', host: 'box', port: '22', user: 'me', socket: '' }],
    ['ssh://box/run/d.sock', 'ssh://box', { kind: 'ssh', host: 'box', port: '', user: '', socket: '/run/d.sock' }],
  ])('is read from DOCKER_HOST=%s', async (DOCKER_HOST, name, way) => {
    expect(await endpointOf({ DOCKER_HOST, DOCKER_CONFIG: none })).toMatchObject({ name, way, from: 'DOCKER_HOST' });
  });
  it.each(['ftp://box', 'fd://3', 'npipe:////./pipe/docker_engine', 'tcp://box:99999', 'ssh://-oProxyCommand=x/'])(
    'is unusable and says why for %s',
    async (DOCKER_HOST) => {
      const endpoint = await endpointOf({ DOCKER_HOST, DOCKER_CONFIG: none });
      expect(endpoint).toMatchObject({ way: null, unusable: expect.stringMatching(/\w+/) });
    },
  );
  it('never shows credentials', async () => {
    for (const DOCKER_HOST of [
      'tcp://u:hunter2@box:1',
      'ssh://u:hunter2@box',
      'ftp://u:hunter2@box',
      'tcp://u:hunter2@box:99999',
    ]) {
      const { name, ...rest } = await endpointOf({ DOCKER_HOST, DOCKER_CONFIG: none });
      expect(name + ('unusable' in rest ? rest.unusable : '')).not.toContain('hunter2');
    }
  });
  it('takes TLS material from DOCKER_CERT_PATH, and verifies only with DOCKER_TLS_VERIFY', async () => {
    const certificates = mkdtempSync(join(folder, 'tls-'));
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(certificates, `${name}.pem`), name);
    const base = { DOCKER_HOST: 'tcp://box', DOCKER_CERT_PATH: certificates };
    const tls = { ca: 'ca', cert: 'cert', key: 'key' };
    const verified = await endpointOf({ ...base, DOCKER_TLS_VERIFY: '1' });
    expect(verified).toMatchObject({ name: 'tcp://box:2376', way: { port: 2376, tls: { ...tls, verify: true } } });
    expect(await endpointOf({ ...base, DOCKER_TLS: '1' })).toMatchObject({ way: { tls: { ...tls, verify: false } } });
    expect(await endpointOf(base)).toMatchObject({ way: { port: 2375, tls: null } });
  });
  it('is that of the current context', async () => {
    const DOCKER_CONFIG = config('far', meta('unix:///far.sock'), 'far');
    expect(await endpointOf({ DOCKER_CONFIG })).toMatchObject({
      name: 'unix:///far.sock',
      from: 'context',
      local: true,
    });
  });
  it('is that of DOCKER_CONTEXT before the current one, and of DOCKER_HOST before both', async () => {
    const DOCKER_CONFIG = config('far', meta('tcp://far:1'), 'other');
    const named = { DOCKER_CONFIG, DOCKER_CONTEXT: 'far' };
    expect(await endpointOf(named)).toMatchObject({ name: 'tcp://far:1', from: 'context', local: false });
    expect(await endpointOf({ ...named, DOCKER_HOST: 'unix:///x' })).toMatchObject({ name: 'unix:///x' });
    expect(await endpointOf({ DOCKER_CONFIG, DOCKER_CONTEXT: 'default' })).toMatchObject({ from: 'default' });
  });
  it("takes a context's own TLS material", async () => {
    const DOCKER_CONFIG = config('far', meta('tcp://far:2376'), 'far', { 'ca.pem': 'CA' });
    expect(await endpointOf({ DOCKER_CONFIG })).toMatchObject({ way: { tls: { ca: 'CA', cert: null, verify: true } } });
    const careless = config('far', meta('tcp://far:2376', true), 'far');
    expect(await endpointOf({ DOCKER_CONFIG: careless })).toMatchObject({ way: { tls: { verify: false } } });
  });
  it('is unusable where the context is missing or broken', async () => {
    expect(await endpointOf({ DOCKER_CONFIG: none, DOCKER_CONTEXT: 'gone' })).toMatchObject({
      way: null,
      unusable: 'there is no Docker context "gone"',
    });
    expect(await endpointOf({ DOCKER_CONFIG: config('far', { Name: 'far' }, 'far') })).toMatchObject({ way: null });
  });
  it('is the default one where config.json is broken or names nothing', async () => {
    const broken = mkdtempSync(join(folder, 'config-'));
    writeFileSync(join(broken, 'config.json'), '{"currentContext":');
    expect(await endpointOf({ DOCKER_CONFIG: broken })).toMatchObject({
      name: 'unix:///var/run/docker.sock',
      from: 'default',
    });
    expect(await endpointOf({ HOME: none })).toMatchObject({ from: 'default', local: true });
  });
});
