import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import type { Login } from '../../../../src/host/login.ts';
import { chain, nowhere } from '../../../support/chain.ts';
import { answer, standInEngine } from '../../../support/stand-in-engine.ts';

const VARIABLES = {
  WA_DB_ENGINE: 'MYSQL',
  WA_DB_HOSTNAME: 'db-1',
  WA_DB_USERNAME: 'wa',
  WA_DB_PASSWORD: 'canary-1',
};
const envText = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
const TYPED: Login = {
  ...{ engine: 'postgresql', host: 'db-9', port: 5432, socket: null, user: 'wa', password: 'canary-9' },
  ...{
    database: null,
    prefix: '',
    idleTimeoutMs: null,
    tls: { mode: 'prefer', ca: null, certificate: null, key: null },
  },
};
const states = ({ told }: Awaited<ReturnType<typeof chain>>) =>
  Object.fromEntries(told.places.map(({ place, state }) => [place, state]));
const detailOf = ({ told }: Awaited<ReturnType<typeof chain>>, name: string) =>
  told.places.find(({ place }) => place === name)?.detail;

/** A stand-in for an Engine with one running client container of that environment. */
const engineWith = async (environment: Readonly<Record<string, string>>) => {
  const Env = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const engine = await standInEngine(({ url = '' }, response) => {
    if (url.startsWith('/version')) answer(response, { Version: '28.0.0', ApiVersion: '1.48' });
    else if (url.startsWith('/containers/json'))
      answer(response, [
        {
          ...{ Id: 'c1', Names: ['/wacore'], Image: 'docker.whatsapp.biz/coreapp:v2.45.1', State: 'running' },
          ...{ Command: '', Labels: {}, Mounts: [], Ports: [] },
        },
      ]);
    else answer(response, { Id: 'c1', State: { Pid: 0 }, Config: { Env }, HostConfig: {}, NetworkSettings: {} });
  });
  return engine;
};

describe('the chain', () => {
  it('without anything given names every place', async () => {
    nowhere();
    const found = await chain();
    expect(found).toMatchObject({ login: null, known: {}, told: { found: null, client: null } });
    expect(states(found)).toEqual({
      '--db-env-file': 'not-given',
      'WA_DB_* variables': 'not-found',
      '--db-url': 'not-given',
      'PG* variables, ~/.pgpass, MYSQL_PWD, ~/.my.cnf': 'not-given',
      'a running client container': 'not-found',
      'a prompt': 'not-given',
    });
  });

  it('takes the vendor’s variables, with the engine’s own port where none is set', async () => {
    nowhere({ ...VARIABLES, WA_DB_NAME_PREFIX: 'wa_', WA_DB_CONNECTION_IDLE_TIMEOUT: '180000' });
    const { login, told } = await chain();
    expect(login).toMatchObject({ engine: 'mysql', host: 'db-1', port: 3306, user: 'wa', password: 'canary-1' });
    expect(told.found).toMatchObject({ from: 'WA_DB_* variables', prefix: 'wa_', idleTimeoutMs: 180_000 });
    expect(told.found?.tls).toEqual({ mode: 'prefer', from: 'the default', ca: null, certificate: null, missing: [] });
    expect(JSON.stringify(told)).not.toContain('canary');
    nowhere({ ...VARIABLES, WA_DB_ENGINE: 'pgsql', WA_DB_HOSTNAME: '[fd00::1]' });
    expect((await chain()).login).toMatchObject({ engine: 'postgresql', host: 'fd00::1', port: 5432 });
  });

  it.each([
    ['WA_DB_ENGINE', 'ORACLE', 'WA_DB_ENGINE is neither MYSQL nor PGSQL'],
    ['WA_DB_ENGINE', undefined, 'WA_DB_ENGINE is missing'],
    ['WA_DB_PORT', 'x', 'WA_DB_PORT is no port number'],
    ['WA_DB_PORT', '0', 'WA_DB_PORT is no port number'],
    ['WA_DB_PORT', '65536', 'WA_DB_PORT is no port number'],
    ['WA_DB_HOSTNAME', '', 'WA_DB_HOSTNAME is missing'],
    ['WA_DB_PASSWORD', undefined, 'WA_DB_PASSWORD is missing'],
  ])('is incomplete with %s=%s', async (name, value, said) => {
    const { [name as keyof typeof VARIABLES]: _, ...rest } = VARIABLES;
    nowhere(value === undefined ? rest : { ...VARIABLES, [name]: value });
    const found = await chain({ tls: 'require' });
    expect(found.login).toBeNull();
    expect(states(found)['WA_DB_* variables']).toBe('incomplete');
    expect(detailOf(found, 'WA_DB_* variables')).toBe(said);
    expect(found.known).toMatchObject({ user: 'wa', tls: { mode: 'require' } });
    expect(found.known).not.toHaveProperty('password');
  });

  it('takes an empty password and the last port for what they are', async () => {
    nowhere({ ...VARIABLES, WA_DB_PASSWORD: '', WA_DB_PORT: '65535' });
    const { login, told } = await chain();
    expect(login).toMatchObject({ password: '', port: 65_535 });
    expect(told.found).toMatchObject({ hasPassword: false, passwordTraps: ['empty'] });
  });

  it('takes the file before the variables, tells how it was read, its traps and its mode', async () => {
    const root = nowhere(VARIABLES);
    const file = join(root, 'db.env');
    writeFileSync(file, `${envText(VARIABLES).replace('canary-1', 'can#ary$$2')}WA_DB_PORT=1\nWA_DB_PORT=3307\n`);
    chmodSync(file, 0o644);
    const found = await chain({ envFile: file, url: 'mysql://wa@db-2' });
    expect(found.login).toMatchObject({ password: 'can#ary$2', port: 3307 });
    expect(found.told.found).toMatchObject({
      from: '--db-env-file',
      passwordTraps: ['hash', 'dollar'],
      readableByOthers: [`${file} (0644)`],
    });
    expect(detailOf(found, '--db-env-file')).toBe(
      'WA_DB_PORT is set more than once, the last one holds; read by this tool with the rules of Compose',
    );
    expect(states(found)).toMatchObject({ 'WA_DB_* variables': 'not-needed', '--db-url': 'not-needed' });
    expect(detailOf(found, '--db-url')).toBe('given, but another place comes first');
    expect(JSON.stringify(found.told)).not.toContain('ary');
  });

  it('says that a dollar ate a piece of the password, never which', async () => {
    const file = join(nowhere(), 'db.env');
    writeFileSync(file, envText(VARIABLES).replace('canary-1', 'can$ary'));
    const found = await chain({ envFile: file });
    expect(found.login?.password).toBe('can');
    expect(found.told.found?.passwordTraps).toEqual(['dollar']);
    expect(detailOf(found, '--db-env-file')).toContain('WA_DB_PASSWORD holds a $ that Compose reads as a variable');
    expect(JSON.stringify(found.told)).not.toContain('ary');
  });

  it('goes on after a file that cannot be read, or lacks something', async () => {
    const root = nowhere(VARIABLES);
    writeFileSync(join(root, 'db.env'), 'WA_DB_ENGINE=PGSQL\nWA_DB_HOSTNAME=db-3\nWA_DB_USERNAME=me\n');
    const lacking = await chain({ envFile: join(root, 'db.env') });
    expect(states(lacking)).toMatchObject({ '--db-env-file': 'incomplete', 'WA_DB_* variables': 'used' });
    expect(detailOf(lacking, '--db-env-file')).toMatch(/^WA_DB_PASSWORD is missing; /);
    const missing = await chain({ envFile: join(root, 'none.env') });
    expect(states(missing)).toMatchObject({ '--db-env-file': 'unreadable', 'WA_DB_* variables': 'used' });
    expect(detailOf(missing, '--db-env-file')).toBe('there is no such file');
  });

  it('takes what a person typed before all else', async () => {
    nowhere(VARIABLES);
    const found = await chain({ tls: 'verify' }, TYPED);
    expect(found.login).toMatchObject({ host: 'db-9', password: 'canary-9', tls: { mode: 'prefer' } });
    expect(found.told.found).toMatchObject({ from: 'a prompt', tls: { mode: 'prefer', from: 'a prompt' } });
    expect(states(found)).toMatchObject({ 'WA_DB_* variables': 'not-needed', 'a prompt': 'used' });
  });

  it('gives up when it is cancelled', async () => {
    const root = nowhere();
    writeFileSync(join(root, 'db.env'), envText(VARIABLES));
    const { findLogin } = await import('../../../../src/host/live/login/find.ts');
    const options = { envFile: join(root, 'db.env'), url: null, tls: null, backupTaken: false };
    await expect(
      findLogin(options, dockerAccess(), { signal: AbortSignal.abort(), progress: () => {} }, null),
    ).rejects.toThrow();
  });
});

describe('--db-url', () => {
  it('is completed by libpq’s variables, those of the URL first', async () => {
    nowhere({ PGPASSWORD: 'canary-2', PGUSER: 'no', PGPORT: '5433', PGDATABASE: 'wa', PGSSLMODE: 'require' });
    const found = await chain({ url: 'postgres://me@db-2' });
    expect(found.login).toMatchObject({
      ...{ engine: 'postgresql', host: 'db-2', port: 5433, user: 'me', database: 'wa', password: 'canary-2' },
      tls: { mode: 'require' },
    });
    expect(found.told.found?.tls.from).toBe('PGSSLMODE');
    expect(states(found)).toMatchObject({ '--db-url': 'used', 'PG* variables': 'used', '~/.pgpass': 'not-needed' });
    expect(detailOf(found, 'PG* variables')).toBe('PGPORT, PGUSER, PGDATABASE, PGPASSWORD, PGSSLMODE');
    expect(JSON.stringify(found.told)).not.toContain('canary');
  });

  it('finds a socket’s folder in PGHOST', async () => {
    nowhere({ PGHOST: '/run/postgresql', PGPASSWORD: 'x' });
    const { login } = await chain({ url: 'postgres://me@' });
    expect(login).toMatchObject({ host: 'localhost', socket: '/run/postgresql/.s.PGSQL.5432' });
  });

  it.each([
    [0o600, 'used', 'canary-3'],
    [0o640, 'unreadable', undefined],
    [0o604, 'unreadable', undefined],
  ])('takes ~/.pgpass of mode %o as libpq does: %s', async (mode, state, password) => {
    const root = nowhere({}, { '.pgpass': 'db-2:5432:*:me:canary-3\n' });
    chmodSync(join(root, '.pgpass'), mode);
    const found = await chain({ url: 'postgres://me@db-2' });
    expect(found.login?.password).toBe(password);
    expect(states(found)['~/.pgpass']).toBe(state);
    expect(states(found)['--db-url']).toBe(password ? 'used' : 'incomplete');
  });

  it('reads PGPASSFILE in its place, and tells where no line matches', async () => {
    const root = nowhere({ PGPASSFILE: '/nowhere' }, { '.pgpass': '*:*:*:*:no', other: 'db-3:*:*:*:no' });
    chmodSync(join(root, 'other'), 0o600);
    expect(states(await chain({ url: 'postgres://me@db-2' }))).toMatchObject({ PGPASSFILE: 'not-found' });
    nowhere({ PGPASSFILE: join(root, 'other') });
    const found = await chain({ url: 'postgres://me@db-2' });
    expect(detailOf(found, 'PGPASSFILE')).toBe('no line of it matches host, port, database and user');
    expect(found.known).toMatchObject({ engine: 'postgresql', host: 'db-2', port: 5432, user: 'me' });
  });

  it('is completed by MYSQL_PWD and ~/.my.cnf', async () => {
    const text =
      '[client]\nuser=cnf\npassword="canary-4"\nhost=db-5\nport=3308\nsocket=/run/x.sock\nssl-mode=REQUIRED\n';
    const root = nowhere({}, { '.my.cnf': text });
    chmodSync(join(root, '.my.cnf'), 0o640);
    const found = await chain({ url: 'mysql://db-2' });
    expect(found.login).toMatchObject({ host: 'db-2', port: 3308, socket: null, user: 'cnf', password: 'canary-4' });
    expect(found.told.found).toMatchObject({
      readableByOthers: ['~/.my.cnf (0640)'],
      tls: { mode: 'require', from: 'ssl-mode of ~/.my.cnf' },
    });
    expect(detailOf(found, '~/.my.cnf')).toBe('user, password, host, port, socket, ssl-mode');
    expect(JSON.stringify(found.told)).not.toContain('canary');
    expect((await chain({ url: 'mysql://localhost' })).login).toMatchObject({ socket: '/run/x.sock' });
    expect((await chain({ url: 'mysql://localhost:3306' })).login).toMatchObject({ socket: null, port: 3306 });
    chmodSync(join(root, '.my.cnf'), 0o602);
    const ignored = await chain({ url: 'mysql://me@db-2' });
    expect(states(ignored)).toMatchObject({ '~/.my.cnf': 'unreadable', '--db-url': 'incomplete' });
    nowhere({ MYSQL_PWD: 'canary-5' });
    expect((await chain({ url: 'mysql://me@db-2' })).login?.password).toBe('canary-5');
  });

  it('takes the vendor’s variables for what a URL cannot say', async () => {
    nowhere({ WA_DB_PASSWORD: 'canary-6', WA_DB_NAME_PREFIX: 'wa_', WA_DB_SSL_VERIFY: '1' });
    const found = await chain({ url: 'mysql://me@db-2' });
    expect(found.login).toMatchObject({ password: 'canary-6', prefix: 'wa_', tls: { mode: 'verify' } });
    expect(detailOf(found, '--db-url')).toBe('with the password of WA_DB_PASSWORD');
  });

  it('that lacks a host or a user is incomplete', async () => {
    nowhere({ PGPASSWORD: 'x' });
    expect(detailOf(await chain({ url: 'postgres://' }), '--db-url')).toBe('it names no host; it names no user');
  });
});

describe('a running client container', () => {
  it('gives its own login where no other is found', async () => {
    const engine = await engineWith({ ...VARIABLES, WA_DB_PASSWORD: 'canary=7' });
    nowhere({ DOCKER_HOST: engine.host });
    const found = await chain();
    await engine.stop();
    expect(found.login?.password).toBe('canary=7');
    expect(found.told).toMatchObject({
      found: { from: 'container wacore' },
      client: { container: 'wacore', differs: [] },
    });
    expect(JSON.stringify(found.told)).not.toContain('canary');
  });

  it('is compared with any other login, by names of variables', async () => {
    const engine = await engineWith({
      ...VARIABLES,
      WA_DB_HOSTNAME: 'DB-1.',
      WA_DB_PASSWORD: 'canary-8',
      WA_DB_SSL_CA: '/a',
    });
    nowhere({ ...VARIABLES, DOCKER_HOST: engine.host });
    const ofVariables = await chain();
    const ofPerson = await chain({}, TYPED);
    await engine.stop();
    expect(ofVariables.told).toMatchObject({
      found: { from: 'WA_DB_* variables' },
      client: { container: 'wacore', differs: ['WA_DB_PASSWORD', 'WA_DB_SSL_CA'] },
    });
    expect(states(ofVariables)['container wacore']).toBe('not-needed');
    expect(ofPerson.told.client?.differs).toEqual([
      ...['WA_DB_ENGINE', 'WA_DB_HOSTNAME', 'WA_DB_PORT', 'WA_DB_PASSWORD'],
    ]);
    expect(JSON.stringify([ofVariables.told, ofPerson.told])).not.toContain('canary');
  });

  it('without such variables is no login, and differs in nothing', async () => {
    const engine = await engineWith({ PATH: '/bin' });
    nowhere({ ...VARIABLES, DOCKER_HOST: engine.host });
    const found = await chain();
    await engine.stop();
    expect(found.told.client).toEqual({ container: 'wacore', differs: [] });
  });

  it.each([
    ['5 s at most', false, 5, 'the Docker Engine did not answer within 5 s'],
    ['1.5 s where a person waits to be asked, and it may be asked again', true, 1.5, null],
  ])('of an Engine that is silent costs %s', { timeout: 15_000 }, async (_, personWaits, seconds, noClient) => {
    const engine = await standInEngine(({ url = '' }, response) => {
      if (url.startsWith('/version')) answer(response, { Version: '28.0.0', ApiVersion: '1.48' });
    });
    nowhere({ DOCKER_HOST: engine.host });
    const since = performance.now();
    const found = await chain({}, null, personWaits);
    const took = performance.now() - since;
    nowhere({ ...VARIABLES, DOCKER_HOST: engine.host });
    const whole = await chain({}, null, personWaits);
    await engine.stop();
    expect(took).toBeGreaterThan(seconds * 1000 - 50);
    expect(took).toBeLessThan(seconds * 1000 + 1500);
    const told = `the Docker Engine did not answer within ${seconds} s`;
    expect(detailOf(found, 'a running client container')).toBe(told);
    expect(whole).toMatchObject({ login: { password: expect.any(String) }, noClient });
  });
});
