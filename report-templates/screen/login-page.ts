import type { Result } from '../../src/model.ts';
import { BLANK, cutLine, edges, type Line, line, span } from './line.ts';
import { certificateIn } from './login-api.ts';
import { fieldLines, textLines, told } from './login-fields.ts';
import type { LoginForm, LoginPart } from './login-form.ts';
import { fieldsOf, type LoginsShown, wordsOf } from './login-parts.ts';
import { waitingIn } from './login-rows.ts';
import { placeLines } from './places.ts';
import { signOf } from './signs.ts';
import type { ScreenState, Shown } from './state.ts';

/** Places that are this page itself. */
const PROMPTS: readonly string[] = ['a prompt', 'asked of a person'];

/** The page in lines, and which of them has to be seen: the one that has the focus. */
type Page = { readonly lines: readonly Line[]; readonly at: number };

/** The check that tells what came of a login. */
const TELLS: Readonly<Record<LoginPart, string>> = { database: 'database.connect', api: 'api.login' };

const resultOf = ({ report }: Shown, part: LoginPart): Result | undefined =>
  report.checks.find(({ id }) => id === TELLS[part]);

/** Why a login is asked for: none was found, or one that cannot be sent. */
const wantedWords = ({ api }: LoginsShown, part: LoginPart): string =>
  part === 'api' && api?.untrusted ? 'The certificate of the API is not known here.' : 'No login found.';

/** What the page is for, now: the first login, another one after one that failed, or just another. */
const introLines = (shown: Shown, part: LoginPart, width: number): readonly Line[] => {
  const { checks, pending } = shown.report;
  const others = pending.length - waitingIn(shown.report, part).length;
  const failed = resultOf(shown, part);
  if (shown.logins[part]?.wanted) {
    const behind =
      others > 0 ? `The other checks go on behind this page: ${others} to do.` : 'All other checks are done.';
    return told(`${wantedWords(shown.logins, part)} ${behind}`, width);
  }
  const ran = checks.some(({ group }) => group === part);
  const again = ran ? told(wordsOf(part).again, width) : [];
  if (failed && failed.outcome !== 'pass' && failed.outcome !== 'skip')
    return [...told(`✖ ${failed.message}`, width, { color: 'red' }), ...again];
  return again;
};

/** What a person who is asked to trust a certificate has to know of it. */
const certificateLines = (form: LoginForm, { api }: LoginsShown, width: number): readonly Line[] => {
  const certificate = form.part === 'api' && api ? certificateIn(form, api) : null;
  if (!certificate) return [];
  const { subject, fault, fingerprint } = certificate;
  return [
    ...told(`▲ Not trusted: ${subject}${fault ? ` (${fault})` : ''}`, width, { color: 'yellow' }),
    ...told(`SHA-256 ${fingerprint}`, width),
  ];
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
export const loginLines = (shown: Shown, { forms, part }: ScreenState, height: number): Page => {
  const { logins, columns, ascii } = shown;
  const [form, login] = [forms[part], logins[part]];
  const width = Math.min(columns - 2, 100);
  const inset = (lines: readonly Line[]) =>
    lines.map((one) => cutLine({ spans: [span(columns >= 110 ? '  ' : ' '), ...one.spans] }, columns));
  if (!login || !form) return { lines: [], at: 0 };
  if (form.file !== null) {
    const page = fileLines(form.file, form, width);
    return { ...page, lines: inset([BLANK, ...page.lines]) };
  }
  const intro = introLines(shown, part, width);
  const tried = login.places.filter(({ place, state }) => !PROMPTS.includes(place) || state === 'used');
  const places = tried.length > 0 ? [line('Looked in'), ...placeLines(tried, width)] : [];
  const fields = fieldsOf(form, logins).map((field) => ({ field, lines: fieldLines(field, form, width, ascii) }));
  const promise = told('Kept in memory for this run only: in no report, no bundle and no file.', width, { dim: true });
  const filled = fields.flatMap(({ lines }) => lines);
  const certificate = certificateLines(form, logins, width);
  const parts = (order: readonly (readonly Line[])[]) =>
    order.filter((one) => one.length > 0).flatMap((one, at) => (at > 0 ? [BLANK, ...one] : one));
  const whole = parts([intro, places, certificate, filled, promise]);
  // Where not all of it fits, what is to be filled in comes first.
  const fitting = whole.length < height ? [BLANK, ...whole] : whole;
  const lines = whole.length <= height ? fitting : [BLANK, ...parts([intro, certificate, filled, promise, places])];
  const focused = fields.find(({ field }) => field.name === form.focus)?.lines[0];
  return { lines: inset(lines), at: Math.max(0, focused ? lines.indexOf(focused) : 0) };
};

/** The title of the page, and how many checks wait for it. */
export const loginTitle = ({ report, logins, columns }: Shown, part: LoginPart): Line => {
  const waiting = waitingIn(report, part).length;
  const { title, wanted } = wordsOf(part);
  if (!logins[part]?.wanted) return edges(line(span(title, { bold: true })), BLANK, columns);
  const sign = signOf('warn');
  return edges(
    line(span(`${sign.sign} `, sign.style), span(columns >= 60 ? wanted : title, { bold: true })),
    line(span(`${waiting} ${waiting === 1 ? 'check waits' : 'checks wait'}`, { dim: true })),
    columns,
  );
};
