import { describe, expect, it } from 'vitest';
import { checks } from '../../../checks/index.ts';
import { judged } from '../../support/judged.ts';
import { answers, login, over, postgresql } from './answers.ts';

// The databases that the vendor's own compose files set up, healthy, with the client beside them on one host.
// https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts

const SAMPLE = { host: '127.0.0.1', port: 33_060, user: 'root', prefix: '', passwordTraps: ['sample'] };
const PREFER = { mode: 'prefer', from: 'the default', ca: null, certificate: null, missing: [] };
const SELF_SIGNED = {
  ...{ protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: null, fault: 'self-signed certificate' },
  ...{ subject: 'CN=MySQL_Server_8.0.33', issuer: 'CN=MySQL_Server_8.0.33_CA', validTo: '2036-01-01T00:00:00Z' },
};
const here = (change: Parameters<typeof over>[1]) =>
  over('connect', { target: '127.0.0.1:33060', addresses: ['127.0.0.1'], address: '127.0.0.1', ...change })[
    'database "connect"'
  ] ?? null;

const MYSQL = {
  ...answers,
  'database "login"': login({ ...SAMPLE, tls: PREFER })['database "login"'] ?? null,
  'database "connect"': here({ tls: SELF_SIGNED }),
  'database "server"':
    over('server', {
      version: '8.0.33',
      variables: {
        ...{ max_connections: '151', max_user_connections: '0', wait_timeout: '28800', max_allowed_packet: '67108864' },
        ...{ read_only: 'OFF', super_read_only: 'OFF', innodb_read_only: 'OFF', partial_revokes: 'OFF' },
        ...{ character_set_server: 'utf8mb4', utf8mb4: 'yes' },
      },
    })['database "server"'] ?? null,
  'database "rights"':
    over('rights', {
      currentUser: 'root@%',
      databases: [],
      grants: [
        'GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, SHUTDOWN, PROCESS, FILE, REFERENCES, INDEX, ALTER, SUPER, CREATE USER ON *.* TO `root`@`%` WITH GRANT OPTION',
        'GRANT APPLICATION_PASSWORD_ADMIN,SYSTEM_USER,XA_RECOVER_ADMIN ON *.* TO `root`@`%` WITH GRANT OPTION',
      ],
    })['database "rights"'] ?? null,
};

const POSTGRESQL = {
  ...postgresql({ version: 'PostgreSQL 13.8 (Debian 13.8-1.pgdg110+1) on x86_64-pc-linux-gnu, compiled by gcc' }),
  'database "login"':
    login({ ...SAMPLE, engine: 'postgresql', idleTimeoutMs: null, tls: PREFER })['database "login"'] ?? null,
  'database "connect"': here({ tls: null, tlsOffered: false, authentication: 'scram-sha-256' }),
  'database "rights"': {
    ...{ engine: 'postgresql', currentUser: 'root', superuser: true, createDatabase: true },
    ...{ roles: [], databases: [], cut: false },
  },
};

describe.each([
  ['MySQL 8.0.33', MYSQL],
  ['PostgreSQL 13.8', POSTGRESQL],
])("the vendor's own %s", (_, whole) => {
  const outcomes = async (profile: 'production' | 'development') => {
    const all = checks.filter(({ group }) => group === 'database');
    const results = await Promise.all(all.map((check) => judged(check, whole, { profile })));
    return results.flatMap(({ id, outcome }) => (outcome === 'pass' || outcome === 'skip' ? [] : [`${id} ${outcome}`]));
  };

  it('has the warnings that its sample login and its place earn, and no others', async () => {
    const login = ['database.password warn', 'database.privileges warn'];
    expect((await outcomes('production')).sort()).toEqual([login[0], 'database.placement warn', login[1]]);
    expect((await outcomes('development')).sort()).toEqual(login);
  });
});
