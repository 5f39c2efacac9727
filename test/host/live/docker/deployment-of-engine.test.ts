import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Deployment } from '../../../../src/host/answers/deployment.ts';
import { docker as shapes } from '../../../../src/host/answers/docker.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { deployment } from '../../../../src/host/live/docker/deployment.ts';
import { files } from '../../../../src/host/live/docker/files.ts';
import { insideFiles } from '../../../../src/host/live/docker/inside-files.ts';
import {
  addNetwork,
  COREAPP,
  demand,
  loadImages,
  noCompiler,
  OTHER,
  removeContainers,
  WEBAPP,
} from '../../../support/containers.ts';
import { type Dockerd, noDockerNetworks, startDockerd } from '../../../support/dockerd.ts';
import { tree } from '../../../support/tree.ts';

const missing = noDockerNetworks() ?? noCompiler();
const asking = () => ({ signal: new AbortController().signal, progress: () => {} });
const DATABASE = 'mysql:8.0.33';
const MIRRORED = 'mirror.local:5000/wa/coreapp:v2.53.1';
const LOGIN = [
  'WA_DB_ENGINE=MYSQL',
  'WA_DB_HOSTNAME=db',
  'WA_DB_PORT=3306',
  'WA_DB_USERNAME=wa',
  'WA_DB_PASSWORD=testpass',
];

type Made = {
  readonly image: string;
  readonly env?: readonly string[];
  readonly service?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly host?: object;
  readonly start?: boolean;
  readonly aliases?: readonly string[];
};

describe.skipIf(missing)(`a deployment on a real Engine (${missing ?? 'real dockerd'})`, () => {
  let dockerd: Dockerd;
  let made: string[] = [];
  const tag = async (image: string, as: string) => {
    const [, repo = '', name = ''] = /^(.*):([^:]*)$/.exec(as) ?? [];
    await demand(dockerd, {
      method: 'POST',
      path: `/images/${image}/tag?repo=${encodeURIComponent(repo)}&tag=${name}`,
    });
  };
  beforeAll(async () => {
    dockerd = await startDockerd(null, { networks: true });
    await loadImages(dockerd);
    await tag(OTHER, DATABASE);
    await tag(COREAPP, MIRRORED);
    await addNetwork(dockerd, 'wa_default', '172.30.9.0/24');
  }, 60_000);
  afterAll(async () => {
    await dockerd.stop();
  }, 60_000);
  afterEach(async () => {
    vi.unstubAllEnvs();
    await removeContainers(dockerd, ...made);
    made = [];
  });

  const run = async (name: string, { image, env = [], service, labels, host, start = true, aliases }: Made) => {
    vi.stubEnv('DOCKER_HOST', dockerd.host);
    const compose = service && { 'com.docker.compose.project': 'wa', 'com.docker.compose.service': service };
    const body = {
      ...{ Image: image, Entrypoint: ['/idle'], Env: env, Labels: { ...compose, ...labels } },
      ExposedPorts: { '443/tcp': {}, '80/tcp': {} },
      HostConfig: { NetworkMode: 'wa_default', ...host },
      ...(aliases && { NetworkingConfig: { EndpointsConfig: { wa_default: { Aliases: aliases } } } }),
    };
    made.push(name);
    await demand(dockerd, { method: 'POST', path: `/containers/create?name=${name}`, body });
    if (start) await demand(dockerd, { method: 'POST', path: `/containers/${name}/start` });
  };
  const media = { Mounts: [{ Type: 'volume', Source: 'wa_whatsappMedia', Target: '/usr/local/wamedia' }] };
  const told = async (): Promise<Deployment> =>
    shapes.deployment.parse(await deployment(asking(), dockerAccess(), null));
  const one = (found: Deployment, name: string) => found.containers.find((each) => each.name === name);

  it('is found with its database, by what each is and not by its name', async () => {
    const limits = { LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } } };
    const restart = { RestartPolicy: { Name: 'unless-stopped' } };
    const env = [...LOGIN, 'WA_RUNNING_ENV_VERSION=v2.2.3'];
    await run('one', {
      image: COREAPP,
      env,
      service: 'wacore',
      host: { ...media, ...limits, ...restart },
      aliases: ['wacore'],
    });
    const published = { PortBindings: { '443/tcp': [{ HostIp: '127.0.0.1', HostPort: '9090' }], '80/tcp': [{}] } };
    await run('two', {
      image: WEBAPP,
      env: [...env, 'WACORE_HOSTNAME=wacore'],
      service: 'waweb',
      host: { ...media, ...published },
    });
    await run('three', { image: DATABASE, service: 'db', aliases: ['db'], env: ['MYSQL_ROOT_PASSWORD=x'] });
    await run('coreapp-not', { image: OTHER, service: 'web' });
    const found = await told();
    expect(found).toMatchObject({ from: 'engine', where: dockerd.host, nothing: null, others: 1, notInspected: [] });
    expect(found.containers.map(({ name, role }) => [name, role])).toEqual([
      ...[
        ['one', 'coreapp'],
        ['three', 'database'],
        ['two', 'webapp'],
      ],
    ]);
    expect(one(found, 'one')).toMatchObject({
      ...{ image: COREAPP, tag: 'v2.53.1', networkMode: 'wa_default', restartPolicy: 'unless-stopped' },
      imageFacts: { created: expect.stringMatching(/^20/), expiresOn: null, architecture: 'amd64' },
      state: { status: 'running', exitCode: 0, startedAt: expect.stringMatching(/^20/), finishedAt: null },
      networks: [{ name: 'wa_default', aliases: expect.arrayContaining(['wacore']), addresses: ['172.30.9.2'] }],
      mounts: [{ type: 'volume', source: 'wa_whatsappMedia', driver: 'local', remote: false, writable: true }],
      log: { driver: 'json-file', maxSize: '10m', maxFile: '3', path: expect.stringContaining('-json.log') },
      compose: { project: 'wa', service: 'wacore' },
    });
    expect(one(found, 'two')?.ports).toEqual([
      { container: 443, protocol: 'tcp', host: 9090, address: '127.0.0.1' },
      { container: 80, protocol: 'tcp', host: expect.any(Number), address: '0.0.0.0' },
    ]);
    expect(one(found, 'three')?.recognisedBy).toEqual(['image', 'labels', 'database of WA_DB_HOSTNAME']);
    expect(JSON.stringify(found)).not.toContain('testpass');
    const clients = await dockerAccess().clients(asking().signal);
    expect(clients.map(({ name, pid, running, engine }) => [name, pid > 1, running, engine.local])).toEqual([
      ...[
        ['one', true, true, true],
        ['two', true, true, true],
      ],
    ]);
  });
  it('has containers that stopped, a mirrored image, and one that was deleted since', async () => {
    await run('mirrored', { image: MIRRORED, env: [...LOGIN, 'WA_MASTER_NODE=1', 'COREAPP_HOSTNAME=m'], host: media });
    await demand(dockerd, { method: 'POST', path: '/containers/mirrored/kill' });
    await tag(WEBAPP, 'docker.whatsapp.biz/web:v2.49.1');
    await run('gone', {
      image: 'docker.whatsapp.biz/web:v2.49.1',
      env: LOGIN,
      service: 'waweb',
      host: media,
      start: false,
    });
    await demand(dockerd, { method: 'DELETE', path: '/images/docker.whatsapp.biz/web:v2.49.1' });
    const found = await told();
    expect(one(found, 'mirrored')).toMatchObject({
      ...{ role: 'master', tag: 'v2.53.1', recognisedBy: ['image', 'media mount', 'environment'] },
      state: { status: 'exited', exitCode: 137, finishedAt: expect.stringMatching(/^20/) },
    });
    expect(one(found, 'gone')).toMatchObject({
      role: 'webapp',
      tag: 'v2.49.1',
      state: { status: 'created', startedAt: null },
    });
  });
  it('is told what lies on another host', async () => {
    const body = {
      Name: 'wa_nfs',
      Driver: 'local',
      DriverOpts: { type: 'nfs', o: 'addr=192.0.2.9,rw', device: ':/wa' },
    };
    await demand(dockerd, { method: 'POST', path: '/volumes/create', body });
    const Mounts = [{ Type: 'volume', Source: 'wa_nfs', Target: '/usr/local/wamedia' }];
    await run('one', { image: COREAPP, env: LOGIN, host: { Mounts }, start: false });
    expect(one(await told(), 'one')?.mounts).toMatchObject([{ source: 'wa_nfs', driver: 'local', remote: true }]);
    expect(JSON.stringify(await told())).not.toContain('192.0.2.9');
  });
  it('names its files, and those inside that it wants', async () => {
    const root = tree({
      'docker-compose.yml': 'services: {wacore: {image: x, env_file: db.env}}',
      'db.env': 'WA_SECRET=x\n',
    });
    const labels = {
      'com.docker.compose.project.working_dir': root,
      'com.docker.compose.project.config_files': join(root, 'docker-compose.yml'),
    };
    const ssl = ['WA_DB_SSL_CA=/certs/ca.pem', 'WA_DB_SSL_KEY=/certs/none.pem'];
    await run('one', { image: COREAPP, env: [...LOGIN, ...ssl], service: 'wacore', labels });
    await run('two', { image: WEBAPP, env: LOGIN, service: 'waweb' });
    const tar = pack();
    tar.entry({ name: 'certs/real.pem' }, 'x'.repeat(1704));
    tar.entry({ name: 'certs/ca.pem', type: 'symlink', linkname: 'real.pem' });
    tar.finalize();
    await demand(dockerd, {
      ...{ method: 'PUT', path: '/containers/one/archive?path=/', type: 'application/x-tar' },
      body: await buffer(tar),
    });
    expect((await files(asking(), dockerAccess(), null)).files.map(({ path, secrets }) => [path, secrets])).toEqual([
      ...[
        [join(root, 'docker-compose.yml'), []],
        [join(root, 'db.env'), ['WA_SECRET']],
      ],
    ]);
    expect(shapes['inside-files'].parse(await insideFiles(asking(), dockerAccess())).containers).toMatchObject([
      {
        ...{ name: 'one', skipped: null },
        files: [
          { variable: 'WA_DB_SSL_CA', path: '/certs/ca.pem', bytes: 1704, found: true },
          { variable: 'WA_DB_SSL_KEY', path: '/certs/none.pem', bytes: null, found: false },
        ],
      },
    ]);
  });
  it("on Docker's default network has its links", async () => {
    await run('wa_db_1', { image: DATABASE, host: { NetworkMode: 'bridge' } });
    const host = { NetworkMode: 'bridge', Links: ['wa_db_1:db'], ExtraHosts: ['mail:10.0.0.9'] };
    await run('one', { image: COREAPP, env: LOGIN, host });
    const found = await told();
    expect(one(found, 'one')).toMatchObject({ networkMode: 'bridge', links: ['db'], extraHosts: ['mail'] });
    expect(one(found, 'wa_db_1')).toMatchObject({
      role: 'database',
      recognisedBy: ['image', 'database of WA_DB_HOSTNAME'],
    });
    made.reverse();
  });
});
