import type { Action } from './action.ts';
import { type ApiLoginShown, apiFault, apiFields, apiForm, apiTyped } from './login-api.ts';
import {
  databaseChosen,
  databaseFault,
  databaseFields,
  databaseForm,
  databaseTyped,
  type LoginShown,
} from './login-database.ts';
import { type Fault, type Field, LOGIN_PARTS, type LoginForm, type LoginPart, secretIn } from './login-form.ts';

/** What is known of each login; null where no check of the run wants it. */
export type LoginsShown = { readonly database: LoginShown | null; readonly api: ApiLoginShown | null };

export const NO_LOGINS: LoginsShown = { database: null, api: null };

/** The words of a login page. */
export type PartWords = {
  readonly title: string;
  readonly wanted: string;
  readonly checks: string;
  readonly again: string;
};

const WORDS: Readonly<Record<LoginPart, PartWords>> = {
  database: {
    title: 'Database login',
    wanted: 'Database checks need a login',
    checks: 'database checks',
    again: 'A login given here runs the database checks again.',
  },
  api: {
    title: 'API login',
    wanted: 'API checks need a login',
    checks: 'API checks',
    again: 'A login given here runs the checks of the API again.',
  },
};

export const wordsOf = (part: LoginPart): PartWords => WORDS[part];

/** The logins that a run wants, in the order in which they are asked for. */
export const partsOf = (logins: LoginsShown): readonly LoginPart[] => LOGIN_PARTS.filter((part) => logins[part]);

/** The parts for which checks wait. */
export const wantedIn = (logins: LoginsShown): readonly LoginPart[] =>
  partsOf(logins).filter((part) => logins[part]?.wanted);

/** A choice at the head of the page, where there is more than one login to give. */
const PART: Field = { name: 'part', label: 'login to', kind: 'choice', words: { database: 'database', api: 'API' } };

/** The fields of a page, in their order. */
export const fieldsOf = (form: LoginForm, logins: LoginsShown): readonly Field[] => {
  const head = partsOf(logins).length > 1 ? [PART] : [];
  if (form.part === 'database') return [...head, ...databaseFields(form)];
  return logins.api ? [...head, ...apiFields(form, logins.api)] : head;
};

/** A page to fill in for a login, with what was typed into it before; null where the run does not want it. */
export const formOf = (part: LoginPart, logins: LoginsShown, before: LoginForm | null): LoginForm | null => {
  if (part === 'database') return logins.database && databaseForm(logins.database, before);
  return logins.api && apiForm(logins.api, before);
};

/** The same page with another value in a choice. */
export const chosenIn = (form: LoginForm, field: string, value: string): LoginForm =>
  form.part === 'database'
    ? databaseChosen(form, field, value)
    : { ...form, values: { ...form.values, [field]: value } };

/** Whether a file can be named in place of the fields. */
export const takesFile = ({ part }: LoginForm): boolean => part === 'database';

/** What is wrong with a page, or what it asks of whoever shows the screen. */
export const givenIn = (
  form: LoginForm,
  logins: LoginsShown,
): { readonly fault: Fault } | { readonly action: Action } => {
  if (form.part === 'database') {
    const fault = databaseFault(form);
    return fault ? { fault } : { action: { kind: 'login', to: 'database', typed: databaseTyped(form) } };
  }
  if (!logins.api) throw new Error('a page for the API without one');
  const fault = apiFault(form, logins.api);
  return fault ? { fault } : { action: { kind: 'login', to: 'api', typed: apiTyped(form, logins.api) } };
};

/** What was left empty and may be, if that is said twice; null where nothing was. */
export const emptyIn = (form: LoginForm): Fault | null =>
  form.part === 'database' && secretIn(form, 'password').length === 0
    ? { field: 'password', message: 'no password yet; enter once more connects without one' }
    : null;
