import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/model.ts';
import { readReport } from '../../../../src/read-report.ts';
import { LAUNCHER } from '../../../support/command.ts';
import {
  addNetwork,
  COREAPP,
  demand,
  loadImages,
  noCompiler,
  OTHER,
  removeContainers,
  runContainer,
} from '../../../support/containers.ts';
import { type Dockerd, noDockerNetworks, startDockerd } from '../../../support/dockerd.ts';
import { ranIn, runIn } from '../../../support/network.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../../../support/postgres.ts';

const missing = noDockerNetworks() ?? noCompiler() ?? noPostgres('13');

const PASSWORD = 'canary-7f3a';
/** As the vendor's postgres/db.env has it. */
const ENV = [
  'WA_DB_ENGINE=PGSQL',
  'WA_DB_HOSTNAME=db',
  'WA_DB_PORT=3306',
  'WA_DB_USERNAME=wa',
  `WA_DB_PASSWORD=${PASSWORD}`,
];

// The database is a real PostgreSQL of this machine. In the network of the container "db" stands a program that takes its
// connections and hands them on to its socket: it stands in for a server within that container.
describe.skipIf(missing)(`a whole run beside the vendor's own deployment (${missing ?? 'real dockerd'})`, () => {
  let dockerd: Dockerd;
  let server: PostgresServer;
  let listener: Awaited<ReturnType<typeof runIn>>;
  let report: Report;
  let printed = '';
  beforeAll(async () => {
    server = await startPostgres('13');
    await server.sql(`CREATE ROLE wa LOGIN CREATEDB PASSWORD '${PASSWORD}'`);
    dockerd = await startDockerd(null, { networks: true });
    await loadImages(dockerd);
    await addNetwork(dockerd, 'installation_default', '172.30.9.0/24');
    await runContainer(dockerd, 'db', { image: OTHER, network: 'installation_default' });
    await runContainer(dockerd, 'wacore', { image: COREAPP, network: 'installation_default', env: ENV });
    const db = (await demand(dockerd, { path: '/containers/db/json' })) as { State: { Pid: number } };
    const socket = `${server.folder}/.s.PGSQL.${server.port}`;
    listener = await runIn(db.State.Pid, 'listener', '172.30.9.2', '3306', socket);
    const args = ['check', '--json', '--no-input', '--target', '/tmp', '--only', 'database.*', '--only', 'docker.*'];
    const env = { DOCKER_HOST: dockerd.host, HOME: '/nonexistent', LC_ALL: 'C.UTF-8' };
    const ended = await ranIn(dockerd.pid, LAUNCHER, args, env);
    printed = ended.stdout + ended.stderr;
    if (!ended.stdout.includes('"HostReport"')) throw new Error(`no report, but ${ended.exitCode}: ${printed}`);
    report = readReport(JSON.parse(ended.stdout));
  }, 120_000);
  afterAll(async () => {
    await listener?.stop();
    await removeContainers(dockerd, 'db', 'wacore');
    await dockerd.stop();
    await server.stop();
  }, 60_000);

  const of = (name: string) => {
    const found = report.checks.find(({ id }) => id === `database.${name}`);
    const messages = (found?.findings ?? []).map(({ outcome, message }) => `${outcome}: ${message}`);
    return { outcome: found?.outcome, says: messages.join('\n') };
  };

  it("takes the login from the container's environment, and finds the database by the name that only it knows", () => {
    const { outcome, says } = of('connect');
    expect(says).toMatch(/^pass: Connected to db:3306 \(172\.30\.9\.2\) as user wa, login from container wacore/);
    expect(says).toContain('its name resolves there only, and this host took the address from there');
    expect(outcome).toBe('pass');
  });
  it('judges the server that it found', () => {
    expect(of('version').outcome).toBe('pass');
    expect(of('version').says).toContain('13.');
    expect(of('privileges').outcome).toBe('pass');
    expect(server.log()).toContain('wa@[local]');
  });
  it('sees that the database is on this host', () => {
    expect(of('placement')).toMatchObject({
      outcome: 'warn',
      says: expect.stringContaining('container db on this host'),
    });
  });
  it('prints the password nowhere', () => {
    expect(printed).toContain('"database.connect"');
    expect(printed).not.toContain(PASSWORD);
  });
});
