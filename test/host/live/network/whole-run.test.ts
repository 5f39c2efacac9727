import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/model.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { outcomesOf } from '../../../support/corpus-run.ts';
import { standInSocket } from '../../../support/stand-in-engine.ts';
import { noWorld, startWorld, type World } from '../../../support/world.ts';

const missing = noWorld() ?? noCertificates();
const noStrace = existsSync('/usr/bin/strace') ? null : 'no strace (apt: strace)';

const SERVER = '127.0.0.53';
const [OPEN, DROPPED] = ['192.0.2.10', '192.0.2.66'];

/** The spec's hosts in these names and ports; what a closed network, or a lab, would give with --spec. */
const overlay = (chat: string, https: readonly string[], port: number) => {
  const hosts = https.map((host) => ({ host, port, needed: true, for: 'a stand-in' }));
  const endedOn = '2025-10-23';
  return JSON.stringify({
    requirements: {
      'network.chat': { value: { host: chat, port: 5222, minimum: 4443, others: [], endedOn } },
      'network.https': { value: { hosts, endedOn } },
      'network.dns': { value: { hosts: [chat] } },
      'network.proxy': { value: { host: chat, ports: [5222, 4443], others: [] } },
      'network.tls-interception': { value: { hosts } },
      'network.long-lived': { value: { host: chat, ports: [5222], hold: '2 s' } },
    },
  });
};

describe.skipIf(missing)(`the command in a network of its own (${missing ?? 'network namespaces'})`, () => {
  let folder: string;
  let world: World;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'whole-network-'));
    const certs: Certificates = certificates(join(folder, 'certificates'));
    world = await startWorld({
      hosts: '127.0.0.1 localhost\n',
      resolv: `nameserver ${SERVER}\n`,
      addresses: [OPEN, DROPPED],
      dropped: [DROPPED],
      trusted: certs.ca,
    });
    await world.nameServer(SERVER, { 'chat.test': [OPEN], 'dropped.test': [DROPPED], 'silent.test': 'silence' });
    const { certificate, key } = certs.good;
    await world.standIns(
      { address: OPEN, port: 5222, kind: 'silent' },
      { address: OPEN, port: 4443, kind: 'silent' },
      { address: '127.0.0.1', port: 4443, kind: 'tls', certificate, key },
      { address: '127.0.0.1', port: 4444, kind: 'silent' },
      { address: '127.0.0.1', port: 5433, kind: 'silent' },
      { address: '127.0.0.1', port: 9443, kind: 'silent' },
    );
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  const run = async (spec: string, before: readonly string[] = [], ...options: readonly string[]) => {
    const file = join(folder, 'spec.yaml');
    writeFileSync(file, spec);
    const args = ['check', '--json', '--no-input', '--phase', 'all', '--only', 'network.*', '--spec', file, ...options];
    const ended = await world.command(before, args);
    return { ...ended, report: JSON.parse(ended.stdout) as Report };
  };

  it('stand-ins that a spec names are looked at in place of the hosts of the vendor', async () => {
    const { report, ms } = await run(overlay('chat.test', ['localhost'], 4443), [], '--hold-connection');
    expect(outcomesOf(report)).toEqual({
      'network.chat': 'pass',
      'network.https': 'pass',
      'network.dns': 'pass',
      'network.proxy': 'pass',
      'network.tls-interception': 'warn',
      'network.long-lived': 'pass',
    });
    expect(ms).toBeLessThan(8000);
  });
  it('everything that is dropped, silent or without an answer at once ends the run in time', async () => {
    const { report, ms } = await run(overlay('silent.test', ['dropped.test', 'localhost', 'silent.test'], 4444));
    expect(outcomesOf(report)).toEqual({
      'network.chat': 'fail',
      'network.https': 'fail',
      'network.dns': 'fail',
      'network.proxy': 'pass',
      'network.tls-interception': 'skip',
      'network.long-lived': 'skip',
    });
    expect(ms).toBeLessThan(15_000);
    for (const { durationMs, id } of report.checks) expect(durationMs, id).toBeLessThan(10_000);
  });
  it('a silent Engine, API and database, and dropped packets everywhere at once: the whole run within a minute', async () => {
    const engine = await standInSocket(() => {});
    const file = join(folder, 'silent.yaml');
    writeFileSync(file, overlay('silent.test', ['dropped.test', 'localhost', 'silent.test'], 4444));
    const login = { WA_DB_ENGINE: 'PGSQL', WA_DB_HOSTNAME: '127.0.0.1', WA_DB_PORT: '5433', WA_DB_USERNAME: 'wa' };
    const variables = {
      ...{ ...login, WA_DB_PASSWORD: 'Canary7Bird', WA_API_USERNAME: 'wa', WA_API_PASSWORD: 'Canary7Bird' },
      ...{ DOCKER_HOST: engine.host, AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9443' },
    };
    const args = ['check', '--json', '--no-input', '--phase', 'all', '--spec', file];
    const asked = ['--api-url', 'https://127.0.0.1:9443', '--stats-db', '--test-webhook', '--test-default-admin'];
    const { stdout, stderr, exitCode, ms } = await world.command([], [...args, ...asked], variables);
    await engine.stop();
    const report = JSON.parse(stdout) as Report;
    const messages = Object.fromEntries(report.checks.map(({ id, message }) => [id, message]));
    expect(ms).toBeLessThan(60_000);
    expect(exitCode).toBe(1);
    expect(outcomesOf(report)).toMatchObject({
      ...{ 'docker.engine': 'unknown', 'database.connect': 'fail', 'api.login': 'fail', 'network.chat': 'fail' },
      ...{ 'api.health': 'skip', 'containers.running': 'skip', 'database.version': 'skip', 'host.memory': 'pass' },
    });
    expect(messages['docker.engine']).toMatch(/did not answer within/);
    expect(messages['database.connect']).toMatch(/no end of the TLS handshake within/);
    expect(messages['api.login']).toMatch(/no TLS session came about within/);
    expect(messages['api.health']).toMatch(/api\.login/);
    expect(stdout + stderr).not.toContain('Canary7Bird');
  }, 90_000);
  it('--offline looks at none of them', async () => {
    const { report } = await run(overlay('chat.test', ['localhost'], 4443), [], '--offline');
    expect(new Set(Object.values(outcomesOf(report)))).toEqual(new Set(['skip']));
  });
  it.skipIf(noStrace)(`connects to nobody but them, by one child for each way (${noStrace ?? 'strace'})`, async () => {
    const log = join(folder, 'strace');
    const witness = ['strace', '-f', '-qq', '-s', '300', '-e', 'trace=connect,execve', '-o', log];
    await run(overlay('chat.test', ['localhost', OPEN], 4443), witness);
    const lines = readFileSync(log, 'utf8').split('\n');
    const reached = lines.flatMap(
      (line) =>
        /connect\(.*sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/.exec(line)?.slice(1).join(' ') ?? [],
    );
    // Port 0 is how the C library orders addresses: nothing is sent.
    const known = new Set([
      `53 ${SERVER}`,
      `5222 ${OPEN}`,
      `4443 ${OPEN}`,
      '4443 127.0.0.1',
      `0 ${OPEN}`,
      '0 127.0.0.1',
    ]);
    expect([...new Set(reached)].filter((one) => !known.has(one))).toEqual([]);
    const children = lines.filter((line) => /execve\(.*probe/.test(line) && line.endsWith('= 0'));
    expect(children.length).toBeLessThanOrEqual(4);
  });
});
