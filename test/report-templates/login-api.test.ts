import { inspect } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../report-templates/screen/action.ts';
import { frameOf } from '../../report-templates/screen/frame.ts';
import { press } from '../../report-templates/screen/keys.ts';
import { plain } from '../../report-templates/screen/line.ts';
import type { ApiLoginShown } from '../../report-templates/screen/login-api.ts';
import type { LoginShown } from '../../report-templates/screen/login-database.ts';
import { valueIn } from '../../report-templates/screen/login-form.ts';
import { opened } from '../../report-templates/screen/login-keys.ts';
import { waitingForLogin } from '../../report-templates/screen/login-rows.ts';
import type { Key } from '../../report-templates/screen/overlay-keys.ts';
import { FRESH, type ScreenState, type Shown } from '../../report-templates/screen/state.ts';
import type { Pending, Report } from '../../src/model.ts';
import { finishedReport, REASONS, runningReport } from '../support/sample-report.ts';

const FINGERPRINT = Array.from({ length: 32 }, (_, at) => (at + 160).toString(16).toUpperCase()).join(':');
const PLACES = [
  { place: 'WA_API_USERNAME and WA_API_PASSWORD', state: 'not-given', detail: null },
  { place: 'WA_API_KEY', state: 'not-given', detail: null },
  { place: 'asked of a person', state: 'not-given', detail: null },
];
const WANTED: ApiLoginShown = {
  ...{ asked: 1, wanted: true, url: 'https://localhost:9090', places: PLACES, state: 'no-login', user: null },
  ...{ found: false, untrusted: null },
};
const UNTRUSTED: ApiLoginShown = {
  ...WANTED,
  untrusted: { fingerprint: FINGERPRINT, subject: 'CN=localhost', fault: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
};
const FOUND: ApiLoginShown = { ...UNTRUSTED, state: 'untrusted', found: true };
const DATABASE: LoginShown = { asked: 1, wanted: true, places: [], known: {} };

const pendingApi: readonly Pending[] = ['api.login', 'api.health', 'webhook.configured'].map((id) => ({
  ...{ id, title: id, group: id.split('.')[0] ?? '', state: 'running', asking: 'api "login"' },
}));
const withApi = (report: Report): Report => ({
  ...report,
  run: { ...report.run, planned: [...report.run.planned, ...pendingApi.map(({ id }) => id)] },
  pending: [...report.pending, ...pendingApi],
});

const shownAt = (
  columns: number,
  rows: number,
  api: ApiLoginShown | null = WANTED,
  { database = null, report = withApi(runningReport()) }: { database?: LoginShown | null; report?: Report } = {},
): Shown => ({
  ...{ reasons: REASONS, ascii: false, columns, rows, tick: 0, still: true, notice: null, refused: null },
  ...{ now: Date.parse('2026-11-22T07:02:34Z'), logins: { database, api } },
  report: waitingForLogin(report, { database, api }),
});
const frame = (shown: Shown, state: ScreenState) =>
  `${frameOf(shown, state)
    .map((line) => plain(line).trimEnd())
    .join('\n')}\n`;
const NAMED = /^(up|down|left|right|tab|shift-tab|enter|esc|backspace|ctrl-.|pgup|pgdn)$/;
const pressed = (shown: Shown, from: ScreenState, ...keys: readonly string[]) => {
  const actions: Action[] = [];
  let state = from;
  for (const key of keys.flatMap((one): readonly Key[] =>
    NAMED.test(one) ? [one as Key] : [...one].map((text) => ({ text })),
  )) {
    const next = press(state, key, shown);
    state = next.state;
    if (next.action) actions.push(next.action);
  }
  return { state, actions };
};
const open = (shown: Shown) => opened(FRESH, shown);
const focus = (state: ScreenState) => state.forms[state.part]?.focus;

describe('the login page of the API', () => {
  it.each([
    [80, 24],
    [120, 40],
    [50, 20],
    [40, 10],
  ])('at %ix%i is as it was looked at', async (columns, rows) => {
    const wanted = shownAt(columns, rows);
    const untrusted = shownAt(columns, rows, UNTRUSTED);
    const both = shownAt(columns, rows, UNTRUSTED, { database: { ...DATABASE, wanted: false } });
    const over = shownAt(columns, rows, { ...WANTED, wanted: false }, { report: finishedReport() });
    const shots = [
      frame(wanted, pressed(wanted, open(wanted), 'admin', 'tab', 'secret').state),
      frame(untrusted, open(untrusted)),
      frame(untrusted, pressed(untrusted, open(untrusted), 'enter').state),
      frame(both, pressed(both, open(both), 'right').state),
      frame(over, FRESH),
      frame(over, pressed(over, FRESH, 'd', 'shift-tab', 'right', 'tab', 'key').state),
    ];
    await expect(shots.join('\n')).toMatchFileSnapshot(`frames/login-api-${columns}x${rows}.txt`);
  });

  it('fits every terminal, and shows the field that has the focus', () => {
    const long = 'very-long-name.'.repeat(20);
    for (const columns of [1, 7, 20, 39, 40, 50, 59, 60, 79, 80, 109, 110, 200])
      for (const rows of [1, 9, 10, 12, 24])
        for (const ascii of [false, true]) {
          const shown = { ...shownAt(columns, rows, UNTRUSTED, { database: { ...DATABASE, wanted: false } }), ascii };
          for (const keys of [[], ['up', long], ['tab', long], ['tab', 'tab', 'tab'], ['pgdn', 'pgdn']]) {
            const { state } = pressed(shown, open(shown), ...keys);
            const lines = frameOf(shown, state).map(plain);
            const where = `${columns}x${rows} ${keys}`;
            expect(lines.length, where).toBe(rows);
            expect(Math.max(...lines.map((line) => stringWidth(line))), where).toBeLessThanOrEqual(columns);
            if (columns < 40 || rows < 10 || keys.includes('pgdn')) continue;
            expect(
              lines.some((line) => /^ *[❯>] /.test(line)),
              where,
            ).toBe(true);
            expect(lines.at(-1), where).toMatch(/(connect|go) .*\bx? skip.* esc later/);
          }
        }
  });

  it('counts the checks that wait for it, and says so in the list when it is put off', () => {
    const shown = shownAt(80, 40);
    expect(frame(shown, open(shown))).toMatch(/API checks need a login +3 checks wait/);
    const text = frame(shown, pressed(shown, open(shown), 'esc').state);
    expect(text).toMatch(/api\.health +waits for a login/);
    expect(text).toContain('3 wait for a login: d');
    expect(text).toContain('d login');
  });

  it('gives what was typed, a user or a key, and the URL only where it is another one', () => {
    const shown = shownAt(80, 24);
    const [byUser] = pressed(shown, open(shown), 'admin', 'tab', 'Canary-1', 'enter').actions;
    if (byUser?.kind !== 'login' || byUser.to !== 'api' || byUser.typed.login?.how !== 'user')
      throw new Error('no login');
    expect(byUser.typed).toMatchObject({ url: null, trusted: null, login: { user: 'admin' } });
    expect(byUser.typed.login.password.reveal()).toBe('Canary-1');
    const keys = ['shift-tab', 'right', 'tab', 'Canary-key', 'enter'];
    const [byKey] = pressed(shown, open(shown), ...keys).actions;
    if (byKey?.kind !== 'login' || byKey.to !== 'api' || byKey.typed.login?.how !== 'key') throw new Error('no login');
    expect(byKey.typed.login.key.reveal()).toBe('Canary-key');
    const other = ['up', 'up', 'ctrl-u', 'https://web-1:9443/v1', 'tab', 'tab', 'admin', 'tab', 'x', 'enter'];
    expect(pressed(shown, open(shown), ...other).actions).toMatchObject([{ typed: { url: 'https://web-1:9443' } }]);
    for (const dumped of [byUser, byKey])
      expect(inspect(dumped, { depth: 9, showHidden: true }) + JSON.stringify(dumped)).not.toMatch(/canary/i);
    const typed = pressed(shown, open(shown), 'admin', 'tab', 'Canary-1').state;
    expect(inspect(typed, { depth: 9 }) + frame(shown, typed)).not.toMatch(/canary/i);
  });

  it('puts what is wrong at its field, and goes there', () => {
    const shown = shownAt(80, 30);
    const wrong = (...keys: readonly string[]) => frame(shown, pressed(shown, open(shown), ...keys, 'enter').state);
    expect(wrong()).toMatch(/❯ user .*\n.*✖ the name of the API user is needed/);
    expect(wrong('admin')).toMatch(/❯ password .*\n.*✖ the password is needed/);
    expect(wrong('shift-tab', 'right')).toMatch(/❯ API key .*\n.*✖ the API key is needed/);
    const url = (text: string) => wrong('up', 'up', 'ctrl-u', text);
    expect(url('')).toMatch(/❯ URL .*\n.*✖ the URL of the API is needed/);
    expect(url('http://x')).toMatch(/✖ a URL such as https/);
    expect(url('https://a:b@x')).toMatch(/✖ user and password have fields of their own/);
    expect(url('https://x/y')).toMatch(/✖ the URL is needed without a path/);
  });

  it('sends nothing over a certificate that is not trusted, and trusts no other than the one that is shown', () => {
    const shown = shownAt(80, 30, UNTRUSTED);
    expect(focus(open(shown))).toBe('trust');
    const login = ['tab', 'tab', 'admin', 'tab', 'secret', 'enter'];
    const no = pressed(shown, open(shown), ...login);
    expect(no.actions).toEqual([]);
    expect(frame(shown, no.state)).toMatch(/❯ trust it .*\n.*✖ no login is sent while/);
    expect(pressed(shown, open(shown), ' ', ...login).actions).toMatchObject([{ typed: { trusted: FINGERPRINT } }]);
    const elsewhere = pressed(shown, open(shown), ' ', 'up', 'ctrl-u', 'https://web-1', 'tab', ...login.slice(1));
    expect(elsewhere.actions).toMatchObject([{ typed: { url: 'https://web-1', trusted: null } }]);
    expect(frame(shown, pressed(shown, open(shown), 'up', 'x').state)).not.toContain('SHA-256');
    // It is asked for anew each time.
    const again = pressed(shown, pressed(shown, open(shown), ' ', 'esc').state, 'd').state;
    expect(valueIn(again.forms.api as never, 'trust')).toBe('yes');
    const anew = opened(again, shownAt(80, 30, { ...UNTRUSTED, asked: 2 }));
    expect(anew.overlay).toBe('login');
    expect(
      valueIn(
        opened({ ...again, overlay: null }, shownAt(80, 30, { ...UNTRUSTED, asked: 2 })).forms.api as never,
        'trust',
      ),
    ).toBe('no');
  });

  it('asks for no login where one was found, only for the trust', () => {
    const shown = shownAt(80, 30, FOUND);
    expect(pressed(shown, open(shown), 'right', 'enter').actions).toMatchObject([
      { typed: { login: null, trusted: FINGERPRINT, url: null } },
    ]);
  });

  it('is skipped by x, for its own checks alone', () => {
    const shown = shownAt(80, 24, UNTRUSTED);
    expect(pressed(shown, open(shown), 'x').actions).toEqual([{ kind: 'no-login', to: 'api' }]);
    const file = pressed(shown, open(shown), 'f');
    expect(file.state.forms.api?.file).toBe(null);
    expect(pressed(shown, open(shown), 'ctrl-f').state.forms.api?.file).toBe(null);
  });

  it('comes after that of the database where both are wanted, and each is reached from the other', () => {
    const shown = shownAt(80, 30, WANTED, { database: DATABASE });
    const first = open(shown);
    expect(first).toMatchObject({ overlay: 'login', part: 'database' });
    const second = opened(pressed(shown, first, 'esc').state, shown);
    expect(second).toMatchObject({ overlay: 'login', part: 'api' });
    const neither = pressed(shown, second, 'esc').state;
    expect(opened(neither, shown).overlay).toBe(null);
    const there = pressed(shown, first, 'tab', 'db-1', 'up', 'up', 'right');
    expect(there.state).toMatchObject({ part: 'api', overlay: 'login' });
    expect(focus(there.state)).toBe('part');
    const back = pressed(shown, there.state, 'left');
    expect(back.state.part).toBe('database');
    expect(valueIn(back.state.forms.database as never, 'host')).toBe('db-1');
  });

  it('is told to be missing when a run is over without it, and is there by d', () => {
    const told = (api: ApiLoginShown | null) => {
      const shown = shownAt(80, 24, api, { report: finishedReport() });
      return frame(shown, FRESH);
    };
    const over = { ...WANTED, wanted: false };
    for (const state of ['no-login', 'untrusted', 'denied', 'unreachable', 'throttled'])
      expect(told({ ...over, state }), state).toContain('no API login: d');
    expect(told({ ...over, state: 'token' })).not.toContain('API login');
    expect(told({ ...over, state: 'key' })).not.toContain('API login');
    expect(told({ ...UNTRUSTED, wanted: false, state: 'key' })).toContain('no API login: d');
    expect(told(null)).not.toContain('API login');
    // Nobody looked for one yet.
    expect(told({ ...over, places: [] })).not.toContain('API login');
    const shown = shownAt(80, 24, { ...over, state: 'denied', user: 'admin' }, { report: finishedReport() });
    expect(pressed(shown, FRESH, 'd').state.forms.api).toMatchObject({ focus: 'password', values: { user: 'admin' } });
  });
});
