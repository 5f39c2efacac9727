import { describe, expect, it } from 'vitest';
import { containersLogRotation } from '../../../checks/containers/log-rotation.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { engine, info } from '../docker/answers.ts';
import { coreapp, deployed, described, NOTHING, webapp } from './answers.ts';

type Log = DeployedContainer['log'];
const log = (over: Partial<Log> = {}): Log => ({
  driver: 'json-file',
  maxSize: null,
  maxFile: null,
  path: null,
  ...over,
});
const sizes = (size: number | null): Json => ({
  window: 0,
  notAsked: 0,
  containers: [
    {
      ...{ id: 'id-of-wacore', name: 'wacore', role: 'coreapp', skipped: null, notKept: false, size },
      ...{ read: 0, lines: 0, from: null, until: null, cut: null, markers: [] },
    },
  ],
});
const around = (daemon: string | null, size: number | null = null, over: Record<string, Json> = {}) => ({
  'docker "engine"': engine(over),
  'docker "info"': info(),
  'readFile "/etc/docker/daemon.json"': daemon,
  'docker "logs"': sizes(size),
});
const LIMIT = '{"log-opts":{"max-size":"50m"}}';
const of = (own: Log, daemon: string | null = null, size: number | null = null) =>
  judged(containersLogRotation, {
    'docker "deployment"': deployed(coreapp({ log: own }), webapp()),
    ...around(daemon, size),
  });
const inFile = (own: Log, daemon: string | null = null, over: Record<string, Json> = {}) =>
  judged(containersLogRotation, {
    'docker "deployment"': described(coreapp({ log: own }), webapp()),
    ...around(daemon, null, over),
  });

describe('containers.log-rotation', () => {
  it('passes where each has a limit, and asks the Engine nothing', async () => {
    const answers = { 'docker "deployment"': deployed(coreapp(), webapp()) };
    expect((await judged(containersLogRotation, answers)).outcome).toBe('pass');
  });
  it.each([null, '-1', '0', ''])('warns of a max-size of %s', async (maxSize) => {
    expect((await of(log({ maxSize }))).outcome).toBe('warn');
  });
  it('says how much the log holds by now, however much that is', async () => {
    const result = await of(log(), null, 61_000_000_000);
    expect(result).toMatchObject({ outcome: 'warn', message: expect.stringContaining('it holds 61 GB now') });
    expect((await of(log(), null, null)).message).not.toContain('holds');
  });
  it('does not take a limit of daemon.json for one of a container that is made already', async () => {
    const result = await of(log(), LIMIT);
    expect(result).toMatchObject({ outcome: 'warn', message: expect.stringContaining('came after it was made') });
    expect(result.findings.find(({ outcome }) => outcome === 'warn')?.remedy).toContain('--force-recreate');
  });
  it.each(['journald', 'local', 'awslogs'])('passes for %s', async (driver) => {
    expect((await of(log({ driver }))).outcome).toBe('pass');
  });
  it('is unknown for a driver that nobody knows, and for one that is not told', async () => {
    expect((await of(log({ driver: 'acme' }))).outcome).toBe('unknown');
    const silent = { ...around(null), 'docker "info"': info({ loggingDriver: null }) };
    const answers = { 'docker "deployment"': deployed(coreapp({ log: log({ driver: '' }) })), ...silent };
    expect((await judged(containersLogRotation, answers)).outcome).toBe('unknown');
  });

  describe('of a file', () => {
    it.each([
      ['sets none and the Engine does', log({ driver: '' }), LIMIT, 'pass'],
      ['names json-file and the Engine limits', log(), LIMIT, 'pass'],
      ['sets none and neither does the Engine', log({ driver: '' }), '{}', 'warn'],
      ['sets none and there is no daemon.json', log({ driver: '' }), null, 'warn'],
      ['sets its own', log({ maxSize: '10m' }), null, 'pass'],
    ])('that %s', async (_, own, daemon, outcome) => {
      expect((await inFile(own, daemon)).outcome).toBe(outcome);
    });
    it('warns where what the Engine sets is not known from here', async () => {
      const elsewhere = await inFile(log({ driver: '' }), LIMIT, { local: false });
      expect(elsewhere).toMatchObject({ outcome: 'warn', message: expect.stringContaining('is not known from here') });
      const none = await inFile(log({ driver: '' }), LIMIT, { state: 'absent' });
      expect(none.outcome).toBe('warn');
      expect(none.findings[0]?.remedy).toContain('/srv/wa/docker-compose.yml');
    });
  });

  it('is unknown for a daemon.json that cannot be read, and without an answer', async () => {
    expect((await of(log(), '{"log-opts":')).outcome).toBe('unknown');
    expect((await judged(containersLogRotation, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
  });
  it('judges the database too, and is skipped without a deployment', async () => {
    const answers = {
      'docker "deployment"': deployed(coreapp(), coreapp({ name: 'db', role: 'database', log: log() })),
    };
    expect(saying(await judged(containersLogRotation, { ...answers, ...around(null) }))).toContain('The log of db');
    expect((await judged(containersLogRotation, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
