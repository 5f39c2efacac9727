import { describe, expect, it } from 'vitest';
import { containersExposedPorts } from '../../../checks/containers/exposed-ports.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import type { Json, Profile } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { engine } from '../docker/answers.ts';
import { coreapp, deployed, described, ended, LOGIN, NOTHING, published, RUNNING, told, webapp } from './answers.ts';

const PRIVATE = ['127.0.0.1', '::1', '10.20.0.11', 'fe80::1', '172.17.0.1'];
const OPEN = [...PRIVATE, '203.0.113.9'];
const of = (
  containers: readonly DeployedContainer[],
  addresses: readonly string[] = PRIVATE,
  over: Record<string, Json> = {},
  profile: Profile = 'production',
) =>
  judged(
    containersExposedPorts,
    {
      'docker "deployment"': deployed(...containers),
      'docker "engine"': engine(over),
      'system "addresses"': { addresses: [...addresses] },
      'system "listeners"': { listeners: [{ port: 6252, address: '0.0.0.0', pid: 7, program: 'coreapp' }] },
    },
    { profile },
  );
const with_ = (role: DeployedContainer['role'], port: number, address: string) => [
  coreapp(role === 'coreapp' ? { ports: [published(port, port, address)] } : {}),
  webapp(),
  ...(role === 'coreapp' ? [] : [coreapp({ name: 'other', role, ports: [published(port, port, address)] })]),
];
const cluster = (address: string) =>
  with_('coreapp', 6250, address).map((one) => ({ ...one, variables: [...LOGIN, told('WA_APP_MULTICONNECT', '1')] }));

describe('containers.exposed-ports', () => {
  it('passes where nothing but the Webapp is published', async () => {
    expect((await of([coreapp(), webapp()], OPEN)).outcome).toBe('pass');
  });
  it.each([
    ['database', 3306, 'warn', 'fail'],
    ['coreapp', 6252, 'warn', 'fail'],
    ['monitoring', 9100, 'pass', 'warn'],
  ] as const)('%s on all addresses: %3$s on a private host, %4$s on a public one', async (role, port, inner, outer) => {
    for (const address of ['', '0.0.0.0', '::']) {
      expect((await of(with_(role, port, address))).outcome, address).toBe(inner);
      expect((await of(with_(role, port, address), OPEN)).outcome, address).toBe(outer);
    }
    expect((await of(with_(role, port, '203.0.113.9'))).outcome).toBe(outer);
    for (const address of ['127.0.0.1', '::1', '10.20.0.11', '172.17.0.1', 'fd00::1'])
      expect((await of(with_(role, port, address), OPEN)).outcome, address).toBe('pass');
  });
  it("lets a cluster's Coreapps be published, as the vendor's file does, but on the Internet", async () => {
    expect((await of(cluster('0.0.0.0'))).outcome).toBe('pass');
    expect((await of(cluster('0.0.0.0'), OPEN)).outcome).toBe('warn');
    expect((await of(cluster('203.0.113.9'))).outcome).toBe('warn');
  });
  it('leaves ports of a Coreapp that are none of its own, and what is stopped', async () => {
    expect((await of([coreapp({ ports: [published(8000, 8000)] }), webapp()])).outcome).toBe('pass');
    const old = coreapp({ name: 'db', role: 'database', state: ended(0), ports: [published(3306, 3306)] });
    expect((await of([coreapp(), webapp(), old])).outcome).toBe('pass');
  });
  it('counts ports that Docker chooses', async () => {
    const chosen = coreapp({ name: 'db', role: 'database', ports: [published(3306, null)] });
    expect((await of([coreapp(), webapp(), chosen])).message).toContain('publishes 3306');
  });
  it('sees what a Coreapp on the network of the host listens on', async () => {
    const onHost = coreapp({ networkMode: 'host', networks: [], state: RUNNING });
    expect((await of([onHost, webapp()])).outcome).toBe('warn');
    expect((await of([onHost, webapp()], OPEN)).outcome).toBe('fail');
  });
  it('is advice for a trial', async () => {
    expect((await of(with_('database', 3306, '0.0.0.0'), OPEN, {}, 'development')).outcome).toBe('warn');
  });
  it('does not take the addresses of this host for those of another Engine, or of a file', async () => {
    expect((await of(with_('database', 3306, '0.0.0.0'), OPEN, { local: false })).outcome).toBe('warn');
    const file = { 'docker "deployment"': described(...with_('database', 3306, '')) };
    expect(saying(await judged(containersExposedPorts, file))).toContain('on all addresses of the host');
  });
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await judged(containersExposedPorts, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
    expect((await judged(containersExposedPorts, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
