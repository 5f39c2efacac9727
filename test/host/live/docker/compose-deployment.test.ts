import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Deployment } from '../../../../src/host/answers/deployment.ts';
import { docker as shapes } from '../../../../src/host/answers/docker.ts';
import { composeDeployment } from '../../../../src/host/live/docker/compose-deployment.ts';
import { nowhere } from '../../../support/chain.ts';
import { COMPOSE_CONFIG, noCompose } from '../../../support/compose.ts';
import { tree } from '../../../support/tree.ts';
import { clusterFile, DB_ENV, singleFile, WAYS } from './deployment-files.ts';

const missing = noCompose();

const of = async (files: Readonly<Record<string, string>>, name = 'wa/docker-compose.yml'): Promise<Deployment> => {
  const path = join(tree(files), name);
  return shapes.deployment.parse(await composeDeployment(path, new AbortController().signal));
};
/** A Compose file by our own reader: Docker's client is out of reach. */
const ours = async (text: string, beside: Readonly<Record<string, string>> = {}): Promise<Deployment> => {
  nowhere();
  vi.stubEnv('PATH', '/nowhere');
  const files = Object.entries({ 'docker-compose.yml': text, 'db.env': DB_ENV, ...beside });
  return of(Object.fromEntries(files.map(([name, one]) => [`wa/${name}`, one])));
};
const one = (found: Deployment, name: string) => {
  const service = found.containers.find((each) => each.name === name);
  if (!service) throw new Error(`there is no ${name}`);
  return service;
};
const told = (found: Deployment, name: string) =>
  Object.fromEntries(one(found, name).variables.map((variable) => [variable.name, variable.value ?? variable.secret]));

describe("a file of the vendor's shape", () => {
  it('is told as its containers would be', async () => {
    const found = await ours(singleFile(false));
    expect(found).toMatchObject({ from: 'compose-file', nothing: null, onlyRunning: false, others: 0 });
    expect(basename(found.where)).toBe('docker-compose.yml');
    expect(found.containers.map(({ name, role }) => [name, role])).toEqual([
      ...[
        ['db', 'database'],
        ['wacore', 'coreapp'],
        ['waweb', 'webapp'],
      ],
    ]);
    expect(one(found, 'waweb')).toEqual({
      ...{ id: '', name: 'waweb', role: 'webapp', image: 'docker.whatsapp.biz/web', tag: null, imageFacts: null },
      recognisedBy: ['image', 'media mount', 'command', 'environment', 'labels'],
      state: null,
      networkMode: 'bridge',
      networks: [{ name: 'bridge', aliases: [], addresses: [] }],
      ...{ links: [], extraHosts: [] },
      variables: [
        { name: 'ORCHESTRATION', value: 'DOCKER-COMPOSE', secret: null },
        { name: 'WACORE_HOSTNAME', value: 'wacore', secret: null },
        { name: 'WA_DB_ENGINE', value: 'MYSQL', secret: null },
        { name: 'WA_DB_HOSTNAME', value: 'db', secret: null },
        { name: 'WA_DB_PORT', value: '3306', secret: null },
        { name: 'WA_DB_USERNAME', value: 'root', secret: null },
        { name: 'WA_RUNNING_ENV_VERSION', value: 'v2.2.3', secret: null },
        { name: 'WA_DB_PASSWORD', value: null, secret: { length: 8, group: 1, sample: true } },
      ],
      ports: [{ container: 443, protocol: 'tcp', host: 9090, address: '' }],
      mounts: [
        {
          ...{ type: 'volume', source: 'wa_whatsappMedia', destination: '/usr/local/wamedia', driver: 'local' },
          ...{ remote: false, writable: true },
        },
      ],
      restartPolicy: 'no',
      log: { driver: '', maxSize: null, maxFile: null, path: null },
      compose: { project: 'wa', service: 'waweb', folder: expect.stringMatching(/\/wa$/), files: [found.where] },
      privileged: false,
    });
    expect(one(found, 'db')).toMatchObject({
      ...{ recognisedBy: ['image', 'database of WA_DB_HOSTNAME'], restartPolicy: 'always' },
      ports: [{ container: 3306, host: 33_060 }],
    });
    expect(JSON.stringify(found)).not.toContain('testpass');
  });
  it('has its links where it has them', async () => {
    const found = await ours(singleFile(true));
    expect([one(found, 'wacore').links, one(found, 'waweb').links]).toEqual([['db'], ['db', 'core']]);
  });
  it('takes the version from the environment, or from the .env beside it', async () => {
    nowhere({ WA_API_VERSION: '2.53.1' });
    const files = { 'wa/docker-compose.yml': singleFile(false), 'wa/db.env': DB_ENV };
    expect(one(await of(files), 'wacore')).toMatchObject({
      image: 'docker.whatsapp.biz/coreapp:v2.53.1',
      tag: 'v2.53.1',
    });
    vi.unstubAllEnvs();
    nowhere();
    expect(one(await of({ ...files, 'wa/.env': 'WA_API_VERSION=2.49.2\n' }), 'wacore').tag).toBe('v2.49.2');
  });
  it('for several hosts: what only they know is not known, and defaults hold', async () => {
    const found = await ours(clusterFile);
    expect(found.containers.map(({ name, role }) => [name, role])).toEqual([
      ['waweb', 'webapp'],
      ['master', 'master'],
    ]);
    expect(told(found, 'master')).toMatchObject({
      COREAPP_HOSTNAME: null,
      COREAPP_EXTERNAL_PORTS: '6254,6255,6256,6257',
    });
    expect(one(found, 'master').ports.map(({ container, host }) => [container, host])).toEqual([
      ...[
        [6250, 6254],
        [6251, 6255],
        [6252, 6256],
        [6253, 6257],
      ],
    ]);
    expect(one(found, 'waweb')).toMatchObject({
      networkMode: 'wa_default',
      networks: [{ name: 'wa_default', aliases: ['waweb'], addresses: [] }],
      ports: [{ container: 443, host: 9090 }],
    });
    nowhere({ EXTERNAL_HOSTNAME: 'core-1.corp' });
    const named = await of({ 'wa/docker-compose.yml': clusterFile, 'wa/db.env': DB_ENV });
    expect(told(named, 'master')).toMatchObject({ COREAPP_HOSTNAME: 'core-1.corp' });
  });
});

describe('what a service may say in several ways', () => {
  it('networks', async () => {
    const found = await ours(WAYS['networks by name, with aliases, and an external one'] ?? '');
    expect(one(found, 'wacore').networks).toEqual([
      { name: 'corp', aliases: ['wacore'], addresses: [] },
      { name: 'wa_wa', aliases: ['wacore', 'core', 'core-1'], addresses: ['172.28.0.9'] },
    ]);
    expect(one(found, 'waweb')).toMatchObject({ networkMode: 'wa_wa', networks: [{ aliases: ['waweb', 'web-1'] }] });
    const bridged =
      'services: {wacore: {image: docker.whatsapp.biz/coreapp}}\nnetworks: {default: {external: {name: bridge}}}';
    expect(one(await ours(bridged), 'wacore').networks).toEqual([{ name: 'bridge', aliases: [], addresses: [] }]);
  });
  it('ports', async () => {
    const { ports } = one(await ours(WAYS['ports'] ?? ''), 'waweb');
    expect(
      ports.map(({ container, host, address, protocol }) => `${address}|${host}|${container}|${protocol}`),
    ).toEqual([
      ...['|null|443|tcp', '|9090|443|tcp', '127.0.0.1|9091|443|tcp', '::1|9092|443|tcp'],
      ...['|6250|6250|tcp', '|6251|6251|tcp', '|6252|6252|tcp', '|6253|6253|tcp'],
      ...['|null|7000|tcp', '|null|7001|tcp', '|53|53|udp', '10.0.0.1|8080|80|tcp', '|8081|81|tcp'],
    ]);
  });
  it.each(['0-70000', '10-5', 'a:b', '', '1-60000:1-60000', '99999:443'])(
    'ports that make no sense: %j',
    async (port) => {
      const { ports } = one(await ours(`services: {a: {image: docker.whatsapp.biz/web, ports: ["${port}"]}}`), 'a');
      expect(ports.length).toBeLessThanOrEqual(256);
    },
  );
  it('volumes', async () => {
    const { mounts } = one(await ours(WAYS['volumes'] ?? ''), 'wacore');
    expect(mounts.map(({ type, source, remote, writable }) => [type, basename(source), remote, writable])).toEqual([
      ['volume', 'wa_whatsappMedia', false, true],
      ['bind', 'certs', false, false],
      ['bind', 'logs', false, true],
      ['volume', 'wa_nfs', true, false],
      ['bind', 'more', false, true],
      ['tmpfs', '', false, true],
    ]);
    const foreign = one(await ours(WAYS['volumes that are not its own'] ?? ''), 'wacore').mounts;
    expect(foreign.map(({ source, driver }) => [source, driver])).toEqual([
      ...[
        ['shared_media', null],
        ['wa_cloud', 'rexray/efs'],
        ['own_name', 'local'],
      ],
    ]);
  });
  it('restart, logging, hosts and rights', async () => {
    const found = await ours(WAYS['restart, logging, hosts and rights'] ?? '');
    expect(found.containers.map(({ restartPolicy }) => restartPolicy)).toEqual([
      ...['on-failure', 'no', 'unless-stopped', 'on-failure'],
    ]);
    expect(one(found, 'a')).toMatchObject({
      ...{ log: { driver: 'json-file', maxSize: '50m', maxFile: '7' }, extraHosts: ['db', 'db-2'], privileged: true },
    });
    expect(one(found, 'b')).toMatchObject({ log: { driver: 'local', maxSize: null }, extraHosts: ['db'] });
  });
  it('files that it includes, and services of other files that it extends', async () => {
    const found = await ours(
      'include: [more/web.yml]\nservices: {wacore: {extends: {file: base.yml, service: core}}}\n',
      {
        'more/web.yml': 'services: {waweb: {image: docker.whatsapp.biz/web, env_file: ../db.env, volumes: [./x:/x]}}',
        'base.yml': 'services: {core: {image: docker.whatsapp.biz/coreapp, ports: ["6250:6250"]}}',
      },
    );
    expect(found.containers.map(({ name, role }) => [name, role])).toEqual([
      ['waweb', 'webapp'],
      ['wacore', 'coreapp'],
    ]);
    expect(told(found, 'waweb')).toMatchObject({ WA_DB_HOSTNAME: 'db' });
    expect(one(found, 'wacore').ports).toHaveLength(1);
  });
  it('another name of its project', async () => {
    expect(one(await ours(WAYS['a default network that is named'] ?? ''), 'wacore')).toMatchObject({
      ...{ compose: { project: 'mine_1' }, networkMode: 'shared' },
    });
    nowhere({ COMPOSE_PROJECT_NAME: 'prod' });
    const found = await of({ 'wa/docker-compose.yml': WAYS['a network of its own by default'] ?? '' });
    expect(one(found, 'wacore').networkMode).toBe('prod_default');
  });
});

describe.skipIf(missing)(`our reader makes of a file what Compose makes of it (${missing ?? 'Compose itself'})`, () => {
  it.each(Object.keys(WAYS))(
    '%s',
    async (way) => {
      const files = { 'wa/docker-compose.yml': WAYS[way] ?? '', 'wa/db.env': DB_ENV };
      const path = join(tree(files), 'wa/docker-compose.yml');
      mkdirSync(join(path, '../certs'), { recursive: true });
      const read = async () => shapes.deployment.parse(await composeDeployment(path, new AbortController().signal));
      nowhere();
      const before = process.env['PATH'] ?? '';
      vi.stubEnv('PATH', '/nowhere');
      const own = await read();
      vi.stubEnv('PATH', before);
      vi.stubEnv('DOCKER_CONFIG', COMPOSE_CONFIG);
      const { containers, ...rest } = await read();
      const byName = (all: Deployment['containers']) => all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      expect(rest).toEqual({ ...own, containers: undefined });
      expect(byName(containers)).toEqual(byName(own.containers));
    },
    20_000,
  );
});

describe('a file that is of no use', () => {
  const refused = (text: string, beside: Readonly<Record<string, string>> = {}) =>
    ours(text, beside).then(String, String);
  it.each([
    ['', 'it has no services that can be read'],
    ['networks: {waent: {}}', 'it has no services that can be read'],
    ['services: [a]', 'it has no services that can be read'],
    ['a: [b\n', 'it is not valid YAML'],
    ['services: {a: {env_file: none.env}}', 'there is no '],
    ['services: {a: {extends: b}}', 'it extends a service that is not there'],
    ['services: {a: {extends: b}, b: {extends: a}}', 'in a circle'],
    ['include: [none.yml]\nservices: {}', 'there is no '],
  ])('%j: %s', async (text, words) => {
    expect(await refused(text)).toContain(words);
  });
  it('has none of its services, and says so', async () => {
    const found = await ours('services: {web: {image: nginx}, db: {image: corp/thing}}');
    expect(found).toMatchObject({ from: 'nothing', others: 2, containers: [] });
    expect(found.nothing).toMatch(/^no service of .*docker-compose\.yml is the client's$/);
  });
  it('that includes itself ends, and so does one of nests', async () => {
    const nested = (depth: number): string => (depth ? `{a: ${nested(depth - 1)}}` : '1');
    const found = await ours(
      `include: [docker-compose.yml]\nservices: {a: {image: docker.whatsapp.biz/web, x: ${nested(60)}}}`,
    );
    expect(found.containers).toHaveLength(1);
  });
});
