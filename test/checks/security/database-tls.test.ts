import { describe, expect, it } from 'vitest';
import { securityDatabaseTls } from '../../../checks/security/database-tls.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import {
  coreapp,
  deployed,
  described,
  links,
  NOTHING,
  told,
  tried,
  webapp,
  withVariable,
} from '../containers/answers.ts';

const CA = '/opt/certs/db-ca.pem';
const tls = (one: DeployedContainer) => withVariable(one, 'WA_DB_SSL_CA', told('WA_DB_SSL_CA', CA));
const on = (name: string) => (one: DeployedContainer) =>
  withVariable(one, 'WA_DB_HOSTNAME', told('WA_DB_HOSTNAME', name));

const seen = (...addresses: readonly string[]) =>
  links({ wacore: [{ ...tried('WA_DB_HOSTNAME', 'db-1.internal', 3306), addresses: [...addresses] }] });
const inside = (found: boolean, skipped: string | null = null): Json => ({
  containers: ['wacore', 'waweb'].map((name) => ({
    id: `id-of-${name}`,
    name,
    skipped,
    files: skipped ? [] : [{ variable: 'WA_DB_SSL_CA', path: CA, bytes: found ? 1 : null, found }],
  })),
});
const NO_LOGIN: Json = { places: [], found: null, client: null, backupTaken: false };

const of = (
  containers: readonly DeployedContainer[],
  { addresses = ['10.20.0.15'], files = inside(true) }: { addresses?: readonly string[]; files?: Json } = {},
) =>
  judged(securityDatabaseTls, {
    'docker "deployment"': deployed(...containers),
    'docker "links"': seen(...addresses),
    'docker "inside-files"': files,
    'database "login"': NO_LOGIN,
  });

describe('security.database-tls', () => {
  it('passes where both sides have it, and its files are there', async () => {
    expect((await of([tls(coreapp()), tls(webapp())])).outcome).toBe('pass');
  });
  it('fails for a file that is not there', async () => {
    const result = await of([tls(coreapp()), tls(webapp())], { files: inside(false) });
    expect(result).toMatchObject({ outcome: 'fail', message: expect.stringContaining(CA) });
    expect(result.findings).toHaveLength(2);
  });
  it('says so where the files could not be looked at', async () => {
    const result = await of([tls(coreapp()), tls(webapp())], { files: inside(true, 'it takes root') });
    expect(result).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('were not looked at (it takes root)'),
    });
  });
  it.each([
    [['10.20.0.15'], 'warn', 'pass'],
    [['127.0.0.1'], 'warn', 'pass'],
    [['fd00::15'], 'warn', 'pass'],
    [['203.0.113.40'], 'fail', 'fail'],
    [['10.20.0.15', '203.0.113.40'], 'fail', 'fail'],
    [[], 'warn', 'unknown'],
  ])('a database at %j: on one side %s, on none %s', async (addresses, oneSided, none) => {
    expect((await of([tls(coreapp()), webapp()], { addresses })).outcome).toBe(oneSided);
    expect((await of([coreapp(), tls(webapp())], { addresses })).outcome).toBe(oneSided);
    expect((await of([coreapp(), webapp()], { addresses })).outcome).toBe(none);
  });
  it('takes the address that a container is given, without asking', async () => {
    const answers = (name: string) => ({
      'docker "deployment"': deployed(on(name)(coreapp()), on(name)(webapp())),
    });
    expect((await judged(securityDatabaseTls, answers('10.0.0.5'))).outcome).toBe('pass');
    expect((await judged(securityDatabaseTls, answers('203.0.113.40'))).outcome).toBe('fail');
  });
  it('takes a database container beside the client for near', async () => {
    const db = coreapp({ name: 'db', role: 'database', variables: [] });
    const near = { 'docker "deployment"': deployed(on('db')(coreapp()), on('db')(webapp()), db) };
    expect((await judged(securityDatabaseTls, near)).outcome).toBe('pass');
  });
  it('falls back on what the tool itself connected to, under the same name alone', async () => {
    const found = {
      ...{ from: 'client container', engine: 'mysql', host: 'db-1.internal', port: 3306, socket: null, user: 'wa' },
      ...{
        hasPassword: true,
        database: null,
        prefix: '',
        idleTimeoutMs: null,
        passwordTraps: [],
        readableByOthers: [],
      },
      tls: { mode: 'prefer', from: 'the default', ca: null, certificate: null, missing: [] },
    };
    const connect = {
      ...{ target: 'db-1.internal:3306', addresses: ['203.0.113.40'], address: '203.0.113.40', via: 'host', steps: [] },
      ...{ failed: null, tls: null, tlsOffered: null, authentication: null },
    };
    const answers = (host: string) => ({
      'docker "deployment"': deployed(coreapp(), webapp()),
      'docker "links"': links({ wacore: 'it takes root' }),
      'database "login"': { places: [], found: { ...found, host }, client: null, backupTaken: false },
      'database "connect"': connect,
    });
    expect((await judged(securityDatabaseTls, answers('db-1.internal'))).outcome).toBe('fail');
    expect((await judged(securityDatabaseTls, answers('db-2.internal'))).outcome).toBe('unknown');
  });
  it('is judged from a file as far as that goes', async () => {
    const file = (...containers: readonly DeployedContainer[]) =>
      judged(securityDatabaseTls, { 'docker "deployment"': described(...containers) });
    expect((await file(tls(coreapp()), tls(webapp()))).outcome).toBe('pass');
    expect((await file(coreapp(), tls(webapp()))).outcome).toBe('warn');
    expect(saying(await file(coreapp(), webapp()))).toContain('cannot be told from a file');
  });
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await judged(securityDatabaseTls, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
    expect((await judged(securityDatabaseTls, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
