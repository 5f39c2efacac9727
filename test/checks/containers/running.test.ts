import { describe, expect, it } from 'vitest';
import { containersRunning } from '../../../checks/containers/running.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { coreapp, deployed, described, ended, NOTHING, RUNNING, told, webapp, withVariable } from './answers.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const from = (answer: Json | Error) =>
  judged(containersRunning, { 'docker "deployment"': answer, 'system "now"': { epochMs: NOW } });
const of = (...containers: readonly DeployedContainer[]) => from(deployed(...containers));
const hoursAgo = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();

describe('containers.running', () => {
  it('passes where Coreapp and Webapp run', async () => {
    expect(saying(await of(coreapp(), webapp()))).toBe('pass\nRunning: Coreapp wacore, Webapp waweb');
  });
  it.each([
    [ended(1), 'exit code 1: most often it could not use its database'],
    [ended(137, { oomKilled: true }), 'the kernel killed it for want of memory'],
    [ended(137), 'it was killed: by someone'],
    [ended(139), 'it crashed (invalid memory access)'],
    [ended(0), 'does not run (exited, exit code 0)'],
    [ended(77), 'does not run (exited, exit code 77)'],
    [{ ...RUNNING, status: 'paused' }, 'is paused'],
    [{ ...RUNNING, status: 'dead', exitCode: 1 }, 'does not run (dead'],
    [{ ...RUNNING, status: 'created', startedAt: null, error: 'port is taken' }, 'Docker says: port is taken'],
    [{ ...RUNNING, status: 'restarting', restartCount: 9, exitCode: 1 }, 'again and again (9 times'],
  ])('fails for a Coreapp in the state %j', async (state, words) => {
    const result = await of(coreapp({ state }), webapp());
    expect(result.outcome).toBe('fail');
    expect(saying(result)).toContain(words);
  });
  it('bounds what Docker says of an error', async () => {
    const result = await of(coreapp({ state: ended(128, { error: 'x'.repeat(5000) }) }), webapp());
    expect(result.message.length).toBeLessThan(400);
  });
  it.each([
    [0, 1, 'pass'],
    [1, 23.9, 'warn'],
    [2, 1, 'warn'],
    [3, 23.9, 'fail'],
    [3, 24.1, 'pass'],
    [40, 700, 'pass'],
  ])('%i restarts, up for %s h: %s', async (restartCount, hours, outcome) => {
    const state = { ...RUNNING, restartCount, startedAt: hoursAgo(hours) };
    expect((await of(coreapp({ state }), webapp())).outcome).toBe(outcome);
  });
  it('warns of a process that the kernel killed in a container that runs on', async () => {
    expect((await of(coreapp({ state: { ...RUNNING, oomKilled: true } }), webapp())).outcome).toBe('warn');
  });

  describe('what a stopped container means', () => {
    it('is left over where another of its service runs', async () => {
      const old = coreapp({ name: 'old', state: ended(1), compose: coreapp().compose });
      const result = await of(coreapp(), webapp(), old);
      expect(saying(result)).toContain('Left over from before, stopped: old');
      expect(result.outcome).toBe('pass');
    });
    it('is left over where its whole project is stopped, and another works', async () => {
      const compose = { project: 'before', service: 'wacore', folder: null, files: [] };
      const old = coreapp({ name: 'old', state: ended(0), compose });
      expect((await of(coreapp(), webapp(), old)).outcome).toBe('pass');
    });
    it('is left over where one that was started by hand is followed by another of its kind', async () => {
      const result = await of(
        coreapp({ compose: null }),
        webapp({ compose: null }),
        coreapp({ name: 'old', compose: null, state: ended(1) }),
      );
      expect(result.outcome).toBe('pass');
    });
    it('is a member that is down where a cluster calls it by a name of its own', async () => {
      const member = (name: string, state = RUNNING) =>
        coreapp({
          name,
          compose: null,
          state,
          variables: [...coreapp().variables, told('WA_APP_MULTICONNECT', '1'), told('COREAPP_HOSTNAME', name)],
        });
      const result = await of(member('wacore1'), member('wacore2', ended(139)), webapp({ compose: null }));
      expect(saying(result)).toContain('Coreapp wacore2 does not run');
    });
    it('is the newest where nothing of its service runs', async () => {
      const older = coreapp({ name: 'older', state: ended(1, { finishedAt: '2026-01-01T00:00:00Z' }) });
      const newer = coreapp({ name: 'newer', state: ended(1) });
      const same = { compose: coreapp().compose };
      const result = await of({ ...older, ...same }, { ...newer, ...same }, webapp());
      expect(result.findings.filter(({ outcome }) => outcome === 'fail').map(({ subject }) => subject)).toEqual([
        'newer',
      ]);
    });
    it('is no fault of an upgrade that has ended, and a warning for one that fails again and again', async () => {
      const upgrade = (state: typeof RUNNING) => coreapp({ name: 'dbupgrade', role: 'upgrade', state });
      expect((await of(coreapp(), webapp(), upgrade(ended(0)))).outcome).toBe('pass');
      expect((await of(coreapp(), webapp(), upgrade(ended(1)))).outcome).toBe('pass');
      expect((await of(coreapp(), webapp(), upgrade({ ...RUNNING, status: 'restarting' }))).outcome).toBe('warn');
    });
  });

  describe('what has to be there', () => {
    it('is a Coreapp and a Webapp', async () => {
      expect(saying(await of(webapp()))).toContain('There is no Coreapp container');
      expect(saying(await of(coreapp()))).toContain('There is no Webapp container');
    });
    it('may be on another host, where the one here names it or serves it', async () => {
      const away = withVariable(webapp(), 'WACORE_HOSTNAME', told('WACORE_HOSTNAME', 'core-1.internal'));
      expect((await of(away)).outcome).toBe('pass');
      const ports = [{ container: 6250, protocol: 'tcp', host: 6250, address: '10.0.0.1' }];
      expect((await of(coreapp({ ports }))).outcome).toBe('pass');
    });
    it('is one plain Coreapp for a database', async () => {
      const result = await of(coreapp(), coreapp({ name: 'wacore2' }), webapp());
      expect(result).toMatchObject({ outcome: 'fail', message: expect.stringContaining('temporary ban') });
      const other = withVariable(coreapp({ name: 'wacore2' }), 'WA_DB_NAME_PREFIX', told('WA_DB_NAME_PREFIX', 'b_'));
      expect((await of(coreapp(), other, webapp())).outcome).toBe('pass');
    });
    it('may be one in each network that has a database of its own, by the name that all files use', async () => {
      const db = told('WA_DB_HOSTNAME', 'db');
      const at = (name: string, network: string) =>
        withVariable(
          coreapp({ name, networks: [{ name: network, aliases: [name], addresses: [] }] }),
          'WA_DB_HOSTNAME',
          db,
        );
      const server = (name: string, ...networks: readonly string[]) => ({
        ...coreapp({ name, networks: networks.map((network) => ({ name: network, aliases: ['db'], addresses: [] })) }),
        role: 'database' as const,
      });
      const apart = [at('a-core', 'a_default'), at('b-core', 'b_default'), webapp()];
      expect((await of(...apart)).outcome).toBe('pass');
      expect((await of(...apart, server('a-db', 'a_default'), server('b-db', 'b_default'))).outcome).toBe('pass');
      const shared = await of(...apart, server('one-db', 'a_default', 'b_default'));
      expect(shared.message).toContain('temporary ban');
      expect((await of(at('a-core', 'a_default'), at('b-core', 'a_default'), webapp())).outcome).toBe('fail');
    });
  });

  it('is unknown for a container that the Engine would not tell of, and for a deployment that was not told', async () => {
    const answer = { ...(deployed(coreapp(), webapp()) as object), notInspected: [{ name: 'wacore2', why: 'gone' }] };
    expect((await from(answer as Json)).outcome).toBe('unknown');
    expect((await from(new Error('no answer'))).outcome).toBe('unknown');
  });
  it('is skipped for a file, and without a deployment', async () => {
    expect(saying(await from(described(coreapp(), webapp())))).toContain('Judged from a file');
    expect((await from(NOTHING)).outcome).toBe('skip');
  });
});
