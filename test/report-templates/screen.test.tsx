import { cleanup, render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import type { Action } from '../../report-templates/screen/action.ts';
import { Screen } from '../../report-templates/screen/app.ts';
import { frameOf } from '../../report-templates/screen/frame.ts';
import { press } from '../../report-templates/screen/keys.ts';
import { plain } from '../../report-templates/screen/line.ts';
import { NO_LOGINS } from '../../report-templates/screen/login-parts.ts';
import { FRESH, type ScreenState, type Shown } from '../../report-templates/screen/state.ts';
import type { Report, Result } from '../../src/model.ts';
import { finishedReport, REASONS, runningReport } from '../support/sample-report.ts';

afterEach(cleanup);

const NOW = Date.parse('2026-11-22T07:02:34Z');
const shownAt = (report: Report, columns: number, rows: number, ascii = false): Shown => ({
  report,
  reasons: REASONS,
  ascii,
  columns,
  rows,
  tick: 0,
  still: false,
  now: NOW,
  notice: null,
  refused: null,
  logins: NO_LOGINS,
});
const frame = (report: Report, columns: number, rows: number, state: Partial<ScreenState> = {}, ascii = false) =>
  frameOf(shownAt(report, columns, rows, ascii), { ...FRESH, ...state }).map(plain);
const text = (...asked: Parameters<typeof frame>) =>
  `${frame(...asked)
    .map((line) => line.trimEnd())
    .join('\n')}\n`;

const SIZES = [
  ['80x24', 80, 24],
  ['120x40', 120, 40],
  ['50x20', 50, 20],
] as const;
const DETAIL = { focus: 'detail', selected: 'disk.write-latency' } as const;

/** Every layout's edges, and widths between them. */
const WIDTHS = [1, 2, 7, 19, 20, 31, 39, 40, 41, 47, 53, 59, 60, 66, 79, 80, 97, 109, 110, 120, 143, 167, 200];

describe('frames', () => {
  it.each(SIZES)('at %s, running, finished and in detail, are as they were looked at', async (size, columns, rows) => {
    const shots = [
      text(runningReport(), columns, rows),
      text(finishedReport(), columns, rows),
      text(finishedReport(), columns, rows, DETAIL),
    ];
    await expect(shots.join('\n')).toMatchFileSnapshot(`frames/${size}.txt`);
  });

  it('of help, stopping, saving and an empty filter are as they were looked at', async () => {
    const shots = [
      text(finishedReport(), 80, 24, { overlay: 'help' }),
      text(runningReport(), 80, 24, { overlay: 'stop' }),
      text(finishedReport(), 50, 20, { overlay: 'save', input: 'report.md' }),
      text(finishedReport(), 80, 12, { filter: 'dokcer' }),
      text(finishedReport(), 30, 8),
      text(finishedReport(), 80, 24, {}, true),
    ];
    await expect(shots.join('\n')).toMatchFileSnapshot('frames/pages.txt');
  });

  const states: readonly Partial<ScreenState>[] = [
    {},
    DETAIL,
    { overlay: 'help' },
    { overlay: 'stop' },
    { overlay: 'save', input: 'x'.repeat(300) },
    { overlay: 'copied', input: 'word '.repeat(80) },
    { overlay: 'filter', filter: 'หน่วยความจำ'.repeat(9) },
    { filter: 'nothing like that' },
    { hint: 'a hint that is long '.repeat(20) },
  ];
  const wide = finishedReport({
    checks: finishedReport().checks.map((result) => ({
      ...result,
      title: `หน่วยความจำ ${result.title} 記憶體 👩‍👩‍👧`,
      message: 'คำเตือน '.repeat(30),
    })),
  });

  it('are never wider or higher than the terminal, and say the end of the product first, from 1 to 200 columns', () => {
    for (const report of [finishedReport(), runningReport(), wide])
      for (const columns of WIDTHS)
        for (const rows of [1, 9, 10, 24])
          for (const state of states) {
            const lines = frame(report, columns, rows, state);
            const where = `${columns}x${rows} ${JSON.stringify(state).slice(0, 60)}`;
            expect(lines.length, where).toBe(rows);
            expect(Math.max(...lines.map((line) => stringWidth(line))), where).toBeLessThanOrEqual(columns);
            if (columns >= 20) expect(lines[0], where).toContain('ended 2025-10-23');
          }
  });

  it('mark whatever is cut', () => {
    const long = finishedReport({
      checks: finishedReport().checks.map((result) => ({
        ...result,
        title: `${result.title} ${'of a long name '.repeat(9)}`,
      })),
    });
    expect(text(long, 80, 24)).toContain('Memory of a long name of a lo');
    expect(text(long, 80, 24)).toContain('…');
  });

  it('lack no check: the list is scrolled to every one, in every layout', () => {
    for (const [, columns] of SIZES)
      for (const report of [finishedReport(), runningReport()])
        for (const { id, title } of [...report.checks, ...report.pending]) {
          const row = frame(report, columns, 10, { selected: id }).find((line) => line.startsWith('❯'));
          expect(row?.slice(4)).toContain(title.slice(0, 10));
        }
  });

  it('say how many checks stand below the list', () => {
    const count = finishedReport().checks.length;
    const low = frame(finishedReport(), 50, 10);
    expect(low.at(-2)).toContain(`── ${count - 6} more ↓ ─`);
    expect(
      frame(finishedReport(), 50, 10, { selected: finishedReport().checks.at(-1)?.id ?? '' }).at(-2),
    ).not.toContain('─ more');
    expect(text(finishedReport(), 120, 40)).not.toContain('more ↓ ─');
    expect(text(finishedReport(), 50, 10, DETAIL)).not.toContain('more ↓ ─');
  });

  it('propose a file name for a host whose name has no plain letters, and offer a refused one again', () => {
    const report = finishedReport();
    const thai = {
      ...shownAt({ ...report, host: { ...report.host, name: 'เซิร์ฟเวอร์-น้ำ' } }, 80, 24),
      notice: 'x.md is there already',
    };
    expect(press(FRESH, { text: 's' }, thai).state.input).toMatch(/^wa-preflight_host_\d+T\d+Z\.json$/);
    expect(press(FRESH, { text: 's' }, { ...thai, refused: 'x.md' }).state).toMatchObject({
      input: 'x.md',
      hint: thai.notice,
    });
  });

  it('in ASCII hold nothing else', () => {
    expect(text(finishedReport(), 80, 70, DETAIL, true)).toMatch(/<= 10 ms \|#/);
    for (const state of states.filter(({ filter }) => !filter))
      expect(text(finishedReport(), 100, 40, state, true)).toMatch(/^[\n -~]*$/);
    expect(text(runningReport(), 100, 40, {}, true)).toMatch(/^[\n -~]*$/);
  });

  it('show problems first when finished: fail, unknown, warn, then waived', () => {
    const shown = text(finishedReport(), 80, 24);
    const order = [
      'PROBLEMS  5',
      '✖ Memory',
      '✖ Write',
      '? Docker Engine',
      '▲ Product',
      'WAIVED  1',
      '◇ Capacity',
      'HOST',
    ];
    const places = order.map((words) => shown.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it('draw the histogram with its limit, the percentiles and the strip', () => {
    const shown = text(finishedReport(), 80, 70, DETAIL);
    expect(shown).toMatch(/≤ 10 ms ┤█/);
    expect(shown).toMatch(/≤ 25 ms ┤▓+ .*over the limit/);
    expect(shown).toMatch(/p99 of each round: 16\.9 ms, 18\.4 ms, 21\.2 ms/);
    expect(shown).toMatch(/12 of 68\s+reach above the limit/);
    const order = ['measured  ', 'required  ', 'what to do', 'percentiles', 'why it matters', 'evidence', 'source'];
    const places = order.map((words) => shown.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

/** The only escapes that the screen itself writes into a frame. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

describe('the screen', () => {
  const pause = () => new Promise((done) => setTimeout(done, 30));
  const open = (report: Report, notice: string | null = null) => {
    const actions: Action[] = [];
    const options = { ascii: false, color: true };
    const screen = render(
      <Screen
        report={report}
        reasons={REASONS}
        options={options}
        notice={notice}
        refused={null}
        logins={NO_LOGINS}
        clock={() => NOW}
        onAction={(action) => actions.push(action)}
      />,
    );
    const frameNow = () => (screen.lastFrame() ?? '').replace(COLOURS, '');
    const press = async (keys: string) => {
      screen.stdin.write(keys);
      await pause();
      return frameNow();
    };
    return { actions, press, frame: frameNow };
  };

  it('moves, opens, goes back, and finds the next problem', async () => {
    const { press } = open(finishedReport());
    await pause();
    expect(await press('j')).toMatch(/❯ ✖ Write latency/);
    expect(await press('\r')).toMatch(/problem 2 of 5/);
    expect(await press('n')).toMatch(/not checked.*Docker Engine/);
    expect(await press('p')).toMatch(/problem 2 of 5/);
    expect(await press('q')).toMatch(/problem 2 of 5/);
  });

  it('asks for what keys mean and nothing else', async () => {
    const { actions, press } = open(finishedReport());
    await pause();
    await press('123456789wbLex');
    expect(actions).toEqual([]);
    await press('r');
    await press('R');
    await press('y');
    await press('\r');
    await press('q');
    expect(actions).toEqual([
      { kind: 'rerun', ids: ['host.memory'] },
      { kind: 'rerun', ids: ['host.memory', 'disk.write-latency', 'docker.engine'] },
      { kind: 'copy', text: 'Add memory, or move to a larger machine.' },
      { kind: 'quit' },
    ]);
  });

  it('asks before it stops a run; Ctrl-C does not ask', async () => {
    const { actions, press } = open(runningReport());
    await pause();
    await press('r');
    await press('c');
    expect(await press('q')).toContain('Stop the run?');
    expect(actions).toEqual([{ kind: 'cancel', id: 'disk.write-latency' }]);
    await press('s');
    await press('\u0003');
    expect(actions.slice(1)).toEqual([{ kind: 'stop', keep: true }, { kind: 'interrupt' }]);
  });

  it('saves under a name with a known ending only', async () => {
    const { actions, press } = open(finishedReport());
    await pause();
    expect(await press('s')).toContain('wa-preflight_core-1_20261122T070211Z.json');
    expect(await press('\u0015/tmp/report.pdf\r')).toContain('ends in .json, .md or .txt');
    await press('\u0015/tmp/report.md\r');
    expect(actions).toEqual([{ kind: 'save', path: '/tmp/report.md' }]);
  });

  it('filters as it is typed, and says when nothing matches', async () => {
    const { press } = open(finishedReport());
    await pause();
    expect(await press('/mem')).not.toContain('Kernel');
    expect(await press('zz')).toContain('No check matches "memzz"');
    expect(await press('\u001b')).toContain('filter');
  });

  it('lets no escape sequence of foreign text out', async () => {
    const hostile = '\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u202eevil\u001b]0;title\u0007\ttab\nline';
    const evil = finishedReport({
      host: { ...finishedReport().host, name: hostile },
      checks: finishedReport().checks.map(
        (result): Result => ({
          ...result,
          title: hostile,
          message: hostile,
          findings: [{ outcome: result.outcome, subject: hostile, message: hostile, remedy: hostile, link: hostile }],
          measured: { value: hostile, display: hostile, [hostile]: { [hostile]: [hostile] } },
        }),
      ),
    });
    const { press, frame: last } = open(evil, hostile);
    await pause();
    for (const shown of [
      last(),
      await press('\r'),
      await press('y'),
      await press('\u001b'),
      await press(`s${hostile}`),
    ]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(shown).toContain('x1b');
    }
  });
});
