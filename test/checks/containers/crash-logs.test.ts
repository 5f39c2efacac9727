import { describe, expect, it } from 'vitest';
import { containersCrashLogs } from '../../../checks/containers/crash-logs.ts';
import type { Json } from '../../../src/model.ts';
import { installed } from '../../support/hosts.ts';
import { judged, saying } from '../../support/judged.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const DAY = 86_400_000;
const file = (days: number | null, path = '/usr/local/waent/logs/wa-service-1-crash.log'): Json => ({
  path,
  bytes: days === null ? null : 42_000,
  modifiedAt: days === null ? null : new Date(NOW - days * DAY).toISOString(),
});
const deployment = () => {
  const entry = installed.evidence['docker "deployment"'];
  return (entry && 'value' in entry ? entry.value : null) as { containers: { role: string }[] };
};
const of = (files: readonly Json[], over: Record<string, Json> = {}) =>
  judged(containersCrashLogs, {
    'docker "deployment"': deployment() as unknown as Json,
    'docker "crash-logs"': {
      containers: [{ id: 'a', name: 'wacore', skipped: null, how: 'folder', files, cut: false, ...over }],
    },
    'system "now"': { epochMs: NOW },
  });

describe('containers.crash-logs', () => {
  it('passes without any, and says what was not seen', async () => {
    expect(saying(await of([]))).toBe('pass\nwacore has no crash log and no core dump');
    expect(saying(await of([], { how: 'changes' }))).toContain('a mounted volume is not looked into');
  });
  it.each([
    [0, 'fail'],
    [7, 'fail'],
    [7.00001, 'warn'],
    [900, 'warn'],
    [null, 'warn'],
  ])('is judged by the age of the newest: %s days is %s', async (days, outcome) => {
    const result = await of([file(900), file(days), file(null)]);
    expect(result.outcome).toBe(outcome);
    expect(result.findings[0]?.remedy).toContain('docker cp wacore:');
  });
  it('names the newest, and how many there are', async () => {
    const { message, measured } = await of([file(3, '/core.1'), file(2, '/core.2')], { cut: true });
    expect(message).toContain('2 and more, the newest of 2026-11-20 /core.2, 42 kB');
    expect(measured).toMatchObject({ value: 2, display: '2 files' });
  });
  it('cannot tell of a container that was not looked into, nor without an answer', async () => {
    expect((await of([], { skipped: 'gone', how: null })).outcome).toBe('unknown');
    const answers = { 'docker "deployment"': deployment() as unknown as Json, 'docker "crash-logs"': new Error('no') };
    expect((await judged(containersCrashLogs, { ...answers, 'system "now"': { epochMs: NOW } })).outcome).toBe(
      'unknown',
    );
  });
  it('is skip where there is no Coreapp', async () => {
    const { containers, ...rest } = deployment();
    const webapps = { ...rest, containers: containers.filter(({ role }) => role === 'webapp') } as unknown as Json;
    expect((await judged(containersCrashLogs, { 'docker "deployment"': webapps })).outcome).toBe('skip');
  });
});
