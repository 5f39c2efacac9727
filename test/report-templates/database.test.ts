import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { write } from '../../report-templates/plain.ts';
import { frameOf } from '../../report-templates/screen/frame.ts';
import { plain } from '../../report-templates/screen/line.ts';
import { NO_LOGINS } from '../../report-templates/screen/login-parts.ts';
import { FRESH } from '../../report-templates/screen/state.ts';
import type { Json, Measured, Report, Result } from '../../src/model.ts';
import { deniedConnect, sampleConnect, sampleLatency } from '../support/sample-database.ts';
import { finishedReport, REASONS } from '../support/sample-report.ts';

const changed = (id: string, change: Partial<Result>): Report =>
  finishedReport({
    checks: finishedReport().checks.map((result) => (result.id === id ? { ...result, ...change } : result)),
  });
const measuring = (id: string, measured: Measured, change: Partial<Result> = {}) =>
  changed(id, { measured, ...change });

const page = (report: Report, selected: string, columns: number, rows: number, ascii = false): string => {
  const shown = {
    ...{ report, reasons: REASONS, ascii, columns, rows, tick: 0, still: true, now: 0 },
    ...{ notice: null, refused: null, logins: NO_LOGINS },
  };
  const lines = frameOf(shown, { ...FRESH, focus: 'detail', selected });
  return `${lines.map((line) => plain(line).trimEnd()).join('\n')}\n`;
};

const CLIENT: Json = {
  skipped: null,
  container: 'wacore-1',
  addresses: ['10.20.0.15'],
  steps: [
    { step: 'dns', ms: 0.5 },
    { step: 'tcp', ms: 3.1 },
  ],
  failed: null,
};

describe('the detail pages of the database', () => {
  it('are as they were looked at', async () => {
    const denied = measuring('database.connect', { ...deniedConnect, network: CLIENT }, { outcome: 'fail' });
    const shots = [
      page(finishedReport(), 'database.latency', 80, 60),
      page(finishedReport(), 'database.latency', 50, 64),
      page(finishedReport(), 'database.connect', 80, 40),
      page(denied, 'database.connect', 80, 40),
      page(denied, 'database.connect', 50, 40),
      page(finishedReport(), 'database.latency', 120, 60, true),
    ];
    await expect(shots.join('\n')).toMatchFileSnapshot('frames/database.txt');
  });

  it('show the distribution with its limit, the spread of the judged figure and the share of the network', () => {
    const text = page(finishedReport(), 'database.latency', 80, 60);
    expect(text).toMatch(/≤ 4\.7 ms ┤█/);
    expect(text).toMatch(/≤ 5\.6 ms ┤█+ .*limit in here/);
    expect(text).toMatch(/≤ 8\.2 ms ┤▓+ .*over the limit/);
    for (const name of ['p50', 'p90', 'p95', 'p99', 'max']) expect(text).toMatch(new RegExp(`${name}\\s`));
    expect(text).toMatch(/0 ─+┃─*░+█?▓+.*░+─+ /);
    expect(text).toMatch(/in 8 rounds.*\n?.*with the tool's own/);
    expect(text).toMatch(/█+░+ {2}network 3 ms of 3\.2 ms, 93 %/);
    expect(text).toContain('method: SELECT 1');
    expect(text).toContain('Move the database into the same zone');
    expect(text).not.toContain('steps of the connection');
  });

  it('draw a spread that is all below the limit, and none where there is none', () => {
    const { interval: _none, ...without } = sampleLatency;
    expect(page(measuring('database.latency', without), 'database.latency', 80, 60)).not.toContain(
      'p95 and its spread',
    );
    const low = { ...sampleLatency, value: 0.4, interval: [0.38, 0.44], judged: { least: 0.26, most: 0.56 } };
    const text = page(measuring('database.latency', low), 'database.latency', 80, 60);
    expect(text).toMatch(/0 ─+░+▓*█▓*░+─+┃─+ 6\.3 ms/);
  });

  it('show each step of a connection with its time, and where it ended', () => {
    const whole = page(finishedReport(), 'database.connect', 80, 40);
    expect(whole).toMatch(/✔ name resolution +0\.41 ms\n ✔ TCP +2\.9 ms\n ✔ TLS +8\.8 ms\n/);
    expect(whole).toContain('connected to 10.20.0.15, 18.3 ms in all');
    expect(whole).toMatch(/✔ --db-env-file +\/opt\/wa\/db\.env/);
    const plainText = {
      ...sampleConnect,
      connect: {
        ...sampleConnect.connect,
        steps: sampleConnect.connect.steps.filter(({ step }) => step !== 'tls' && step !== 'dns'),
      },
    };
    const bare = page(measuring('database.connect', plainText), 'database.connect', 80, 40);
    expect(bare).toMatch(/· name resolution +not needed\n ✔ TCP +2\.9 ms\n · TLS +not used\n/);
    const denied = page(measuring('database.connect', deniedConnect, { outcome: 'fail' }), 'database.connect', 80, 40);
    expect(denied).toMatch(
      /✔ TLS +8\.8 ms {2}← came this far\n ✖ authentication +failed\n · the first query +not reached/,
    );
    expect(denied).toContain('tried 10.20.0.15');
  });

  it("set the client's network beside this host's", () => {
    const both = page(measuring('database.connect', { ...sampleConnect, network: CLIENT }), 'database.connect', 80, 40);
    expect(both).toMatch(/from here +the client\n ✔ name resolution +0\.41 ms +0\.5 ms\n ✔ TCP +2\.9 ms +3\.1 ms\n/);
    const skipped = { skipped: 'no client container runs', steps: [] };
    const alone = page(
      measuring('database.connect', { ...sampleConnect, network: skipped }),
      'database.connect',
      80,
      40,
    );
    expect(alone).not.toContain('the client\n');
  });

  it('survive what a saved report of another kind holds', () => {
    const odd: readonly Json[] = [
      null,
      7,
      'x',
      [],
      {},
      { steps: 'x' },
      { steps: [null, 7, { step: 7 }] },
      { p50: 'x', share: 3 },
    ];
    for (const value of odd) {
      const measured = { value: 1, display: '1', histogram: [{ le: 1, count: 2 }], interval: value, judged: value };
      const report = measuring('database.latency', {
        ...measured,
        network: value,
        connect: value,
        places: value,
      } as Measured);
      const lines = page(report, 'database.latency', 60, 40).split('\n');
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(60);
    }
  });
});

describe('verbose text', () => {
  it('tells places and steps as lines, one each', () => {
    const text = write(finishedReport(), { color: false, ascii: false, width: 100, verbose: true });
    expect(text).toContain('evidence  places: place --db-env-file, state used, detail /opt/wa/db.env\n');
    expect(text).toContain('evidence  places: place WA_DB_* variables, state not-needed\n');
    expect(text).toContain('evidence  connect.steps: step tcp, ms 2.9\n');
    expect(text).not.toMatch(/evidence .*[{}]/);
  });

  it('keeps a histogram on one line, with its last bin', () => {
    const text = write(finishedReport(), { color: false, ascii: false, width: 2000, verbose: true });
    expect(text).toMatch(/evidence {2}histogram: le 2\.7, count 0; le 3\.3, count \d+; .*; le none, count 0\n/);
  });
});
