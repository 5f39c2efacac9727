import { printable } from '../../src/printable.ts';
import { layoutOf } from './layout.ts';
import { currentIn } from './login-fields.ts';
import { emptied, type Field, LOGIN_PARTS, type LoginForm, type LoginPart, secretIn, valueIn } from './login-form.ts';
import { chosenIn, emptyIn, fieldsOf, formOf, givenIn, type LoginsShown, takesFile } from './login-parts.ts';
import type { Key, Pressed } from './overlay-keys.ts';
import { lengthened, NO_SECRET, type Secret, shortened } from './secret.ts';
import type { ScreenState, Shown } from './state.ts';

const MOST_INPUT = 1000;
/** The page is never longer. */
const MOST_SCROLL = 60;

/** Fields in which something is chosen, so that letters mean keys there. */
export const isChoice = ({ focus }: LoginForm): boolean => ['part', 'engine', 'tls', 'how', 'trust'].includes(focus);

const neighbour = <T>(all: readonly T[], one: T, step: number): T =>
  all[(all.indexOf(one) + step + all.length) % all.length] ?? one;

const STEPS: Readonly<Record<string, number>> = { tab: 1, down: 1, 'shift-tab': -1, up: -1 };

/** A line of text after one key; what was pasted is taken without its line ends. */
const edited = (text: string, key: Key): string => {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (typeof key === 'string') return text;
  return `${text}${printable(key.text)
    .replace(/[\r\n]+/g, '')
    .replaceAll('\t', ' ')}`.slice(0, MOST_INPUT);
};

const editedSecret = (secret: Secret, key: Key): Secret => {
  if (key === 'backspace') return shortened(secret);
  if (key === 'ctrl-u') return NO_SECRET;
  // Any character may stand in a password; the line end behind a pasted one is not part of it.
  return typeof key === 'string' ? secret : lengthened(secret, key.text.replace(/[\r\n]+$/, ''));
};

const typedInto = (form: LoginForm, field: Field, key: Key): LoginForm => {
  const { name } = field;
  const clean = { ...form, fault: null, insisted: false };
  if (field.kind === 'secret')
    return { ...clean, secrets: { ...form.secrets, [name]: editedSecret(secretIn(form, name), key) } };
  // What nobody typed is not in the way of what is typed.
  const before = field.quiet && typeof key !== 'string' ? '' : valueIn(form, name);
  const typed = form.typed.includes(name) ? form.typed : [...form.typed, name];
  return { ...clean, typed, values: { ...form.values, [name]: edited(before, key) } };
};

const closed = (state: ScreenState): ScreenState => ({ ...state, overlay: null, scroll: 0 });

const holding = (state: ScreenState, form: LoginForm): ScreenState => ({
  ...state,
  forms: { ...state.forms, [form.part]: form },
});

const connect = (state: ScreenState, form: LoginForm, logins: LoginsShown): Pressed => {
  const given = givenIn(form, logins);
  if ('fault' in given)
    return { state: holding(state, { ...form, focus: given.fault.field, fault: given.fault, insisted: false }) };
  const empty = form.insisted ? null : emptyIn(form);
  if (empty) return { state: holding(state, { ...form, focus: empty.field, fault: empty, insisted: true }) };
  return { state: holding(closed(state), emptied(form, lastOf(form, logins))), action: given.action };
};

/** The field that is typed into last: where whoever comes back goes on. */
const lastOf = (form: LoginForm, logins: LoginsShown): string =>
  fieldsOf(form, logins).findLast(({ kind }) => kind === 'secret')?.name ?? form.focus;

const inFile = (state: ScreenState, form: LoginForm, path: string, key: Key): Pressed => {
  const stay = (change: Partial<LoginForm>): Pressed => ({
    state: holding(state, { ...form, fault: null, ...change }),
  });
  if (key === 'esc') return stay({ file: null });
  if (key !== 'enter') return stay({ file: edited(path, key) });
  if (path.trim() === '') return stay({ fault: { field: 'file', message: 'the path of a file is needed' } });
  // The file tells what the fields hold from here on.
  const forms = { ...state.forms, [form.part]: null };
  return { state: { ...closed(state), forms }, action: { kind: 'login-file', path: path.trim() } };
};

/** Another value in the choice that has the focus; the choice of the login itself leads to its page. */
const chosen = (state: ScreenState, form: LoginForm, field: Field, step: number, logins: LoginsShown): ScreenState => {
  const next = neighbour(Object.keys(field.words ?? {}), currentIn(form, field), step);
  if (field.name !== 'part')
    return holding({ ...state, scroll: 0 }, { ...chosenIn(form, field.name, next), fault: null });
  const part = LOGIN_PARTS.find((one) => one === next) ?? form.part;
  const there = withLoginPage(state, logins, part);
  const page = there.forms[part];
  return page ? holding(there, { ...page, focus: 'part' }) : there;
};

/** Keys while the login page is filled in: letters belong to its fields, so what they mean elsewhere goes with ctrl. */
export const inLogin = (state: ScreenState, form: LoginForm, key: Key, { logins }: Shown): Pressed => {
  if (form.file !== null) return inFile(state, form, form.file, key);
  const stay = (change: Partial<LoginForm>): Pressed => ({
    state: holding({ ...state, scroll: 0 }, { ...form, ...change }),
  });
  const name = typeof key === 'string' ? key : key.text;
  const typed = typeof key !== 'string';
  const choice = isChoice(form);
  if (key === 'esc') return { state: closed(state) };
  if (key === 'enter') return connect(state, form, logins);
  if (takesFile(form) && (key === 'ctrl-f' || (choice && typed && name === 'f')))
    return stay({ file: '', fault: null });
  if (key === 'ctrl-x' || (choice && typed && name === 'x'))
    return logins[form.part]?.wanted
      ? { state: closed(state), action: { kind: 'no-login', to: form.part } }
      : { state: closed(state) };
  if (key === 'pgdn' || key === 'pgup')
    return {
      state: { ...state, scroll: Math.min(MOST_SCROLL, Math.max(0, state.scroll + (key === 'pgdn' ? 4 : -4))) },
    };
  const fields = fieldsOf(form, logins);
  const field = fields.find((one) => one.name === form.focus) ?? fields[0];
  const step = STEPS[name];
  const names = fields.map((one) => one.name);
  if (!typed && step) return stay({ focus: neighbour(names, form.focus, step) });
  if (!field) return { state };
  if (field.kind !== 'choice') return stay(typedInto(form, field, key));
  if (name === 'right' || (typed && name === ' ')) return { state: chosen(state, form, field, 1, logins) };
  return name === 'left' ? { state: chosen(state, form, field, -1, logins) } : { state };
};

/** The login page over what is shown, filled in as far as it is known. */
export const withLoginPage = (state: ScreenState, logins: LoginsShown, part: LoginPart): ScreenState => {
  const before = state.forms[part];
  const asked = logins[part]?.asked ?? 0;
  // What was put aside is there again, unless a login was asked for anew since.
  const form = before && state.askedFor[part] === asked ? before : formOf(part, logins, before);
  return {
    ...state,
    overlay: 'login',
    part,
    forms: { ...state.forms, [part]: form },
    askedFor: { ...state.askedFor, [part]: asked },
    scroll: 0,
    hint: null,
  };
};

/** The state with a login page opened by itself, where checks wait for it and nothing else is being looked at; once for each time. */
export const opened = (state: ScreenState, { logins, columns, rows }: Shown): ScreenState => {
  const due = LOGIN_PARTS.find((part) => logins[part]?.wanted && (logins[part]?.asked ?? 0) > state.askedFor[part]);
  const free = state.overlay === null && state.focus === 'list' && layoutOf(columns, rows) !== 'tiny';
  return due && free ? withLoginPage(state, logins, due) : state;
};
