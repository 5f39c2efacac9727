import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { wizardFrame } from '../../../report-templates/screen/bundle/frame.ts';
import { pressWizard } from '../../../report-templates/screen/bundle/keys.ts';
import type { BundleShown, Room } from '../../../report-templates/screen/bundle/shown.ts';
import { FRESH_WIZARD, type WizardState } from '../../../report-templates/screen/bundle/state.ts';
import { plain } from '../../../report-templates/screen/line.ts';
import type { Key } from '../../../report-templates/screen/overlay-keys.ts';
import { unread } from '../../../src/bundle/preview.ts';
import { madeBundle } from '../../support/told-bundle.ts';

const row = (
  part: BundleShown['chosen'][number],
  title: string,
  files: readonly string[],
): BundleShown['rows'][number] => ({
  ...{ part, title, contains: files.join(', '), raw: 38e6, redacted: 'phones, tokens', files },
});

const SHOWN: BundleShown = {
  ...{ phase: 'choosing', host: 'core-1', lifecycle: { status: 'ended', endedOn: '2025-10-23' }, fault: null },
  scope: { time: 'since', since: '3h', around: '', case: '3382-1177' },
  window: { since: 1_763_780_000_000, until: 1_763_790_800_000 },
  rows: [
    row('report', 'Preflight report', ['report.json', 'evidence.json']),
    row('coreapp-logs', 'Coreapp logs', ['app/coreapp/wacore-1/container.log']),
    row('compose', 'Compose and env files', ['compose/db.env']),
  ],
  ...{
    chosen: ['report', 'coreapp-logs', 'compose'],
    excluded: [],
    packed: 12.8e6,
    maxSize: 25e6,
    own: ['own.1  a word of 4 letters'],
  },
  previews: [
    {
      ...unread('report.json', 'read'),
      lines: Array.from({ length: 200 }, (_, at) => `line ${at} หน่วยความจำ ${'x'.repeat(at)}`),
      changes: Array.from({ length: 30 }, (_, at) => ({
        line: at,
        before: 'to=668•••••678',
        after: 'to=[phone-7f3kq2xy]',
        rules: ['personal.phone'],
      })),
      found: { 'personal.phone': { tier: 'personal', found: 30, labels: ['[phone-7f3kq2xy]'] } },
    },
    unread('compose/db.env', 'failed', 'permission denied'),
  ],
  ...{ progress: { step: 'collecting', file: 'app/coreapp/wacore-1/container.log', done: 3, of: 9, packed: 4e6 } },
  ...{ made: null, deleted: false, failure: null, notice: null },
};
const DONE: BundleShown = { ...SHOWN, phase: 'done', made: madeBundle() };
const FAILED = (kind: 'no-space' | 'secret-left' | 'cancelled' | 'other'): BundleShown => ({
  ...SHOWN,
  phase: 'failed',
  failure: { kind, message: 'so it is' },
});

const ROOM: Room = { columns: 80, rows: 24, ascii: false, tick: 0 };
const frame = (shown: BundleShown, state: Partial<WizardState> = {}, room: Partial<Room> = {}) =>
  wizardFrame(shown, { ...FRESH_WIZARD, ...state }, { ...ROOM, ...room }).map(plain);
const press = (keys: readonly Key[], shown = SHOWN, state: Partial<WizardState> = {}) =>
  keys.reduce(
    (before, key) => {
      const next = pressWizard(before.state, key, shown, ROOM);
      return { state: next.state, actions: [...before.actions, ...next.actions] };
    },
    { state: { ...FRESH_WIZARD, ...state }, actions: [] as readonly unknown[] },
  );
const key = (text: string): Key => ({ text });

const PAGES: readonly (readonly [BundleShown, Partial<WizardState>])[] = [
  [SHOWN, {}],
  [{ ...SHOWN, fault: { field: 'since', message: 'a time such as 3h is needed '.repeat(4) } }, {}],
  [SHOWN, { page: 'consent', row: 2 }],
  [{ ...SHOWN, chosen: [] }, { page: 'consent' }],
  [{ ...SHOWN, packed: 90e6, notice: 'a long notice '.repeat(20) }, { page: 'consent' }],
  [SHOWN, { page: 'preview' }],
  [SHOWN, { page: 'preview', file: 3 }],
  [SHOWN, { page: 'whole', scroll: 50 }],
  [SHOWN, { page: 'rule', input: 'ACME '.repeat(40) }],
  [{ ...SHOWN, phase: 'planning' }, {}],
  [{ ...SHOWN, phase: 'writing' }, {}],
  [DONE, {}],
  [{ ...DONE, deleted: true }, {}],
  ...(['help', 'copied', 'list', 'delete'] as const).map(
    (overlay) => [DONE, { overlay, input: 'text '.repeat(60) }] as const,
  ),
  ...(['no-space', 'secret-left', 'cancelled', 'other'] as const).map((kind) => [FAILED(kind), {}] as const),
];

describe('wizard frames', () => {
  it.each([1, 2, 19, 39, 40, 50, 59, 60, 80, 109, 110, 120, 200])(
    'fill %s columns and no more, in every height',
    (columns) => {
      for (const rows of [1, 2, 9, 10, 20, 24, 40])
        for (const ascii of [false, true])
          for (const [shown, state] of PAGES) {
            const lines = frame(shown, state, { columns, rows, ascii });
            expect(lines).toHaveLength(rows);
            for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
            // Thai text stays Thai, signs do not.
            if (ascii) expect(lines.join('')).not.toMatch(/[✔✖▲❯─│█░…•●○←→↑↓–]/);
          }
    },
  );

  it("say the product's end first on every page", () => {
    for (const [shown, state] of PAGES) expect(frame(shown, state)[0]).toMatch(/^▲ product ended 2025-10-23 {3}core-1/);
    expect(frame(SHOWN, {}, { columns: 30, rows: 8 })[0]).toContain('ended 2025-10-23');
  });

  it('tell the size against the limit, and in how many files it comes', () => {
    expect(frame(SHOWN, { page: 'consent' }).join('\n')).toContain('about 12.8 MB of 25 MB packed');
    expect(frame({ ...SHOWN, packed: 90e6 }, { page: 'consent' }).join('\n')).toContain('in 4 files');
    expect(frame({ ...SHOWN, packed: null }, { page: 'consent' }).join('\n')).toContain('not known yet');
  });

  it('follow the row that is selected where the list is longer than the screen', () => {
    const rows = Array.from({ length: 30 }, (_, at) => row('host', `Part ${at}`, []));
    for (const at of [0, 15, 29])
      expect(frame({ ...SHOWN, rows }, { page: 'consent', row: at }, { columns: 50, rows: 12 }).join('\n')).toContain(
        `❯ [ ] Part ${at}`,
      );
  });
});

describe('what is long', () => {
  const long = Array.from({ length: 120 }, (_, at) => `"key-${at}":"value-${at}"`).join(',');
  const shown: BundleShown = {
    ...SHOWN,
    previews: [
      {
        ...unread('report.json', 'read'),
        lines: [long],
        changes: [{ line: 1, before: `${long}, was ••••`, after: `${long}, was [token-aaaabbbb]`, rules: [] }],
      },
    ],
  };

  it('is shown to its end, line by line, so that it can be read before it is sent', () => {
    const { state } = press([key('G')], shown, { page: 'whole' });
    expect(frame(shown, { page: 'whole' }).join('')).toContain('"key-0"');
    expect(frame(shown, state).join('')).toContain('"value-119"');
  });

  it('is cut to what stands around a change', () => {
    const lines = frame(shown, { page: 'preview' });
    expect(lines.filter((one) => /^ [-+] …/.test(one))).toHaveLength(2);
    expect(lines.join('\n')).toContain('was [token-aaaabbbb]');
  });

  it.each([80, 50])('is told whole as a notice, at %i columns', (columns) => {
    const notice =
      'not taken: it is a word that logs are full of and that stays: a pattern takes it out, such as /Debian/';
    const room = { columns, rows: 24 };
    const lines = frame({ ...SHOWN, notice }, { page: 'preview' }, room);
    expect(lines).toHaveLength(24);
    expect(lines.slice(-5).join(' ').replace(/\s+/g, ' ')).toContain('such as /Debian/');
  });
});

describe('wizard keys', () => {
  it('lead from the scope to the list, with what was typed', () => {
    const { actions, state } = press(['tab', 'backspace', 'backspace', key('2'), key('4'), key('h'), 'enter']);
    expect(actions).toEqual([{ kind: 'scope', typed: { time: 'since', since: '24h', around: '', case: '3382-1177' } }]);
    expect(state.page).toBe('consent');
    expect(press([key(' '), 'tab', key('q'), 'enter']).actions).toEqual([
      { kind: 'scope', typed: { time: 'around', since: '3h', around: 'q', case: '3382-1177' } },
    ]);
  });

  it('go back to the scope where something is wrong with it', () => {
    const wrong: BundleShown = { ...SHOWN, fault: { field: 'case', message: 'no' } };
    expect(press(['enter'], wrong, { page: 'consent' }).actions).toMatchObject([{ kind: 'scope' }]);
  });

  it('toggle the part that is selected', () => {
    expect(press(['down', key(' ')], SHOWN, { page: 'consent' }).actions).toEqual([
      { kind: 'toggle', part: 'coreapp-logs' },
    ]);
  });

  it('write nothing where nothing is chosen', () => {
    expect(press(['enter'], { ...SHOWN, chosen: [] }, { page: 'consent' }).actions).toEqual([]);
    expect(press(['enter'], SHOWN, { page: 'consent' }).actions).toEqual([{ kind: 'write' }]);
  });

  it('ask for a preview once, exclude a file, add a rule', () => {
    expect(press(['down', key('p')], SHOWN, { page: 'consent' }).actions).toEqual([
      { kind: 'preview', path: 'app/coreapp/wacore-1/container.log' },
    ]);
    expect(press([key('p')], SHOWN, { page: 'consent' }).actions).toEqual([]);
    expect(press([key('x')], SHOWN, { page: 'preview' }).actions).toEqual([{ kind: 'exclude', path: 'report.json' }]);
    expect(press([key('a'), key('q'), key('?'), 'enter'], SHOWN, { page: 'preview' }).actions).toEqual([
      { kind: 'rule', text: 'q?' },
    ]);
  });

  it('scroll no further than there is something', () => {
    const { state } = press([key('G'), 'down', 'down'], SHOWN, { page: 'whole' });
    const last = frame(SHOWN, state);
    expect(last.at(-3)).toMatch(/x{40}/);
    expect(press(['down'], SHOWN, state).state.scroll).toBe(state.scroll);
    expect(frame(SHOWN, { ...state, scroll: state.scroll - 1 })).not.toEqual(last);
    expect(press([key('g'), 'up'], SHOWN, { page: 'whole', scroll: 9 }).state.scroll).toBe(0);
  });

  it('copy on y alone, and delete after a second d alone', () => {
    const { made } = DONE;
    expect(press([key('y')], DONE).actions).toEqual([{ kind: 'copy', text: made?.ticket.trimEnd() }]);
    expect(press([key('d')], DONE).actions).toEqual([]);
    expect(press([key('d'), 'esc', key('l'), 'esc'], DONE).actions).toEqual([]);
    expect(press([key('d'), key('d')], DONE).actions).toEqual([{ kind: 'delete' }]);
    expect(press(['enter'], DONE).actions).toEqual([]);
  });

  it('cancel what is being written, and lead back from what failed', () => {
    expect(press([key('c')], { ...SHOWN, phase: 'writing' }).actions).toEqual([{ kind: 'cancel' }]);
    expect(press([key('r')], FAILED('no-space')).actions).toEqual([{ kind: 'again' }]);
  });

  it('stop at ctrl-c on every page', () => {
    for (const [shown, state] of PAGES)
      expect(press(['ctrl-c'], shown, state).actions).toEqual([{ kind: 'interrupt' }]);
  });
});
