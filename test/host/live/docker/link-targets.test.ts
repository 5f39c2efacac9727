import { describe, expect, it } from 'vitest';
import { linkTargets } from '../../../../src/host/live/docker/link-targets.ts';

const DATABASE = { WA_DB_ENGINE: 'MYSQL', WA_DB_HOSTNAME: 'db', WA_DB_PORT: '3306' };
type Role = 'coreapp' | 'master' | 'webapp';
const one = (name: string, role: Role, env: Record<string, string> = {}) => ({ id: name, name, role, env });
const told = (container: ReturnType<typeof one>, all: readonly ReturnType<typeof one>[] = [container]) =>
  linkTargets(container, all).map(({ named, host, port }) => `${named} ${host}:${port}`);

describe('what a container is to reach', () => {
  it('is the database for a Coreapp', () => {
    expect(told(one('wacore', 'coreapp', DATABASE))).toEqual(['WA_DB_HOSTNAME db:3306']);
    expect(told(one('wacore', 'coreapp', { ...DATABASE, WACORE_HOSTNAME: 'wacore' }))).toEqual([
      'WA_DB_HOSTNAME db:3306',
    ]);
  });
  it.each([
    [{ WA_DB_ENGINE: 'MYSQL', WA_DB_HOSTNAME: 'db' }, 3306],
    [{ WA_DB_ENGINE: 'PGSQL', WA_DB_HOSTNAME: 'db' }, 5432],
    [{ WA_DB_ENGINE: 'PGSQL', WA_DB_HOSTNAME: 'db', WA_DB_PORT: '3306' }, 3306],
    [{ WA_DB_ENGINE: 'MYSQL', WA_DB_HOSTNAME: 'db', WA_DB_PORT: 'many' }, 3306],
  ])('is the database at its usual port where none is given: %j', (env, port) => {
    expect(told(one('wacore', 'coreapp', env as Record<string, string>))).toEqual([`WA_DB_HOSTNAME db:${port}`]);
  });
  it('is nothing where it is given no name', () => {
    expect(told(one('waweb', 'webapp', { WA_DB_HOSTNAME: '' }))).toEqual([]);
  });
  it('is the four ports of a Coreapp too for a Webapp', () => {
    expect(told(one('waweb', 'webapp', { WACORE_HOSTNAME: 'wacore' }))).toEqual(
      [6250, 6251, 6252, 6253].map((port) => `WACORE_HOSTNAME wacore:${port}`),
    );
    expect(told(one('waweb', 'webapp', { WACORE_HOSTNAME: 'wacore', WACORE_BASEPORT: '7250' }))[3]).toBe(
      'WACORE_HOSTNAME wacore:7253',
    );
  });
  it('is every Coreapp and master by its own name and ports in multiconnect', () => {
    const MULTI = { WA_APP_MULTICONNECT: '1' };
    const core = (name: string, ports: string) => ({ ...MULTI, COREAPP_HOSTNAME: name, COREAPP_EXTERNAL_PORTS: ports });
    const web = one('waweb', 'webapp', { ...MULTI, WEBAPP_HOSTNAME: 'waweb' });
    const all = [
      web,
      one('wacore1', 'coreapp', core('wacore1', '6250,6251, 6252,6253')),
      one('master1', 'master', core('host.internal', '6254,6255,none,99999')),
    ];
    expect(told(web, all)).toEqual([
      ...[6250, 6251, 6252, 6253].map((port) => `COREAPP_HOSTNAME of wacore1 wacore1:${port}`),
      'COREAPP_HOSTNAME of master1 host.internal:6254',
      'COREAPP_HOSTNAME of master1 host.internal:6255',
    ]);
    expect(told(all[1] ?? web, all)).toEqual([
      'COREAPP_HOSTNAME of master1 host.internal:6254',
      'COREAPP_HOSTNAME of master1 host.internal:6255',
    ]);
    expect(told(one('x', 'webapp', { WA_APP_MULTICONNECT: '0' }), all)).toEqual([]);
  });
  it('is each name and port once, and no more than 256 of them', () => {
    const MULTI = { WA_APP_MULTICONNECT: '1', COREAPP_EXTERNAL_PORTS: '1,2,3,4' };
    const same = ['a', 'b'].map((name) => one(name, 'coreapp', { ...MULTI, COREAPP_HOSTNAME: 'one.internal' }));
    const web = one('w', 'webapp', MULTI);
    expect(told(web, [web, ...same])).toHaveLength(4);
    const many = Array.from({ length: 100 }, (_, at) =>
      one(`c${at}`, 'coreapp', { ...MULTI, COREAPP_HOSTNAME: `c${at}` }),
    );
    expect(told(web, [web, ...many])).toHaveLength(256);
  });
});
