import { chmodSync, readdirSync, readlinkSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessOf } from '../../../../src/host/live/database/access.ts';
import { clientNetwork } from '../../../../src/host/live/database/client-network.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { NOBODY, noNobody, ran } from '../../../support/command.ts';
import {
  addNetwork,
  COREAPP,
  demand,
  loadImages,
  noCompiler,
  OTHER,
  removeContainers,
  runContainer,
  type Wanted,
  WEBAPP,
} from '../../../support/containers.ts';
import { type Dockerd, noDockerNetworks, startDockerd } from '../../../support/dockerd.ts';
import { clientContainer, containers } from '../../../support/engine-asked.ts';
import { runIn } from '../../../support/network.ts';
import { loginTo } from './login-to.ts';

const missing = noDockerNetworks() ?? noCompiler();
const closed = missing ?? noNobody();

const quiet = (signal = new AbortController().signal) => ({ signal, progress: () => {} });

const ask = (host: string, over: Parameters<typeof loginTo>[1] = {}, signal?: AbortSignal) =>
  clientNetwork(
    quiet(signal),
    accessOf(async () => loginTo(host, over), dockerAccess()),
  );

/** The processes that stand in the network of another. */
const inNetworkOf = (pid: number): readonly string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/ns/net`) === readlinkSync(`/proc/${pid}/ns/net`);
    } catch {
      // It ended meanwhile.
      return false;
    }
  });

const passed = (steps: readonly { readonly step: string; readonly ms: number }[]) => steps.map(({ step }) => step);

describe.skipIf(missing)(`from the network of a client container (${missing ?? 'real dockerd'})`, () => {
  let dockerd: Dockerd;
  let made: string[] = [];
  beforeAll(async () => {
    dockerd = await startDockerd(null, { networks: true });
    await loadImages(dockerd);
    await addNetwork(dockerd, 'installation_default', '172.30.7.0/24');
    await runContainer(dockerd, 'db', { image: OTHER, network: 'installation_default', port: 3306 });
  }, 60_000);
  afterAll(async () => {
    await removeContainers(dockerd, 'db');
    await dockerd.stop();
  }, 60_000);
  afterEach(async () => {
    vi.unstubAllEnvs();
    await removeContainers(dockerd, ...made);
    made = [];
  });
  const run = async (name: string, wanted: Wanted) => {
    vi.stubEnv('DOCKER_HOST', dockerd.host);
    made.push(name);
    await runContainer(dockerd, name, wanted);
  };
  const inNetwork = { image: COREAPP, network: 'installation_default' };

  it('the name of another container resolves and takes a connection', async () => {
    await run('wacore', inNetwork);
    const seen = await ask('db');
    expect(seen).toMatchObject({ skipped: null, container: 'wacore', addresses: ['172.30.7.2'], failed: null });
    expect(passed(seen.steps)).toEqual(['dns', 'tcp']);
    expect((await containers(quiet().signal)).containers).toMatchObject([
      { name: 'wacore', addresses: ['172.30.7.3'] },
      { name: 'db', addresses: ['172.30.7.2'] },
    ]);
  });
  it('nobody listens at another port, nor at another address', async () => {
    await run('wacore', inNetwork);
    const refused = await ask('db', { port: 1 });
    expect(passed(refused.steps)).toEqual(['dns']);
    expect(refused.failed).toEqual({
      step: 'tcp',
      kind: 'refused',
      message: 'connect ECONNREFUSED 172.30.7.2:1',
      code: 'ECONNREFUSED',
    });
    const away = await ask('172.30.7.99');
    expect(away).toMatchObject({ addresses: ['172.30.7.99'], steps: [], failed: { step: 'tcp', kind: 'unreachable' } });
  });
  it("an address of the container's own hosts file is used, and its loopback is not this host's", async () => {
    await run('wacore', { ...inNetwork, extraHosts: ['Primary.Example:172.30.7.2'] });
    expect(await ask('primary.example')).toMatchObject({ addresses: ['172.30.7.2'], failed: null });
    const own = await ask('localhost');
    expect(own.addresses).toContain('127.0.0.1');
    expect(own.failed).toMatchObject({ step: 'tcp', kind: 'refused' });
  });
  it('a database on the host is reached at the address of the bridge', async () => {
    await run('wacore', { ...inNetwork, extraHosts: ['host.docker.internal:172.30.7.1'] });
    const listener = await runIn(dockerd.pid, 'listener', '172.30.7.1', '3306');
    try {
      const seen = await ask('host.docker.internal');
      expect(seen).toMatchObject({ addresses: ['172.30.7.1'], failed: null });
    } finally {
      await listener.stop();
    }
    expect((await ask('host.docker.internal')).failed).toMatchObject({ step: 'tcp', kind: 'refused' });
  });
  it.each([
    ['answers that there is none', ['172.17.0.1'], '172.17.0.1 says of "db": there is no such name'],
    ['does not answer', ['172.17.0.99'], '172.17.0.99 did not answer for "db"'],
  ])("Docker's default network knows no container by its name, where the name server %s", async (_, dns, words) => {
    await run('wacore', { image: COREAPP, dns });
    const server = await runIn(dockerd.pid, 'name-server', '172.17.0.1', '{"outside.example":["192.0.2.1"]}');
    try {
      const seen = await ask('db');
      expect(seen).toMatchObject({ skipped: null, container: 'wacore', addresses: [], steps: [] });
      expect(seen.failed).toMatchObject({ step: 'dns', kind: 'no-such-host' });
      expect(seen.failed?.message).toBe(`${words}; Docker's default network knows no container by its name`);
    } finally {
      await server.stop();
    }
  });
  it("names are asked for through Docker's own name server, with the container's search domains", async () => {
    await run('wacore', { ...inNetwork, dns: ['172.30.7.1'], dnsSearch: ['corp.example'], dnsOptions: ['ndots:2'] });
    const names = { 'mysql-1.corp.example': ['172.30.7.2'], 'mysql-1.eu.corp.example': ['172.30.7.2'] };
    const server = await runIn(dockerd.pid, 'name-server', '172.30.7.1', JSON.stringify(names));
    try {
      expect(await ask('mysql-1')).toMatchObject({ addresses: ['172.30.7.2'], failed: null });
      expect(await ask('mysql-1.eu')).toMatchObject({ addresses: ['172.30.7.2'], failed: null });
      expect((await ask('mysql-2')).failed).toMatchObject({ step: 'dns', kind: 'no-such-host', code: 'ENOTFOUND' });
    } finally {
      await server.stop();
    }
  });
  it('the Coreapp is asked before the Webapp, and a container that only ran is not asked', async () => {
    await run('a-waweb', { ...inNetwork, image: WEBAPP });
    expect(await ask('db')).toMatchObject({ container: 'a-waweb', failed: null });
    await run('wacore', inNetwork);
    expect(await ask('db')).toMatchObject({ container: 'wacore', failed: null });
    for (const name of made) await demand(dockerd, { method: 'POST', path: `/containers/${name}/kill` });
    expect(await ask('db')).toMatchObject({ skipped: 'no client container runs', container: null, failed: null });
  });
  it('a container in the network of the host is asked from there', async () => {
    await run('wacore', { image: COREAPP, network: 'host' });
    expect(await ask('172.30.7.2')).toMatchObject({ skipped: null, container: 'wacore', failed: null });
  });
  it('a socket of this host is not asked for', async () => {
    await run('wacore', inNetwork);
    const { skipped } = await ask('localhost', { socket: '/run/mysqld/mysqld.sock' });
    expect(skipped).toBe('the login names a socket of this host');
  });
  it('is over at once when cancelled, and leaves no process in the network', async () => {
    await run('wacore', { image: COREAPP, dns: ['172.17.0.99'] });
    const client = await clientContainer(quiet().signal);
    const pid = typeof client === 'string' ? 0 : client.pid;
    const stop = new AbortController();
    const asked = ask('db', {}, stop.signal);
    const over = expect(asked).rejects.toThrow('cancelled');
    await vi.waitFor(() => expect(inNetworkOf(pid)).toHaveLength(2), { timeout: 3000 });
    const since = performance.now();
    stop.abort(new Error('cancelled'));
    await over;
    expect(performance.now() - since).toBeLessThan(500);
    await vi.waitFor(() => expect(inNetworkOf(pid)).toEqual([String(pid)]), { timeout: 3000 });
  });
  /** What is answered to the same question in a process of its own, which has fewer rights. */
  const askedBy = async (...rights: readonly string[]): Promise<unknown> => {
    chmodSync(dockerd.folder, 0o755);
    chmodSync(dockerd.host.slice('unix://'.length), 0o666);
    const from = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
    const script = `
      const { accessOf } = await import(${from('../../../../src/host/live/database/access.ts')});
      const { clientNetwork } = await import(${from('../../../../src/host/live/database/client-network.ts')});
      const { dockerAccess } = await import(${from('../../../../src/host/live/docker/access.ts')});
      const { loginTo } = await import(${from('./login-to.ts')});
      const asking = { signal: new AbortController().signal, progress: () => {} };
      console.log(JSON.stringify(await clientNetwork(asking, accessOf(async () => loginTo('db'), dockerAccess()))));`;
    const args = [...rights, process.execPath, '--input-type=module', '-e', script];
    const { stdout, stderr } = await ran('setpriv', args, { env: { ...process.env, DOCKER_HOST: dockerd.host } });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };
  const nothing = { container: 'wacore', addresses: [], steps: [], failed: null };
  it.skipIf(closed)(`takes root, and says so (${closed ?? 'as another user'})`, async () => {
    await run('wacore', inNetwork);
    expect(await askedBy(...NOBODY)).toEqual({ skipped: 'entering the network of wacore takes root', ...nothing });
  });
  it('says in the words of nsenter why root may not enter', async () => {
    await run('wacore', inNetwork);
    const without = (right: string) => [`--inh-caps=-${right}`, `--bounding-set=-${right}`];
    const skipped = expect.stringMatching(
      /^the measuring process ended with exit code 1 .*: nsenter: .*not permitted$/,
    );
    expect(await askedBy(...without('sys_admin'))).toEqual({ skipped, ...nothing });
  });
});
