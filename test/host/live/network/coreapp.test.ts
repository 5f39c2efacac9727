import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { docker as dockerShapes } from '../../../../src/host/answers/docker.ts';
import { network } from '../../../../src/host/answers/network.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { links } from '../../../../src/host/live/docker/links.ts';
import { networkAccess } from '../../../../src/host/live/network/access.ts';
import { askNetwork } from '../../../../src/host/live/network/ask.ts';
import { certificates, noCertificates } from '../../../support/certificates.ts';
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
import { ranIn, runIn } from '../../../support/network.ts';

const missing = noDockerNetworks() ?? noCompiler() ?? noCertificates();
const quiet = (signal = new AbortController().signal) => ({ signal, progress: () => {} });

const NETWORK = 'installation_default';
const DATABASE = ['WA_DB_ENGINE=MYSQL', 'WA_DB_HOSTNAME=db', 'WA_DB_PORT=3306'];
const passed = (steps: readonly { readonly step: string }[]) => steps.map(({ step }) => step);

describe.skipIf(missing)(`what the client's containers reach (${missing ?? 'real dockerd'})`, () => {
  let dockerd: Dockerd;
  let made: string[] = [];
  beforeAll(async () => {
    dockerd = await startDockerd(null, { networks: true });
    await loadImages(dockerd);
    await addNetwork(dockerd, NETWORK, '172.30.8.0/24');
    await runContainer(dockerd, 'db', { image: OTHER, network: NETWORK, port: 3306 });
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
  const seenLinks = async () => {
    const since = performance.now();
    const answer = dockerShapes.links.parse(await links(quiet(), dockerAccess()));
    expect(performance.now() - since).toBeLessThan(8000);
    return answer.containers.map((one) => ({
      ...one,
      told: one.targets.map(({ named, host, port, failed }) => `${named} ${host}:${port} ${failed?.kind ?? 'open'}`),
    }));
  };

  it('each name and port of a single instance, tried from each container', async () => {
    await run('wacore', { image: COREAPP, network: NETWORK, env: DATABASE, port: 6250 });
    await run('waweb', { image: WEBAPP, network: NETWORK, env: [...DATABASE, 'WACORE_HOSTNAME=wacore'] });
    const [core, web] = await seenLinks();
    expect(core).toMatchObject({ name: 'wacore', skipped: null, told: ['WA_DB_HOSTNAME db:3306 open'] });
    expect(core?.targets[0]).toMatchObject({ addresses: ['172.30.8.2'], failed: null });
    expect(passed(core?.targets[0]?.steps ?? [])).toEqual(['dns', 'tcp']);
    expect(web).toMatchObject({ name: 'waweb', skipped: null });
    expect(web?.told).toEqual([
      'WA_DB_HOSTNAME db:3306 open',
      'WACORE_HOSTNAME wacore:6250 open',
      'WACORE_HOSTNAME wacore:6251 refused',
      'WACORE_HOSTNAME wacore:6252 refused',
      'WACORE_HOSTNAME wacore:6253 refused',
    ]);
  });
  it("the trap of the vendor's own files: Docker's default network knows no container by its name", async () => {
    await run('wacore', { image: COREAPP, env: DATABASE, dns: ['172.17.0.1'] });
    const server = await runIn(dockerd.pid, 'name-server', '172.17.0.1', '{}');
    try {
      const [core] = await seenLinks();
      expect(core?.targets).toMatchObject([{ named: 'WA_DB_HOSTNAME', failed: { step: 'dns', kind: 'no-such-host' } }]);
      expect(core?.targets[0]?.failed?.message).toContain("Docker's default network knows no container by its name");
    } finally {
      await server.stop();
    }
  });
  it('name servers that are silent, and packets that are dropped, from nine containers at once', async () => {
    await ranIn(dockerd.pid, 'iptables', [
      '-I',
      'DOCKER-USER',
      '-s',
      '172.30.8.0/24',
      '-d',
      '198.51.100.0/24',
      '-j',
      'DROP',
    ]);
    const env = ['WA_APP_MULTICONNECT=1', ...DATABASE];
    for (let at = 1; at <= 8; at += 1) {
      const own = [
        `COREAPP_HOSTNAME=${at % 2 ? `198.51.100.${at}` : 'silent.test'}`,
        'COREAPP_EXTERNAL_PORTS=6250,6251',
      ];
      await run(`wacore${at}`, { image: COREAPP, network: NETWORK, env: [...env, ...own], dns: ['198.51.100.53'] });
    }
    await run('waweb', { image: WEBAPP, network: NETWORK, env, dns: ['198.51.100.53'] });
    const all = await seenLinks();
    expect(all).toHaveLength(9);
    for (const { skipped, targets } of all) {
      expect(skipped).toBeNull();
      expect(targets.find(({ host }) => host === 'db')).toMatchObject({ failed: null });
      const others = targets.filter(({ host }) => host !== 'db');
      expect(others.length).toBeGreaterThan(0);
      for (const { failed } of others)
        expect(failed).toMatchObject({ kind: expect.stringMatching(/^no-(name-)?answer$|^unreachable$/) });
    }
  });
  it('nothing is told of a container that does not run', async () => {
    await run('wacore', { image: COREAPP, network: NETWORK, env: DATABASE });
    await demand(dockerd, { method: 'POST', path: '/containers/wacore/kill' });
    expect(await seenLinks()).toEqual([]);
  });
  it('is over at once when cancelled', async () => {
    await run('wacore', { image: COREAPP, env: DATABASE, dns: ['172.17.0.99'] });
    const stop = new AbortController();
    const over = expect(links(quiet(stop.signal), dockerAccess())).rejects.toThrow('cancelled');
    await new Promise((done) => setTimeout(done, 400));
    const since = performance.now();
    stop.abort(new Error('cancelled'));
    await over;
    expect(performance.now() - since).toBeLessThan(500);
  });

  const asked = async (topic: string, ...args: readonly string[]) => {
    const docker = dockerAccess();
    const access = { docker, api: {} as never, network: networkAccess(docker), testWebhook: false };
    const since = performance.now();
    const answer = await askNetwork(topic, args, quiet(), access);
    expect(performance.now() - since).toBeLessThan(8500);
    return answer;
  };
  const reach = async (...args: readonly string[]) => network.reach.parse(await asked('reach', 'coreapp', ...args));

  it("the vendor's hosts are tried from Coreapp's network, with its own hosts file", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coreapp-'));
    const { good } = certificates(folder);
    const shown = { certificate: good.certificate, key: good.key };
    const servers = await runIn(
      dockerd.pid,
      'stand-ins',
      JSON.stringify([{ address: '172.30.8.1', port: 443, kind: 'tls', ...shown }]),
    );
    try {
      await run('wacore', {
        image: COREAPP,
        network: NETWORK,
        extraHosts: ['chat.test:172.30.8.1', 'away.test:203.0.113.9'],
      });
      const told = await reach('chat.test', '443/tls', '5222/tcp');
      expect(told).toMatchObject({ skipped: null, container: 'wacore', addresses: ['172.30.8.1'] });
      expect(told.ports).toMatchObject([
        { port: '443/tls', failed: null, tls: { trusted: false, by: null } },
        { port: '5222/tcp', failed: { step: 'tcp', kind: 'refused' } },
      ]);
      expect((await reach('away.test', '443/tcp')).ports).toMatchObject([
        { failed: { step: 'tcp', kind: 'unreachable' } },
      ]);
      expect(network.dns.parse(await asked('dns', 'coreapp', 'db'))).toMatchObject({
        skipped: null,
        container: 'wacore',
        servers: ['127.0.0.11'],
        failures: [],
        addresses: ['172.30.8.2'],
      });
    } finally {
      await servers.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
  it('a name server that is silent is told within its time, ten times or not', async () => {
    await run('wacore', { image: COREAPP, dns: ['172.17.0.99'] });
    expect((await reach('silent.test', '443/tls')).ports).toMatchObject([
      { failed: { step: 'dns', kind: 'no-name-answer' } },
    ]);
    const timed = network.dns.parse(await asked('dns', 'coreapp', 'silent.test'));
    expect(timed).toMatchObject({ times: [], failures: [{ kind: 'no-name-answer' }], servers: ['172.17.0.99'] });
  });
  it('a Webapp alone is no Coreapp', async () => {
    await run('waweb', { image: WEBAPP, network: NETWORK });
    expect(await reach('db', '3306/tcp')).toMatchObject({
      skipped: 'no Coreapp runs here',
      container: null,
      ports: [],
    });
    await removeContainers(dockerd, ...made);
    made = [];
    expect(await reach('db', '3306/tcp')).toMatchObject({ skipped: 'no client container runs', ports: [] });
  });
});
