import { describe, expect, it } from 'vitest';
import { securityDockerApi } from '../../../checks/security/docker-api.ts';
import { securityFileModes } from '../../../checks/security/file-modes.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { coreapp, deployed, NOTHING, webapp } from '../containers/answers.ts';
import { engine, info, version } from '../docker/answers.ts';

const DEPLOYED = { 'docker "deployment"': deployed(coreapp(), webapp()) };

describe('security.file-modes', () => {
  const file = (mode: number | null, secrets: readonly string[] = ['WA_DB_PASSWORD']) => ({
    ...{ path: '/srv/wa/db.env', kind: 'env', mode, uid: 0, why: mode === null ? 'permission denied' : null },
    secrets: [...secrets],
  });
  const of = (...files: readonly ReturnType<typeof file>[]) =>
    judged(securityFileModes, { ...DEPLOYED, 'docker "files"': { files: [...files] } });

  it.each([
    [0o600, 'pass', 'pass'],
    [0o640, 'pass', 'pass'],
    [0o660, 'pass', 'pass'],
    [0o644, 'warn', 'pass'],
    [0o604, 'warn', 'pass'],
    [0o666, 'warn', 'warn'],
    [0o602, 'warn', 'warn'],
  ])('mode %o: %s with secrets, %s without', async (mode, secret, plain) => {
    expect((await of(file(mode))).outcome).toBe(secret);
    expect((await of(file(mode, []))).outcome).toBe(plain);
  });
  it('names the file, its mode, the variables and what to do', async () => {
    const result = await of(file(0o644));
    expect(result.message).toBe(
      '/srv/wa/db.env (0644) may be read by every user of this host, and holds WA_DB_PASSWORD',
    );
    expect(result.findings[0]?.remedy).toContain('chmod 640 /srv/wa/db.env');
  });
  it('is unknown for one that cannot be looked at, and without an answer', async () => {
    expect(await of(file(null))).toMatchObject({ outcome: 'unknown', message: expect.stringContaining('denied') });
    expect((await judged(securityFileModes, { ...DEPLOYED, 'docker "files"': new Error('no') })).outcome).toBe(
      'unknown',
    );
  });
  it('is skipped where no file is known, and without a deployment', async () => {
    expect((await of()).outcome).toBe('skip');
    expect((await judged(securityFileModes, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});

describe('security.docker-api', () => {
  const warning = (at: string, protocol = 'http', what = 'encryption') =>
    `WARNING: API is accessible on ${protocol}://${at} without ${what}.\n         Access to the remote API is equivalent to root.`;
  const listener = (port: number, address: string, program: string | null) => ({
    port,
    address,
    pid: program && 9,
    program,
  });
  const of = (
    {
      warnings = [],
      listeners = [],
      release = '28.5.2',
    }: { warnings?: readonly string[]; listeners?: readonly Json[]; release?: string },
    over: Record<string, Json> = {},
  ) =>
    judged(securityDockerApi, {
      ...DEPLOYED,
      'docker "engine"': engine(over),
      'docker "info"': info({ warnings: [...warnings] }),
      'docker "version"': version({ version: release }),
      'system "listeners"': { listeners: [...listeners] },
    });

  it('passes for an Engine on its socket', async () => {
    expect((await of({})).outcome).toBe('pass');
    expect((await of({ warnings: ['WARNING: No swap limit support'] })).outcome).toBe('pass');
  });
  it.each([
    ['0.0.0.0:2375', 'http', 'encryption', 'fail'],
    ['[::]:2375', 'http', 'encryption', 'fail'],
    ['10.0.0.5:4243', 'http', 'encryption', 'fail'],
    ['0.0.0.0:2376', 'https', 'TLS client verification', 'fail'],
    ['127.0.0.1:2375', 'http', 'encryption', 'warn'],
    ['[::1]:2375', 'http', 'encryption', 'warn'],
  ])("by the Engine's own words, %s over %s without %s: %s", async (at, protocol, what, outcome) => {
    const result = await of({ warnings: [warning(at, protocol, what)] });
    expect(result).toMatchObject({ outcome, message: expect.stringContaining(at) });
  });
  it('reads the words of newer Engines, and those of one on another machine', async () => {
    const newer = `[DEPRECATION NOTICE]: ${warning('0.0.0.0:2375').slice(9)}`;
    expect((await of({ warnings: [newer] })).outcome).toBe('fail');
    expect((await of({ warnings: [warning('0.0.0.0:2375')] }, { local: false })).outcome).toBe('fail');
  });
  it.each([
    [2376, '0.0.0.0', 'dockerd', '28.5.2', 'pass'],
    [2376, '0.0.0.0', 'dockerd', '18.06.3-ce', 'pass'],
    [2375, '0.0.0.0', 'dockerd', '28.5.2', 'pass'],
    [2375, '0.0.0.0', 'dockerd', '19.03.1', 'pass'],
    [2375, '0.0.0.0', 'dockerd', '18.09.9', 'fail'],
    [2375, '127.0.0.1', 'dockerd', '18.09.9', 'warn'],
    [2375, '0.0.0.0', null, '28.5.2', 'pass'],
    [2375, '0.0.0.0', null, '18.09.9', 'warn'],
    [2375, '0.0.0.0', 'docker-proxy', '28.5.2', 'warn'],
    [2375, '127.0.0.1', 'docker-proxy', '28.5.2', 'pass'],
    [2375, '0.0.0.0', 'nginx', '18.09.9', 'pass'],
    [2377, '0.0.0.0', 'dockerd', '18.09.9', 'pass'],
  ])('port %i at %s held by %s, Engine %s: %s', async (port, address, program, release, outcome) => {
    expect((await of({ listeners: [listener(port, address, program)], release })).outcome).toBe(outcome);
  });
  it('does not take what listens here for the Engine of another machine', async () => {
    const listeners = [listener(2375, '0.0.0.0', 'dockerd')];
    expect((await of({ listeners, release: '18.09.9' }, { local: false })).outcome).toBe('pass');
  });
  it('says each port once', async () => {
    const result = await of({
      warnings: [warning('0.0.0.0:2375')],
      listeners: [listener(2375, '0.0.0.0', 'dockerd'), listener(2375, '::', 'dockerd')],
    });
    expect(result.findings).toHaveLength(1);
    expect(saying(result)).toContain('whoever reaches it is root of this host');
  });
  it('is skipped without an Engine or a deployment, and unknown without an answer', async () => {
    expect((await of({}, { state: 'absent' })).outcome).toBe('skip');
    expect((await judged(securityDockerApi, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
    expect((await judged(securityDockerApi, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
  });
});
