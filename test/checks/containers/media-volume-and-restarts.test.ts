import { describe, expect, it } from 'vitest';
import { containersMediaVolume } from '../../../checks/containers/media-volume.ts';
import { containersRestartPolicy } from '../../../checks/containers/restart-policy.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import { judged, saying } from '../../support/judged.ts';
import { coreapp, deployed, described, ended, LOGIN, NOTHING, told, webapp } from './answers.ts';

type Mount = DeployedContainer['mounts'][number];

describe('containers.media-volume', () => {
  const of = (...containers: readonly DeployedContainer[]) =>
    judged(containersMediaVolume, { 'docker "deployment"': deployed(...containers) });
  const [whole] = coreapp().mounts;
  const mount = (over: Partial<Mount> = {}) => ({ mounts: [{ ...(whole as Mount), ...over }] });

  it('passes where both write to one volume, on an Engine and in a file', async () => {
    expect((await of(coreapp(), webapp())).outcome).toBe('pass');
    const file = { 'docker "deployment"': described(coreapp(), webapp()) };
    expect((await judged(containersMediaVolume, file)).outcome).toBe('pass');
  });
  it.each([
    ['no mount', { mounts: [] }, 'has no volume'],
    ['a mount elsewhere', mount({ destination: '/usr/local/wamedia2' }), 'has no volume'],
    ['a mount below', mount({ destination: '/usr/local/wamedia/shared' }), 'has no volume'],
    ['a read-only mount', mount({ writable: false }), 'may only read'],
    ['memory', mount({ type: 'tmpfs', source: '' }), 'in memory alone'],
    ['another volume', mount({ source: 'other' }), 'do not share one'],
    ['a volume without a name', mount({ source: '' }), 'a volume of its own'],
  ])('fails for a Webapp with %s', async (_, over, words) => {
    const result = await of(coreapp(), webapp(over));
    expect(result).toMatchObject({ outcome: 'fail', message: expect.stringContaining(words) });
  });
  it.each(['/usr/local', '/usr/local/', '/usr/local/wamedia', '/'])('passes for a mount at %s', async (destination) => {
    expect((await of(coreapp(mount({ destination })), webapp(mount({ destination })))).outcome).toBe('pass');
  });
  it('takes two volumes on file servers for what may be one', async () => {
    const remote = (source: string) => mount({ source, remote: true });
    expect((await of(coreapp(remote('a')), webapp(remote('b')))).outcome).toBe('pass');
    expect((await of(coreapp(remote('a')), webapp(mount({ source: 'b' })))).outcome).toBe('fail');
  });
  it('does not want one of an upgrade, nor of a container that was left over', async () => {
    const upgrade = coreapp({ name: 'dbupgrade', role: 'upgrade', mounts: [] });
    const old = coreapp({ name: 'old', mounts: [], state: ended(0), compose: coreapp().compose });
    expect((await of(coreapp(), webapp(), upgrade, old)).outcome).toBe('pass');
  });
  it('lets two projects have a volume each', async () => {
    const other = (one: DeployedContainer) => ({
      ...one,
      ...mount({ source: 'b' }),
      name: `b-${one.name}`,
      compose: { project: 'b', service: one.name, folder: null, files: [] },
    });
    expect((await of(coreapp(), webapp(), other(coreapp()), other(webapp()))).outcome).toBe('pass');
  });
  it('warns of a local volume where the cluster goes beyond this host, and not within it', async () => {
    const member = (hostname: string, over: Partial<DeployedContainer> = {}) =>
      coreapp({ variables: [...LOGIN, told('WA_APP_MULTICONNECT', '1'), told('COREAPP_HOSTNAME', hostname)], ...over });
    expect((await of(member('wa-1.example.com'))).outcome).toBe('warn');
    expect((await of(member('wacore'))).outcome).toBe('pass');
    expect((await of(member('wa-1.example.com', mount({ remote: true })))).outcome).toBe('pass');
    expect((await of(member('wa-1.example.com', mount({ driver: 'rexray/efs' })))).outcome).toBe('pass');
    expect((await of(member('wa-1.example.com', mount({ type: 'bind', source: '/mnt/efs' })))).outcome).toBe('pass');
  });
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await judged(containersMediaVolume, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
    expect((await judged(containersMediaVolume, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});

describe('containers.restart-policy', () => {
  const of = (restartPolicy: string, over: Partial<DeployedContainer> = {}) =>
    judged(containersRestartPolicy, { 'docker "deployment"': deployed(coreapp({ restartPolicy, ...over }), webapp()) });

  it.each([
    ['unless-stopped', 'pass'],
    ['always', 'pass'],
    ['no', 'warn'],
    ['', 'warn'],
    ['on-failure', 'warn'],
  ])('%s: %s', async (policy, outcome) => {
    expect((await of(policy)).outcome).toBe(outcome);
  });
  it('says how to set it, in a file and without one', async () => {
    expect((await of('no')).findings.find(({ outcome }) => outcome === 'warn')?.remedy).toContain('docker-compose.yml');
    const plain = await of('no', { compose: null });
    expect(plain.findings.find(({ outcome }) => outcome === 'warn')?.remedy).toContain('docker update --restart');
  });
  it.each(['ecs-wa-3-coreapp-8ac1', 'k8s_coreapp_wa-0'])('passes for %s, which an agent starts again', async (name) => {
    expect(saying(await of('no', { name }))).toContain('an agent starts it again');
  });
  it('is asked of a file and of a database, not of an upgrade', async () => {
    const file = described(coreapp(), coreapp({ name: 'db', role: 'database', restartPolicy: 'no' }));
    expect((await judged(containersRestartPolicy, { 'docker "deployment"': file })).message).toContain('db has');
    const upgrade = deployed(coreapp(), coreapp({ name: 'dbupgrade', role: 'upgrade', restartPolicy: 'on-failure' }));
    expect((await judged(containersRestartPolicy, { 'docker "deployment"': upgrade })).outcome).toBe('pass');
  });
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await judged(containersRestartPolicy, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
    expect((await judged(containersRestartPolicy, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
