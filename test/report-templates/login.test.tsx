import { inspect } from 'node:util';
import { cleanup, render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import type { Action } from '../../report-templates/screen/action.ts';
import { Screen } from '../../report-templates/screen/app.ts';
import { frameOf } from '../../report-templates/screen/frame.ts';
import { press } from '../../report-templates/screen/keys.ts';
import { plain } from '../../report-templates/screen/line.ts';
import type { LoginShown } from '../../report-templates/screen/login-database.ts';
import { valueIn } from '../../report-templates/screen/login-form.ts';
import { opened } from '../../report-templates/screen/login-keys.ts';
import { waitingForLogin } from '../../report-templates/screen/login-rows.ts';
import type { Key } from '../../report-templates/screen/overlay-keys.ts';
import { FRESH, type ScreenState, type Shown } from '../../report-templates/screen/state.ts';
import type { Report } from '../../src/model.ts';
import { deniedConnect, SAMPLE_PLACES } from '../support/sample-database.ts';
import { finishedReport, REASONS, runningReport } from '../support/sample-report.ts';

afterEach(cleanup);

const CANARY = 'Canary-ก🂡"$#\\';
const NOW = Date.parse('2026-11-22T07:02:34Z');
const WANTED: LoginShown = { asked: 1, wanted: true, places: SAMPLE_PLACES, known: {} };
const KNOWN: LoginShown = { ...WANTED, known: { engine: 'postgresql', host: 'db-1', port: 6432, user: 'wa' } };
const denied: Report = finishedReport({
  checks: finishedReport().checks.map((result) =>
    result.id === 'database.connect'
      ? {
          ...result,
          outcome: 'fail',
          measured: deniedConnect,
          message: "Access denied for user 'wa'",
          findings: [{ outcome: 'fail', message: "Access denied for user 'wa'", remedy: 'Correct the password.' }],
        }
      : result,
  ),
});

const shownAt = (
  columns: number,
  rows: number,
  login: LoginShown | null = WANTED,
  report = runningReport(),
): Shown => ({
  ...{
    reasons: REASONS,
    ascii: false,
    columns,
    rows,
    tick: 0,
    still: true,
    now: NOW,
    notice: null,
    refused: null,
    logins: { database: login, api: null },
  },
  report: waitingForLogin(report, { database: login, api: null }),
});
const frame = (shown: Shown, state: ScreenState) =>
  `${frameOf(shown, state)
    .map((line) => plain(line).trimEnd())
    .join('\n')}\n`;

/** What keys come to, one after another: names, and text key by key. */
const pressed = (shown: Shown, from: ScreenState, ...keys: readonly string[]) => {
  const named = /^(up|down|left|right|tab|shift-tab|enter|esc|backspace|ctrl-.|pgup|pgdn)$/;
  const actions: Action[] = [];
  let state = from;
  for (const key of keys.flatMap((one): readonly Key[] =>
    named.test(one) ? [one as Key] : [...one].map((text) => ({ text })),
  )) {
    const next = press(state, key, shown);
    state = next.state;
    if (next.action) actions.push(next.action);
  }
  return { state, actions };
};
const open = (shown: Shown) => opened(FRESH, shown);
const form = (state: ScreenState) => state.forms.database;
const text = (state: ScreenState, field: string) => {
  const page = form(state);
  return page ? valueIn(page, field) : undefined;
};

const SIZES = [
  [80, 24],
  [120, 40],
  [50, 20],
  [40, 10],
] as const;

describe('the login page', () => {
  it.each(SIZES)('at %ix%i is as it was looked at', async (columns, rows) => {
    const empty = shownAt(columns, rows);
    const known = shownAt(columns, rows, KNOWN);
    const failed = shownAt(columns, rows, { ...KNOWN, wanted: false }, denied);
    const shots = [
      frame(empty, open(empty)),
      frame(known, pressed(known, open(known), 'secret').state),
      frame(empty, pressed(empty, open(empty), 'enter').state),
      frame(empty, pressed(empty, open(empty), 'f', '/opt/wa/db.env').state),
      frame(failed, pressed(failed, FRESH, 'd').state),
      frame(empty, FRESH),
    ];
    await expect(shots.join('\n')).toMatchFileSnapshot(`frames/login-${columns}x${rows}.txt`);
  });

  it('fits every terminal, says all of its keys from 40 columns on, and shows the field that has the focus', () => {
    const long = 'very-long-name.'.repeat(20);
    for (const columns of [1, 7, 20, 39, 40, 50, 59, 60, 79, 80, 109, 110, 200])
      for (const rows of [1, 9, 10, 12, 24])
        for (const ascii of [false, true]) {
          const shown = { ...shownAt(columns, rows, KNOWN), ascii };
          for (const keys of [[], ['up', long], ['tab'], ['tab', 'tab'], ['ctrl-f', long], ['pgdn', 'pgdn']]) {
            const { state } = pressed(shown, open(shown), ...keys);
            const lines = frameOf(shown, state).map(plain);
            const where = `${columns}x${rows} ${keys}`;
            expect(lines.length, where).toBe(rows);
            expect(Math.max(...lines.map((line) => stringWidth(line))), where).toBeLessThanOrEqual(columns);
            if (columns < 40 || rows < 10 || (form(state)?.file ?? null) !== null) continue;
            expect(lines.at(-1), where).toMatch(/(connect|go) .*\bf?ile.* skip.* esc later/);
            if (!keys.includes('pgdn'))
              expect(
                lines.some((line) => /^ *[❯>] /.test(line)),
                where,
              ).toBe(true);
          }
        }
  });

  it('counts the checks that wait, and says where each login was looked for', () => {
    const shown = shownAt(80, 24);
    const text = frame(shown, open(shown));
    expect(text).toContain('Database checks need a login');
    expect(text).toContain('2 checks wait');
    expect(text).toContain('The other checks go on behind this page: 3 to do.');
    for (const { place } of SAMPLE_PLACES) expect(text).toContain(place);
    expect(text).toMatch(/▲ \/opt\/wa\/db\.env +found, but has no WA_DB_PASSWORD/);
  });

  it('puts what is wrong at its field, and goes there', () => {
    const shown = shownAt(80, 24);
    const wrong = (...keys: readonly string[]) => frame(shown, pressed(shown, open(shown), ...keys, 'enter').state);
    expect(wrong()).toMatch(/❯ host .*\n.*✖ the name or address of the database host is needed/);
    expect(wrong('tab', 'db-1:3307')).toMatch(/❯ host .*\n.*✖ the port has a field of its own/);
    expect(wrong('tab', 'a b')).toMatch(/❯ host .*\n.*✖ this is no host name/);
    expect(wrong('tab', 'db-1', 'tab', 'x1')).toMatch(/❯ port .*\n.*✖ a number is needed/);
    expect(wrong('tab', 'db-1', 'tab', '65536')).toMatch(/❯ port .*\n.*✖ a number from 1 to 65535/);
    expect(wrong('tab', 'db-1', 'tab', '0')).toMatch(/❯ port .*\n.*✖ a number from 1 to 65535/);
    expect(wrong('tab', 'db-1', 'tab', '65535')).toMatch(/❯ user .*\n.*✖ the name of the database user is needed/);
    expect(wrong('tab', '::1', 'tab', 'tab', 'wa')).toMatch(/❯ password .*\n.*✖ no password yet; enter once more/);
  });

  it('gives what was typed, and nothing of it while it is wrong', () => {
    const shown = shownAt(80, 24);
    const { state, actions } = pressed(
      shown,
      open(shown),
      'right',
      'tab',
      'db-1',
      'tab',
      'tab',
      'wa',
      'tab',
      CANARY,
      'tab',
      'right',
      'right',
      'enter',
    );
    const [action] = actions;
    if (action?.kind !== 'login' || action.to !== 'database') throw new Error('no login was given');
    const { password, ...typed } = action.typed;
    expect(typed).toEqual({ engine: 'postgresql', host: 'db-1', port: 5432, user: 'wa', tls: 'verify' });
    expect(password.reveal()).toBe(CANARY);
    expect(state.overlay).toBe(null);
    // It is gone from the page that would be opened next.
    expect(form(pressed(shown, state, 'd').state)?.secrets).toEqual({});
    expect(pressed(shown, open(shown), 'tab', 'tab', 'tab', 'wa', 'tab', CANARY, 'enter').actions).toEqual([]);
  });

  it('connects without a password only when that is said twice', () => {
    const shown = shownAt(80, 24, KNOWN);
    const once = pressed(shown, open(shown), 'enter');
    expect(once.actions).toEqual([]);
    expect(pressed(shown, once.state, 'enter').actions).toMatchObject([{ kind: 'login', typed: { user: 'wa' } }]);
    const typed = pressed(shown, once.state, 'x', 'backspace', 'enter');
    expect(typed.actions).toEqual([]);
  });

  it('lets the port follow the engine until one is typed', () => {
    const shown = shownAt(80, 24);
    const port = (...keys: readonly string[]) => text(pressed(shown, open(shown), ...keys).state, 'port');
    expect(port()).toBe('3306');
    expect(port(' ')).toBe('5432');
    expect(port('left')).toBe('5432');
    expect(port('tab', 'tab', '7', 'up', 'up', ' ')).toBe('7');
    expect(port('tab', 'tab', 'backspace')).toBe('330');
  });

  it('moves between fields by tab, shift-tab and arrows, around both ends', () => {
    const shown = shownAt(80, 24);
    const focus = (...keys: readonly string[]) => form(pressed(shown, open(shown), ...keys).state)?.focus;
    expect(focus()).toBe('engine');
    expect(focus('tab', 'down')).toBe('port');
    expect(focus('shift-tab')).toBe('tls');
    expect(focus('up', 'up')).toBe('password');
    expect(focus('up', 'tab')).toBe('engine');
    expect(form(open(shownAt(80, 24, KNOWN)))?.focus).toBe('password');
  });

  it('takes letters as keys only where nothing is typed', () => {
    const shown = shownAt(80, 24);
    const host = pressed(shown, open(shown), 'tab', 'fxq?');
    expect(text(host.state, 'host')).toBe('fxq?');
    expect(host.actions).toEqual([]);
    expect(pressed(shown, open(shown), 'x').actions).toEqual([{ kind: 'no-login', to: 'database' }]);
    expect(pressed(shown, host.state, 'ctrl-x').actions).toEqual([{ kind: 'no-login', to: 'database' }]);
    expect(form(pressed(shown, host.state, 'ctrl-f').state)?.file).toBe('');
    expect(pressed(shown, host.state, 'ctrl-c').actions).toEqual([{ kind: 'interrupt' }]);
  });

  it('takes the path of a file in place of the fields', () => {
    const shown = shownAt(80, 24);
    const none = pressed(shown, open(shown), 'f', 'enter');
    expect(frame(shown, none.state)).toContain('✖ the path of a file is needed');
    expect(pressed(shown, none.state, '~/db.env', 'enter').actions).toEqual([{ kind: 'login-file', path: '~/db.env' }]);
    const back = pressed(shown, none.state, 'abc', 'esc');
    expect(back.state.overlay).toBe('login');
    expect(form(back.state)?.file).toBe(null);
  });

  it('opens by itself once for each asking, and over nothing that is being looked at', () => {
    const shown = shownAt(80, 24);
    for (const overlay of ['help', 'stop', 'save', 'filter', 'copied'] as const)
      expect(opened({ ...FRESH, overlay }, shown).overlay).toBe(overlay);
    expect(opened({ ...FRESH, focus: 'detail' }, shown).overlay).toBe(null);
    expect(opened(FRESH, shownAt(30, 8)).overlay).toBe(null);
    expect(opened(FRESH, shownAt(80, 24, { ...WANTED, wanted: false })).overlay).toBe(null);
    const later = pressed(shown, open(shown), 'tab', 'db-1', 'esc').state;
    expect(opened(later, shown).overlay).toBe(null);
    expect(opened(later, shownAt(80, 24, { ...WANTED, asked: 2 })).overlay).toBe('login');
    // What was typed before is still there.
    expect(text(pressed(shown, later, 'd').state, 'host')).toBe('db-1');
  });

  it('when put off, says in the list what waits for it and how to come back', () => {
    for (const [columns, rows] of SIZES.slice(0, 3)) {
      const shown = shownAt(columns, rows);
      const text = frame(shown, pressed(shown, open(shown), 'esc').state);
      expect(text).toMatch(/· Database connection +waits for a login/);
      expect(text).toContain('2 wait for a login: d');
      expect(text).toContain('d login');
    }
  });

  it('is there at any time by d, but for a run that asks no database', () => {
    const over = shownAt(80, 24, { ...KNOWN, wanted: false }, denied);
    const { state } = pressed(over, FRESH, 'd');
    expect(frame(over, state)).toContain("✖ Access denied for user 'wa'");
    expect(form(state)).toMatchObject({ values: { host: 'db-1', port: '6432', user: 'wa' }, focus: 'password' });
    expect(pressed(over, state, 'ctrl-x').actions).toEqual([]);
    const none = shownAt(80, 24, null);
    expect(pressed(none, FRESH, 'd').state).toMatchObject({
      overlay: null,
      hint: 'no check of this run wants a login',
    });
    const report = finishedReport();
    const replayed = shownAt(80, 24, null, { ...report, run: { ...report.run, replayed: true } });
    expect(pressed(replayed, FRESH, 'd').state.hint).toContain('a recording is judged');
  });

  it('takes nothing where there is no room to show it', () => {
    const shown = shownAt(80, 24);
    const tiny = shownAt(30, 8);
    const typed = pressed(tiny, pressed(shown, open(shown), 'tab').state, 'secret');
    expect(text(typed.state, 'host')).toBe('');
    expect(frame(tiny, open(shown))).toContain('a login is needed');
  });
});

describe('the password', () => {
  const pause = (ms = 30) => new Promise((done) => setTimeout(done, ms));
  const start = (login: LoginShown, report = runningReport()) => {
    const actions: Action[] = [];
    const screen = render(
      <Screen
        report={report}
        reasons={REASONS}
        options={{ ascii: false, color: true }}
        notice={null}
        refused={null}
        logins={{ database: login, api: null }}
        clock={() => NOW}
        onAction={(action) => actions.push(action)}
      />,
    );
    return { actions, screen };
  };

  it('is in no frame, typed or pasted, and in no dump of the state or of an action', async () => {
    const { actions, screen } = start(KNOWN);
    await pause();
    for (const key of [...'Typed-canary']) screen.stdin.write(key);
    await pause();
    expect(screen.lastFrame()).toContain('•'.repeat(12));
    screen.stdin.write('\u0015');
    screen.stdin.write('\u001b[200~Pasted-canary\r\n\u001b[201~');
    await pause();
    expect(screen.lastFrame()).toContain('•'.repeat(13));
    screen.stdin.write('\r');
    await pause();
    expect(screen.frames.join('\n')).not.toMatch(/canary/i);
    const [action] = actions;
    if (action?.kind !== 'login' || action.to !== 'database') throw new Error('no login was given');
    expect(action.typed.password.reveal()).toBe('Pasted-canary');
    const { state } = pressed(shownAt(80, 24, KNOWN), open(shownAt(80, 24, KNOWN)), 'Typed-canary');
    for (const dumped of [state, action])
      expect(inspect(dumped, { depth: 9, showHidden: true }) + JSON.stringify(dumped)).not.toMatch(/canary/i);
  });

  it('may hold any character, also those that are keys elsewhere', async () => {
    const { actions, screen } = start(KNOWN);
    await pause();
    const any = 'q?xf dj/#$"\'\\`;& ก้ 🂡 \u00e9';
    screen.stdin.write(`\u001b[200~${any}\u001b[201~`);
    await pause();
    screen.stdin.write('\r');
    await pause();
    expect(actions.length).toBe(1);
    expect(actions[0]?.kind === 'login' && actions[0].to === 'database' && actions[0].typed.password.reveal()).toBe(
      any,
    );
  });

  it('field is not drawn again while nothing is typed', async () => {
    const { screen } = start(KNOWN);
    await pause(100);
    const before = screen.frames.length;
    await pause(1300);
    expect(screen.frames.length).toBe(before);
    screen.stdin.write('\u001b');
    // The list behind it ticks again.
    await pause(1300);
    expect(screen.frames.length).toBeGreaterThan(before + 1);
  });
});
