import type { Result } from '../../src/model.ts';
import { BLANK, cutLine, edges, type Line, line, span } from './line.ts';
import { fieldLines, textLines, told } from './login-fields.ts';
import type { LoginForm, LoginShown } from './login-form.ts';
import { waitingIn } from './login-rows.ts';
import { placeLines } from './places.ts';
import { signOf } from './signs.ts';
import type { ScreenState, Shown } from './state.ts';

/** The page in lines, and which of them has to be seen: the one that has the focus. */
type Page = { readonly lines: readonly Line[]; readonly at: number };

const connectResult = ({ report }: Shown): Result | undefined =>
  report.checks.find(({ id }) => id === 'database.connect');

/** What the page is for, now: the first login, another one after one that failed, or just another. */
const introLines = (shown: Shown, login: LoginShown, width: number): readonly Line[] => {
  const { checks, pending } = shown.report;
  const others = pending.length - waitingIn(shown.report).length;
  const failed = connectResult(shown);
  if (login.wanted) {
    const behind =
      others > 0 ? `The other checks go on behind this page: ${others} to do.` : 'All other checks are done.';
    return told(`No login found. ${behind}`, width);
  }
  const ran = checks.some(({ group }) => group === 'database');
  const again = ran ? told('A login given here runs the database checks again.', width) : [];
  if (failed && failed.outcome !== 'pass' && failed.outcome !== 'skip')
    return [...told(`✖ ${failed.message}`, width, { color: 'red' }), ...again];
  return again;
};

const fileLines = (path: string, form: LoginForm, width: number): Page => ({
  at: 2,
  lines: [
    line(span('File with the login', { bold: true })),
    BLANK,
    ...textLines(path, true, width),
    ...(form.fault?.field === 'file' ? told(`✖ ${form.fault.message}`, width, { color: 'red' }) : []),
    BLANK,
    ...told("The vendor's db.env, or a compose file that names it. It goes before every other place.", width),
  ],
});

/** The login page, so many cells wide: where a login was looked for, the fields, and what becomes of what is typed. */
export const loginLines = (shown: Shown, { form }: ScreenState, height: number): Page => {
  const { login, columns, ascii } = shown;
  const width = Math.min(columns - 2, 100);
  const inset = (lines: readonly Line[]) =>
    lines.map((one) => cutLine({ spans: [span(columns >= 110 ? '  ' : ' '), ...one.spans] }, columns));
  if (!login || !form) return { lines: [], at: 0 };
  if (form.file !== null) {
    const page = fileLines(form.file, form, width);
    return { ...page, lines: inset([BLANK, ...page.lines]) };
  }
  const intro = introLines(shown, login, width);
  // The page is the prompt itself.
  const tried = login.places.filter(({ place, state }) => place !== 'a prompt' || state === 'used');
  const places = tried.length > 0 ? [line('Looked in'), ...placeLines(tried, width)] : [];
  const fields = (['engine', 'host', 'port', 'user', 'password', 'tls'] as const).map((field) => ({
    field,
    lines: fieldLines(field, form, width, ascii),
  }));
  const promise = told('Kept in memory for this run only: in no report, no bundle and no file.', width, { dim: true });
  const filled = fields.flatMap(({ lines }) => lines);
  const parts = (order: readonly (readonly Line[])[]) =>
    order.filter((part) => part.length > 0).flatMap((part, at) => (at > 0 ? [BLANK, ...part] : part));
  const whole = parts([intro, places, filled, promise]);
  // Where not all of it fits, what is to be filled in comes first.
  const fitting = whole.length < height ? [BLANK, ...whole] : whole;
  const lines = whole.length <= height ? fitting : [BLANK, ...parts([intro, filled, promise, places])];
  const focused = fields.find(({ field }) => field === form.focus)?.lines[0];
  return { lines: inset(lines), at: Math.max(0, focused ? lines.indexOf(focused) : 0) };
};

/** The title of the page, and how many checks wait for it. */
export const loginTitle = ({ report, login, columns }: Shown): Line => {
  const waiting = waitingIn(report).length;
  const wide = columns >= 60;
  if (!login?.wanted) return edges(line(span('Database login', { bold: true })), BLANK, columns);
  const sign = signOf('warn');
  return edges(
    line(
      span(`${sign.sign} `, sign.style),
      span(wide ? 'Database checks need a login' : 'Database login', { bold: true }),
    ),
    line(span(`${waiting} ${waiting === 1 ? 'check waits' : 'checks wait'}`, { dim: true })),
    columns,
  );
};
