import { printable } from '../../src/printable.ts';
import { layoutOf } from './layout.ts';
import { ENGINE_WORDS, FIELDS, faultOf, formOf, type LoginForm, TLS_WORDS, typedOf, withEngine } from './login-form.ts';
import type { Key, Pressed } from './overlay-keys.ts';
import { lengthened, NO_SECRET, shortened } from './secret.ts';
import type { ScreenState, Shown } from './state.ts';

const MOST_INPUT = 1000;
/** The page is never longer. */
const MOST_SCROLL = 60;
const ENGINES = Object.keys(ENGINE_WORDS) as readonly (keyof typeof ENGINE_WORDS)[];
const TLS_MODES = Object.keys(TLS_WORDS) as readonly (keyof typeof TLS_WORDS)[];

/** Fields in which something is chosen, so that letters mean keys there. */
export const isChoice = ({ focus }: LoginForm): boolean => focus === 'engine' || focus === 'tls';

const neighbour = <T>(all: readonly T[], one: T, step: number): T =>
  all[(all.indexOf(one) + step + all.length) % all.length] ?? one;

const STEPS: Readonly<Record<string, number>> = { tab: 1, down: 1, 'shift-tab': -1, up: -1 };

const chosen = (form: LoginForm, step: number): LoginForm =>
  form.focus === 'engine'
    ? withEngine(form, neighbour(ENGINES, form.engine, step))
    : { ...form, tls: neighbour(TLS_MODES, form.tls, step) };

/** A line of text after one key; what was pasted is taken without its line ends. */
const edited = (text: string, key: Key): string => {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (typeof key === 'string') return text;
  return `${text}${printable(key.text)
    .replace(/[\r\n]+/g, '')
    .replaceAll('\t', ' ')}`.slice(0, MOST_INPUT);
};

const editedPassword = ({ password }: LoginForm, key: Key): LoginForm['password'] => {
  if (key === 'backspace') return shortened(password);
  if (key === 'ctrl-u') return NO_SECRET;
  // Any character may stand in a password; the line end behind a pasted one is not part of it.
  return typeof key === 'string' ? password : lengthened(password, key.text.replace(/[\r\n]+$/, ''));
};

const typedInto = (form: LoginForm, key: Key): LoginForm => {
  const { focus } = form;
  const clean = { ...form, fault: null, withoutPassword: false };
  if (focus === 'password') return { ...clean, password: editedPassword(form, key) };
  // A port that follows the engine is not in the way of one that is typed.
  const port = form.portTyped || typeof key === 'string' ? form.port : '';
  if (focus === 'port') return { ...clean, port: edited(port, key), portTyped: true };
  return focus === 'host' || focus === 'user' ? { ...clean, [focus]: edited(form[focus], key) } : form;
};

const closed = (state: ScreenState): ScreenState => ({ ...state, overlay: null, scroll: 0 });

const connect = (state: ScreenState, form: LoginForm): Pressed => {
  const fault = faultOf(form);
  if (fault)
    return { state: { ...state, form: { ...form, focus: fault.field === 'file' ? form.focus : fault.field, fault } } };
  if (form.password.length === 0 && !form.withoutPassword) {
    const message = 'no password yet; enter once more connects without one';
    return {
      state: {
        ...state,
        form: { ...form, focus: 'password', fault: { field: 'password', message }, withoutPassword: true },
      },
    };
  }
  const emptied: LoginForm = { ...form, focus: 'password', password: NO_SECRET, withoutPassword: false, fault: null };
  return { state: { ...closed(state), form: emptied }, action: { kind: 'login', typed: typedOf(form) } };
};

const inFile = (state: ScreenState, form: LoginForm, path: string, key: Key): Pressed => {
  const stay = (change: Partial<LoginForm>): Pressed => ({
    state: { ...state, form: { ...form, fault: null, ...change } },
  });
  if (key === 'esc') return stay({ file: null });
  if (key !== 'enter') return stay({ file: edited(path, key) });
  if (path.trim() === '') return stay({ fault: { field: 'file', message: 'the path of a file is needed' } });
  // The file tells what the fields hold from here on.
  return { state: { ...closed(state), form: null }, action: { kind: 'login-file', path: path.trim() } };
};

/** Keys while the login page is filled in: letters belong to its fields, so what they mean elsewhere goes with ctrl. */
export const inLogin = (state: ScreenState, form: LoginForm, key: Key, shown: Shown): Pressed => {
  if (form.file !== null) return inFile(state, form, form.file, key);
  const stay = (change: Partial<LoginForm>): Pressed => ({
    state: { ...state, scroll: 0, form: { ...form, ...change } },
  });
  const name = typeof key === 'string' ? key : key.text;
  const typed = typeof key !== 'string';
  const choice = isChoice(form);
  if (key === 'esc') return { state: closed(state) };
  if (key === 'enter') return connect(state, form);
  if (key === 'ctrl-f' || (choice && typed && name === 'f')) return stay({ file: '', fault: null });
  if (key === 'ctrl-x' || (choice && typed && name === 'x'))
    return shown.login?.wanted
      ? { state: { ...closed(state), form }, action: { kind: 'no-login' } }
      : { state: { ...closed(state), form } };
  if (key === 'pgdn' || key === 'pgup')
    return {
      state: { ...state, scroll: Math.min(MOST_SCROLL, Math.max(0, state.scroll + (key === 'pgdn' ? 4 : -4))) },
    };
  const step = STEPS[name];
  if (!typed && step) return stay({ focus: neighbour(FIELDS, form.focus, step) });
  if (!choice) return stay(typedInto(form, key));
  if (name === 'right' || (typed && name === ' ')) return stay(chosen(form, 1));
  return name === 'left' ? stay(chosen(form, -1)) : { state };
};

/** The login page over what is shown, filled in as far as it is known. */
export const withLoginPage = (state: ScreenState, login: NonNullable<Shown['login']>): ScreenState => ({
  ...state,
  overlay: 'login',
  // What was put aside is there again, unless a login was asked for anew since.
  form: state.form && state.askedFor === login.asked ? state.form : formOf(login, state.form),
  askedFor: login.asked,
  scroll: 0,
  hint: null,
});

/** The state with the login page opened by itself, where checks wait for it and nothing else is being looked at; once for each time. */
export const opened = (state: ScreenState, { login, columns, rows }: Shown): ScreenState => {
  const due = login?.wanted && login.asked > state.askedFor;
  const free = state.overlay === null && state.focus === 'list' && layoutOf(columns, rows) !== 'tiny';
  return due && free ? withLoginPage(state, login) : state;
};
