import { oneLine } from '../../src/printable.ts';
import { NO_SECRET, type Secret } from './secret.ts';

/** What a login is for. */
export const LOGIN_PARTS = ['database', 'api'] as const;
export type LoginPart = (typeof LOGIN_PARTS)[number];

/** One place in which a login was looked for. */
export type Place = { readonly place: string; readonly state: string; readonly detail: string | null };

/** A field of a login page: text, text that is hidden, or one of some words. */
export type Field = {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'secret' | 'choice';
  readonly words?: Readonly<Record<string, string>>;
  /** What stands in it was not typed by anybody. */
  readonly quiet?: boolean;
};

/** What is wrong, told at its field; `file` is the path that is typed in place of the fields. */
export type Fault = { readonly field: string; readonly message: string };

/** A login page as it is being filled in. */
export type LoginForm = {
  readonly part: LoginPart;
  /** A field's name. */
  readonly focus: string;
  /** Texts and choices, by their field's name. */
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Fields that a person typed into. */
  readonly typed: readonly string[];
  readonly fault: Fault | null;
  /** The path of a file that is being typed in place of the fields. */
  readonly file: string | null;
  /** Enter was pressed with something left empty that may be: the next one means it. */
  readonly insisted: boolean;
};

export const valueIn = (form: LoginForm, field: string): string => form.values[field] ?? '';
export const secretIn = (form: LoginForm, field: string): Secret => form.secrets[field] ?? NO_SECRET;

/** A page that holds these values; foreign ones are made printable. */
export const formWith = (part: LoginPart, focus: string, values: Readonly<Record<string, string>>): LoginForm => ({
  ...{ part, focus, secrets: {}, typed: [], fault: null, file: null, insisted: false },
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, oneLine(value)])),
});

/** The page without its secrets and what was said of it, the focus on a field: as it is when its login was given. */
export const emptied = (form: LoginForm, focus: string): LoginForm => ({
  ...form,
  ...{ focus, secrets: {}, fault: null, insisted: false },
});
