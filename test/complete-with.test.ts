import { describe, expect, it } from 'vitest';
import { lacking } from '../src/complete.ts';
import { completeWith } from '../src/complete-with.ts';
import { finishedReport, runningReport } from './support/sample-report.ts';

const PLANNED = Object.fromEntries(
  finishedReport().checks.map(({ id, level, phase, source }) => [id, { level, phase, ...(source && { source }) }]),
);

describe('completeWith', () => {
  it('gives every planned check a result, the lost ones unknown, in the order of the plan', () => {
    const report = completeWith(runningReport(), PLANNED, 'the run was stopped.', { by: 'SIGTERM', exitCode: 143 });
    expect(lacking(report)).toEqual([]);
    expect(report.checks.map(({ id }) => id)).toEqual(report.run.planned);
    expect(report.pending).toEqual([]);
    const lost = report.checks.filter(({ reason }) => reason === 'cancelled');
    expect(lost.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['disk.write-latency', 'unknown'],
      ['docker.engine', 'unknown'],
      ['docker.version', 'unknown'],
      ['database.connect', 'unknown'],
      ['database.latency', 'unknown'],
    ]);
    expect(report.summary.unknown).toBe(5);
    expect(report.run).toMatchObject({ interrupted: 'SIGTERM', exitCode: 143, outcome: 'not-ready' });
  });

  it('proves nothing where a lost check was required, or where nothing is known of it', () => {
    const { checks, ...rest } = runningReport();
    const good = { ...rest, checks: checks.map((result) => ({ ...result, outcome: 'pass' as const })) };
    for (const planned of [PLANNED, {}]) {
      const { run } = completeWith(good, planned, 'the measuring process ended.', {
        by: 'the end of the measuring process',
      });
      expect([run.outcome, run.exitCode]).toEqual(['not-proven', 3]);
    }
  });

  it('leaves a complete report as it is', () => {
    const report = finishedReport();
    expect(completeWith(report, PLANNED, 'late', { by: 'SIGINT', exitCode: 130 })).toBe(report);
  });
});
