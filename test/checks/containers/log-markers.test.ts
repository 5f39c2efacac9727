import { describe, expect, it } from 'vitest';
import { containersLogMarkers } from '../../../checks/containers/log-markers.ts';
import { MARKERS } from '../../../src/facts/log-markers.ts';
import type { Json } from '../../../src/model.ts';
import { installed } from '../../support/hosts.ts';
import { judged, saying } from '../../support/judged.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const at = (minutesAgo: number) => new Date(NOW - minutesAgo * 60_000).toISOString();

type Mark = {
  readonly marker: string;
  readonly first?: string | null;
  readonly last?: string | null;
  readonly count?: number;
};

const log = (name: string, markers: readonly Mark[], over: Record<string, Json> = {}): Json => ({
  ...{ id: name, name, role: 'coreapp', skipped: null, notKept: false, size: null, read: 10, lines: 7, cut: null },
  ...{ from: at(170), until: at(1) },
  markers: markers.map((one) => ({ count: 1, first: at(10), last: at(10), newest: ['the line'], ...one })),
  ...over,
});

const deployment = () => {
  const entry = installed.evidence['docker "deployment"'];
  return entry && 'value' in entry ? entry.value : null;
};
const of = (containers: readonly Json[], more: Record<string, Json> = {}) =>
  judged(containersLogMarkers, {
    'docker "deployment"': deployment(),
    'docker "logs"': { window: 10_800_000, notAsked: 0, containers, ...more },
    'system "now"': { epochMs: NOW },
  });

describe('containers.log-markers', () => {
  it('passes where nothing is found', async () => {
    expect(saying(await of([log('wacore', []), log('waweb', [])]))).toBe(
      'pass\nNo known sign of trouble in the 14 lines that wacore, waweb wrote within 3 hours',
    );
  });

  it.each(MARKERS.map(({ name, severity }) => [name, severity] as const))(
    '%s is %s, and its remedy is told',
    async (marker, severity) => {
      const result = await of([log('wacore', [{ marker }])]);
      expect(result.outcome).toBe({ fatal: 'fail', trouble: 'warn', passing: 'pass' }[severity]);
      if (severity !== 'passing') expect(result.findings[0]?.remedy).toMatch(/\.$/);
    },
  );

  it.each([
    [30, 'fail'],
    [30.001, 'warn'],
    [179, 'warn'],
  ])('a fatal sign of %s minutes ago is %s', async (minutes, outcome) => {
    expect((await of([log('wacore', [{ marker: 'disk-full', last: at(minutes) }])])).outcome).toBe(outcome);
  });
  it('a fatal sign without a time is a recent one', async () => {
    expect((await of([log('wacore', [{ marker: 'disk-full', first: null, last: null }])])).outcome).toBe('fail');
  });

  it.each([
    [7, 'pass'],
    [7.001, 'warn'],
  ])('a passing sign that lasts %s minutes is %s', async (minutes, outcome) => {
    expect((await of([log('wacore', [{ marker: 'not-ready', first: at(10 + minutes), last: at(10) }])])).outcome).toBe(
      outcome,
    );
  });

  it('tells one trouble once, wherever it is seen', async () => {
    const marks = [
      log('wacore', [{ marker: 'sql-gone', count: 3, first: at(50) }]),
      log('waweb', [{ marker: 'sql-gone', last: at(2) }]),
    ];
    const result = await of(marks);
    expect(saying(result)).toBe(
      'warn\nThe database went away: 3 lines of wacore, 1 line of waweb, from 2026-11-22T11:10:00Z to 2026-11-22T11:58:00Z; as a rule the database was restarted, is out of reach, or closes idle connections first',
    );
    expect(result.measured).toMatchObject({ value: 4, display: '4 of 14 lines' });
  });

  it('is skip for a log that nobody keeps, and unknown for one that could not be read', async () => {
    const kept = log('waweb', []);
    expect((await of([kept, log('wacore', [], { skipped: '501', notKept: true })])).outcome).toBe('skip');
    expect((await of([kept, log('wacore', [], { skipped: 'it did not answer' })])).outcome).toBe('unknown');
    expect((await of([kept, log('wacore', [], { cut: 'newer' })])).outcome).toBe('unknown');
    expect((await of([kept, log('wacore', [], { cut: 'older' })])).outcome).toBe('pass');
    expect((await of([])).outcome).toBe('unknown');
  });

  it('is skip without a deployment, and of a Compose file', async () => {
    const without = (over: Record<string, Json>) =>
      judged(containersLogMarkers, {
        'docker "deployment"': { ...(deployment() as Record<string, Json>), ...over },
        'docker "engine"': {
          endpoint: 'x',
          from: 'default',
          local: true,
          state: 'absent',
          detail: null,
          product: null,
        },
      });
    expect((await without({ nothing: 'no container of the client was found', containers: [] })).outcome).toBe('skip');
    expect((await without({ from: 'compose-file' })).outcome).toBe('skip');
  });

  it('cannot tell without an answer', async () => {
    const refused = {
      'docker "deployment"': deployment(),
      'docker "logs"': new Error('silent'),
      'system "now"': { epochMs: NOW },
    };
    expect((await judged(containersLogMarkers, refused)).outcome).toBe('unknown');
  });
});
