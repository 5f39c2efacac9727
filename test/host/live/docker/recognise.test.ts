import { describe, expect, it } from 'vitest';
import { productOf } from '../../../../src/host/live/docker/facts.ts';
import {
  type Clues,
  hintsOf,
  isDatabase,
  isMonitoring,
  roleOf,
  signsOf,
  tagOf,
} from '../../../../src/host/live/docker/recognise.ts';

const clues = (image: string, over: Partial<Clues> = {}): Clues => ({
  ...{ image, service: '', media: false, launcher: false, ports: [], spoken: false, env: null },
  ...over,
});
const LAUNCHED = { media: true, launcher: true };
const LOGIN = { WA_DB_ENGINE: 'MYSQL', WA_DB_HOSTNAME: 'db', WA_DB_PASSWORD: 'x' };

describe("the client's own containers by the Engine's list", () => {
  it.each([
    ['docker.whatsapp.biz/coreapp:v2.53.1', {}, 'coreapp'],
    ['docker.whatsapp.biz/web:v2.53.1', {}, 'webapp'],
    ['docker.whatsapp.biz/web@sha256:0011', {}, 'webapp'],
    ['mirror.local:5000/proxy/docker.whatsapp.biz/coreapp:v2.53.1', {}, 'coreapp'],
    ['registry.local:5000/mirror/coreapp:v2.53.1', LAUNCHED, 'coreapp'],
    ['registry.local:5000/mirror/web', { media: true }, 'webapp'],
    ['sha256:5f1c', { ...LAUNCHED, service: 'master2' }, 'coreapp'],
    ['5f1c0a', { ...LAUNCHED, service: 'waweb' }, 'webapp'],
    ['mirror/wa-a:1', { ...LAUNCHED, ports: [6252] }, 'coreapp'],
    ['mirror/wa-b:1', { ...LAUNCHED, ports: [443] }, 'webapp'],
  ] as const)('%s %j: %s', (image, over, product) => {
    expect(productOf(clues(image, over))).toBe(product);
  });
  it.each([
    ['nginx', {}],
    ['acme/web:1', { ports: [443] }],
    ['acme/coreapp:1', {}],
    ['docker.whatsapp.biz/prometheus:v2.53.1', {}],
    ['docker.whatsapp.biz.evil.example/coreapp:v2.53.1', {}],
    ['docker.whatsapp.biz/coreapp:v2.53.1', { launcher: true, service: 'dbupgrade' }],
    ['mirror/upgrade:1', { launcher: true }],
    ['mysql:8.0.33', { service: 'waweb' }],
    ['mysql:8.0.33', { ...LAUNCHED, service: 'waweb' }],
  ] as const)('are not %s %j', (image, over) => {
    expect(productOf(clues(image, over))).toBeNull();
  });
});

describe('by its environment', () => {
  it.each([
    [{ ...LOGIN, WACORE_HOSTNAME: 'wacore' }, 'webapp'],
    [{ ...LOGIN, COREAPP_HOSTNAME: 'a' }, 'coreapp'],
    [{ ...LOGIN, COREAPP_HOSTNAME: 'a', WA_MASTER_NODE: '1' }, 'master'],
    [{ ...LOGIN, COREAPP_HOSTNAME: 'a', WA_MASTER_NODE: '0' }, 'coreapp'],
    [{ ...LOGIN, WA_RUNNING_ENV_VERSION: 'v2.2.3' }, 'coreapp'],
    [{ ...LOGIN, WA_DB_UPGRADE: '1' }, 'upgrade'],
    [{ ...LOGIN, WA_DB_UPGRADE: '0' }, 'coreapp'],
  ])('%j is %s', (env, role) => {
    const one = clues('renamed:1', { env });
    expect(signsOf(one)).toEqual(['environment']);
    expect(roleOf(one)).toBe(role);
  });
  it('the login of the database alone is no sign: a backup has it too', () => {
    expect(signsOf(clues('backup:1', { env: LOGIN }))).toEqual([]);
  });
  it('ports go before what one file gives to all', () => {
    const env = { ...LOGIN, WACORE_HOSTNAME: 'wacore', COREAPP_HOSTNAME: 'wacore' };
    expect(roleOf(clues('renamed:1', { env, ports: [6250] }))).toBe('coreapp');
    expect(roleOf(clues('renamed:1', { env, ports: [443, 9090] }))).toBe('webapp');
  });
  it('all signs are told', () => {
    const env = { ...LOGIN, WACORE_HOSTNAME: 'wacore' };
    expect(signsOf(clues('docker.whatsapp.biz/web:v2.53.1', { ...LAUNCHED, service: 'waweb', env }))).toEqual([
      ...['image', 'media mount', 'command', 'environment', 'labels'],
    ]);
  });
});

describe('hints', () => {
  it.each([
    ['media', { media: true }],
    ['launcher', { launcher: true }],
    ['ports', { ports: [6250] }],
    ['labels', { spoken: true }],
    ['service', { service: 'wacore' }],
  ] as const)('%s is one', (_, over) => {
    expect(hintsOf(clues('renamed:1', over))).toBeGreaterThan(0);
  });
  it.each(['nginx', 'corp/web:1', 'web:latest', 'postgres:13.8', 'prom/mysqld-exporter'])('%s has none', (image) => {
    expect(hintsOf(clues(image, { ports: [443, 80] }))).toBe(0);
  });
  it('a master of something else is none', () => {
    expect(hintsOf(clues('redis:7', { service: 'master' }))).toBe(0);
  });
});

describe('images by the whole of their name', () => {
  it.each(['mysql:8.0.33', 'mysql', 'bitnami/postgresql:13', 'mirror:5000/library/mariadb@sha256:00', 'postgres:13.8'])(
    '%s is a database',
    (image) => {
      expect(isDatabase(image)).toBe(true);
    },
  );
  it.each(['prom/mysqld-exporter:v0.14.0', 'phpmyadmin/mysql-admin', 'mysql-backup', 'mypostgres', 'mysql/shell'])(
    '%s is none',
    (image) => {
      expect(isDatabase(image)).toBe(false);
    },
  );
  it.each([
    ['docker.whatsapp.biz/prometheus:v2.53.1', true],
    ['docker.whatsapp.biz/grafana:v2.53.1', true],
    ['gcr.io/cadvisor/cadvisor:v0.45.0', true],
    ['prom/node-exporter:v1.3.1', true],
    ['mirror/prom/mysqld-exporter', true],
    ['grafana/grafana:11', false],
    ['prom/prometheus', false],
    ['acme/node-exporter', false],
  ])("%s of the vendor's monitoring: %s", (image, is) => {
    expect(isMonitoring(image)).toBe(is);
  });
  it.each([
    ['docker.whatsapp.biz/web:v2.53.1', 'v2.53.1'],
    ['localhost:5000/web', null],
    ['localhost:5000/web:v1', 'v1'],
    ['web:v1@sha256:0011', 'v1'],
    ['web@sha256:0011', null],
    ['sha256:0011', null],
    ['', null],
  ])('the tag of %j is %j', (image, tag) => {
    expect(tagOf(image)).toBe(tag);
  });
});
