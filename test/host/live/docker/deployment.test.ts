import { describe, expect, it, vi } from 'vitest';
import { NO_CLIENT } from '../../../../src/facts/deployment/deployment.ts';
import type { Deployment } from '../../../../src/host/answers/deployment.ts';
import { docker as shapes } from '../../../../src/host/answers/docker.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { deployment as ask } from '../../../../src/host/live/docker/deployment.ts';
import { DB_ENV, type Described, deployed, LAUNCH, single } from '../../../support/stand-in-deployment.ts';
import { answer, standInEngine, standInSocket } from '../../../support/stand-in-engine.ts';

const asking = (signal = new AbortController().signal) => ({ signal, progress: () => {} });

/** The answer, as the door lets it through. */
const told = async (): Promise<Deployment> => shapes.deployment.parse(await ask(asking(), dockerAccess(), null));
const roles = ({ containers }: Deployment) => Object.fromEntries(containers.map(({ name, role }) => [name, role]));
const by = ({ containers }: Deployment, name: string) => containers.find((one) => one.name === name)?.recognisedBy;

const other = (at: number): Described => ({ name: `other-${at}`, image: 'nginx:1', compose: `site-${at}/web` });
const [wacore, waweb] = single as readonly [Described, Described];

describe('a deployment as the Engine knows it', () => {
  it('is told whole, without a secret, in few requests', async () => {
    const image = {
      ...{ Created: '2026-09-01T09:12:44Z', Architecture: 'amd64' },
      Config: { Labels: { EXPIRES_ON: '2027-03-01' } },
    };
    const engine = await deployed([...single, other(1), other(2)], {
      '/images/sha256:docker.whatsapp.biz/coreapp:v2.53.1/json': image,
      '/volumes/wa_whatsappMedia': { Driver: 'local', Options: { type: 'nfs', o: 'addr=10.0.0.9,rw', device: ':/wa' } },
    });
    const { containers, ...rest } = await told();
    expect(rest).toEqual({
      ...{ from: 'engine', where: engine.host, nothing: null, onlyRunning: false, others: 2, notInspected: [] },
    });
    expect(containers[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: 'wa-wacore-1',
      role: 'coreapp',
      recognisedBy: ['image', 'media mount', 'command', 'environment', 'labels'],
      image: 'docker.whatsapp.biz/coreapp:v2.53.1',
      tag: 'v2.53.1',
      imageFacts: { created: '2026-09-01T09:12:44Z', expiresOn: '2027-03-01', architecture: 'amd64' },
      state: {
        ...{ status: 'running', exitCode: 0, oomKilled: false, restartCount: 0, error: null },
        ...{ startedAt: '2026-11-02T06:14:09.1Z', finishedAt: null },
      },
      networkMode: 'wa_default',
      networks: [{ name: 'wa_default', aliases: ['wacore'], addresses: ['172.18.0.2'] }],
      links: [],
      extraHosts: [],
      variables: expect.arrayContaining([
        { name: 'WA_DB_HOSTNAME', value: 'db', secret: null },
        { name: 'WA_DB_PASSWORD', value: null, secret: { length: 11, group: 1, sample: false } },
      ]),
      ports: [],
      mounts: [
        {
          ...{ type: 'volume', source: 'wa_whatsappMedia', destination: '/usr/local/wamedia', driver: 'local' },
          ...{ remote: true, writable: true },
        },
      ],
      restartPolicy: 'unless-stopped',
      log: { driver: 'json-file', maxSize: null, maxFile: null, path: expect.stringMatching(/-json\.log$/) },
      compose: { project: 'wa', service: 'wacore', folder: null, files: [] },
      privileged: false,
    });
    expect(containers[1]).toMatchObject({
      ...{ role: 'webapp', imageFacts: null },
      ports: [{ container: 443, protocol: 'tcp', host: 9090, address: '0.0.0.0' }],
    });
    expect(JSON.stringify(containers)).not.toContain('Canary');
    expect(engine.asked).toHaveLength(2 + 2 + 2 + 1);
  });
  it('has masters, an upgrade, its databases and its monitoring, and two projects', async () => {
    const cluster = (name: string, ...env: readonly string[]): Described => ({
      ...{ ...wacore, name, compose: `ha/${name}`, network: 'ha_default' },
      env: [...DB_ENV, 'WA_APP_MULTICONNECT=1', `COREAPP_HOSTNAME=${name}`, ...env],
    });
    await deployed([
      ...single,
      cluster('core-a'),
      cluster('core-b', 'WA_MASTER_NODE=1'),
      {
        ...{ name: 'up', image: 'docker.whatsapp.biz/coreapp:v2.53.1', state: 'exited', command: LAUNCH },
        env: [...DB_ENV, 'WA_DB_UPGRADE=1'],
      },
      { name: 'db-of-wa', image: 'mysql:8.0.33', compose: 'wa/db', network: 'wa_default' },
      { name: 'db-of-another', image: 'mysql:8.0.33', compose: 'shop/db', network: 'shop_default' },
      { name: 'backup', image: 'corp/mysql-backup:1', compose: 'wa/backup', network: 'wa_default' },
      { name: 'exporter', image: 'prom/mysqld-exporter:v0.14.0', compose: 'monitoring/x' },
      { name: 'graphs', image: 'docker.whatsapp.biz/grafana:v2.53.1', compose: 'monitoring/grafana' },
    ]);
    const found = await told();
    expect(roles(found)).toEqual({
      ...{ 'wa-wacore-1': 'coreapp', 'wa-waweb-1': 'webapp', 'core-a': 'coreapp', 'core-b': 'master', up: 'upgrade' },
      ...{ 'db-of-wa': 'database', exporter: 'monitoring', graphs: 'monitoring' },
    });
    expect(by(found, 'db-of-wa')).toEqual(['image', 'labels', 'database of WA_DB_HOSTNAME']);
    expect(found.others).toBe(2);
  });
  it.each([
    ['its address', { address: '172.18.0.9' }, { WA_DB_HOSTNAME: '172.18.0.9' }],
    ['its name in a network of both', { network: 'wa_default' }, { WA_DB_HOSTNAME: 'Pooler' }],
    ['its service in one', { network: 'wa_default', compose: 'x/sql' }, { WA_DB_HOSTNAME: 'sql' }],
    ['an alias in one', { network: 'wa_default', aliases: ['main'] }, { WA_DB_HOSTNAME: 'main.' }],
    ['a port of this host', { ports: ['33060:3306'] }, { WA_DB_HOSTNAME: '127.0.0.1', WA_DB_PORT: '33060' }],
    ["the Engine's word for this host", { ports: ['3306:3306'] }, { WA_DB_HOSTNAME: 'host.docker.internal' }],
    ['a link', {}, { WA_DB_HOSTNAME: 'linked' }],
  ])('knows the database by %s', async (_, over, env) => {
    const own = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const pooler: Described = { name: 'pooler', image: 'corp/pgbouncer:1', ...over };
    const client = { ...wacore, env: [...(wacore.env ?? []), ...own], links: ['/pooler:/wa-wacore-1/linked'] };
    await deployed([client, pooler]);
    const found = await told();
    expect(roles(found)).toEqual({ 'wa-wacore-1': 'coreapp', pooler: 'database' });
    expect(by(found, 'pooler')).toEqual(['database of WA_DB_HOSTNAME']);
  });
  it.each([
    ['in another network', { network: 'else', aliases: ['db'] }],
    ["in Docker's default network, which knows no names", { network: 'bridge', aliases: ['db'] }],
  ])('takes no container for the database that is %s', async (_, over) => {
    const client = { ...wacore, network: over.network === 'else' ? 'wa_default' : 'bridge' };
    await deployed([client, { name: 'db', image: 'corp/thing:1', ...over }]);
    expect(roles(await told())).toEqual({ 'wa-wacore-1': 'coreapp' });
  });
  it.each([
    ['media', { media: 'wa_whatsappMedia' }],
    ['the launcher', { command: LAUNCH }],
    ['a port', { ports: ['6250'] }],
    ['a label', { labels: { maintainer: 'WhatsApp gateway' } }],
    ['the service', { compose: 'x/wacore' }],
  ])('finds a renamed image by its environment where the list hints by %s', async (_, over) => {
    const renamed: Described = {
      ...{ name: 'x', image: 'sha256:5f1c', ...over },
      env: [...DB_ENV, 'WA_RUNNING_ENV_VERSION=v2.2.3', 'COREAPP_HOSTNAME=x'],
    };
    await deployed([renamed, other(1)]);
    const found = await told();
    expect(found.containers[0]).toMatchObject({ name: 'x', role: 'coreapp', tag: null });
    const { containers } = await dockerAccess().containers(asking().signal);
    expect(containers.map(({ product }) => product)).toEqual(['coreapp', null]);
    expect(found.others).toBe(1);
  });
  it('takes nothing for the client that a hint alone speaks for', async () => {
    const engine = await deployed([{ name: 'x', image: 'corp/coreapp:1', env: ['A=1'] }, other(1)]);
    expect(await told()).toEqual({
      ...{ from: 'nothing', where: engine.host, nothing: NO_CLIENT, onlyRunning: false, others: 2 },
      ...{ notInspected: [], containers: [] },
    });
    expect(engine.asked).toHaveLength(3);
  });
  it('is told of stopped containers, deleted and untagged images, and old Engines', async () => {
    const labels = { EXPIRES_ON: '2027-03-01', 'com.docker.compose.project.working_dir': '/srv/wa' };
    const config = 'com.docker.compose.project.config_files';
    const old = { Name: '', Config: { Env: null }, State: { ExitCode: 137 }, HostConfig: null, Mounts: null };
    await deployed([
      { ...wacore, image: 'sha256:5f1c', state: 'exited', inspected: old },
      { ...waweb, labels: { ...labels, [config]: 'docker-compose.yml,/etc/more.yml' }, extraHosts: ['db:10.0.0.1'] },
    ]);
    const { containers } = await told();
    expect(containers[0]).toMatchObject({
      ...{ name: 'wa-wacore-1', role: 'coreapp', image: 'sha256:5f1c', tag: null, imageFacts: null },
      state: { status: 'exited', exitCode: 137, restartCount: 0, startedAt: null },
      ...{ variables: [], networkMode: '', restartPolicy: 'no', log: { driver: '', maxSize: null } },
    });
    expect(containers[1]).toMatchObject({
      ...{ imageFacts: { created: null, expiresOn: '2027-03-01', architecture: null }, extraHosts: ['db'] },
      compose: { folder: '/srv/wa', files: ['/srv/wa/docker-compose.yml', '/etc/more.yml'] },
    });
  });
  it('shows hostile labels and names for what they are, cut', async () => {
    const long = 'x'.repeat(5000);
    const labels = { '\u001b[31m': '\u0000', 'com.docker.compose.project': '../../etc', __proto__: 'a' };
    await deployed([
      { ...wacore, compose: `${long}/wacore`, labels, env: [...(wacore.env ?? []), `${long}=1`, '=', '='] },
    ]);
    const { containers } = await told();
    expect(containers[0]?.variables.every(({ name }) => name.length <= 256)).toBe(true);
    expect(containers[0]?.role).toBe('coreapp');
  });
  it('names what could not be looked into, and goes on without it', async () => {
    const id = Buffer.from('wa-wacore-1').toString('hex').padEnd(64, '0');
    await deployed(single, { [`/containers/${id}/json`]: 500 });
    const { containers, notInspected } = await told();
    expect(containers.map(({ name }) => name)).toEqual(['wa-waweb-1']);
    expect(notInspected).toEqual([
      { name: 'wa-wacore-1', why: `the Docker Engine answered /containers/${id}/json with 500: no` },
    ]);
  });
});

describe('no deployment', () => {
  it.each([
    ['absent', 'unix:///nowhere.sock', 'gave no answer (absent)'],
    ['unusable', 'ftp://box', 'gave no answer (unusable)'],
  ])('where the Engine is %s, which it says', async (_, host, words) => {
    vi.stubEnv('DOCKER_HOST', host);
    expect(await told()).toMatchObject({ from: 'nothing', where: host, nothing: expect.stringContaining(words) });
    vi.unstubAllEnvs();
  });
  it('where the Engine falls silent after its version, told within its time', async () => {
    const standIn = await standInEngine(
      ({ url }, response) => url === '/version' && answer(response, { Version: '24' }),
    );
    vi.stubEnv('DOCKER_HOST', standIn.host);
    const since = performance.now();
    const { nothing } = await told();
    expect(nothing).toContain('gave no answer to /containers/json: it did not answer within 6 s');
    expect(performance.now() - since).toBeLessThan(9000);
    await standIn.stop();
    vi.unstubAllEnvs();
  }, 15_000);
  it('where inspections hang, told within theirs', async () => {
    const list = [{ Id: 'a1', Names: ['/wacore'], Image: 'docker.whatsapp.biz/coreapp:v2', State: 'running' }];
    const standIn = await standInEngine(({ url = '' }, response) => {
      if (url === '/version') answer(response, { Version: '24' });
      else if (url.startsWith('/containers/json')) answer(response, list);
    });
    vi.stubEnv('DOCKER_HOST', standIn.host);
    const since = performance.now();
    expect(await told()).toMatchObject({ nothing: expect.stringContaining('did not answer within') });
    expect(performance.now() - since).toBeLessThan(4500);
    await standIn.stop();
    vi.unstubAllEnvs();
  }, 15_000);
  it('rejects only when cancelled', async () => {
    const standIn = await standInSocket(() => {});
    vi.stubEnv('DOCKER_HOST', standIn.host);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('cancelled')), 50);
    await expect(ask(asking(stop.signal), dockerAccess(), null)).rejects.toThrow('cancelled');
    await standIn.stop();
    vi.unstubAllEnvs();
  });
});

describe('one run', () => {
  it('makes one look, one /info and one list, whoever asks', async () => {
    const engine = await deployed(single, { '/info': { ServerVersion: '24.0.7', DockerRootDir: '/var/lib/docker' } });
    const docker = dockerAccess();
    const { signal } = new AbortController();
    await Promise.all([
      ...[docker.look(signal), docker.version(signal), docker.info(signal), docker.containers(signal)],
      ...[docker.clients(signal), docker.info(signal), ask(asking(), docker, null), ask(asking(), docker, null)],
    ]);
    const count = (path: string) => engine.asked.filter((one) => one.path.startsWith(path)).length;
    expect([count('/version'), count('/info'), count('/containers/json')]).toEqual([1, 1, 1]);
    expect(engine.asked.filter(({ path }) => /^\/containers\/\w+\/json$/.test(path))).toHaveLength(2);
    docker.renew();
    await docker.clients(signal);
    expect([count('/version'), count('/containers/json')]).toEqual([2, 2]);
  });
});
