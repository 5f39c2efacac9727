import { cells } from '../wrap.ts';
import { type Line, line, type Span, type Style, span, wrapped } from './line.ts';
import { type Field, type LoginForm, secretIn, valueIn } from './login-form.ts';

const LABEL = 10;
const INDENT = 2;

export const told = (text: string, width: number, style: Style = {}): readonly Line[] =>
  wrapped(text, width).map((one) => line(span(one, style)));

/** Options of a choice, as many on a line as fit. */
const optionLines = (
  words: Readonly<Record<string, string>>,
  current: string,
  focused: boolean,
  width: number,
  ascii: boolean,
) => {
  const rows: Span[][] = [[]];
  let used = 0;
  for (const [name, word] of Object.entries(words)) {
    const on = name === current;
    const text = `${ascii ? (on ? '(*)' : '( )') : on ? '●' : '○'} ${word}`;
    if (used > 0 && used + 3 + cells(text) > width) {
      rows.push([]);
      used = 0;
    }
    rows
      .at(-1)
      ?.push(
        span(used > 0 ? '   ' : ''),
        span(text, on ? { bold: true, ...(focused && { color: 'cyan' as const }) } : { dim: true }),
      );
    used += (used > 0 ? 3 : 0) + cells(text);
  }
  return rows.map((spans): Line => ({ spans }));
};

/** A text field in as many lines as it takes, the cursor behind its last character. */
export const textLines = (text: string, focused: boolean, width: number, style: Style = {}): readonly Line[] =>
  wrapped(`${text}${focused ? '▁' : ''}`, width).map((one) => line(span(one, focused ? { color: 'cyan' } : style)));

const dots = (length: number, width: number): string => '•'.repeat(Math.min(length, width - 2));

/** What stands in a field; the choice of the login itself is the page's own. */
export const currentIn = (form: LoginForm, { name }: Field): string =>
  name === 'part' ? form.part : valueIn(form, name);

const valueLines = (field: Field, form: LoginForm, width: number, ascii: boolean): readonly Line[] => {
  const focused = form.focus === field.name;
  if (field.words) return optionLines(field.words, currentIn(form, field), focused, width, ascii);
  const text = field.kind === 'secret' ? dots(secretIn(form, field.name).length, width) : valueIn(form, field.name);
  return textLines(text, focused, width, field.quiet ? { dim: true } : {});
};

/** One field of the page with its label, and what is wrong with it. */
export const fieldLines = (field: Field, form: LoginForm, width: number, ascii: boolean): readonly Line[] => {
  const focused = form.focus === field.name;
  const room = width - INDENT - LABEL;
  const values = valueLines(field, form, room, ascii);
  const fault = form.fault?.field === field.name ? told(`✖ ${form.fault.message}`, room, { color: 'red' }) : [];
  return [...values, ...fault].map((value, row) => {
    const pointer = focused && row === 0 ? span('❯ ', { color: 'cyan', bold: true }) : span('  ');
    const name = span(row === 0 ? field.label.padEnd(LABEL) : ' '.repeat(LABEL), focused ? { bold: true } : {});
    return { spans: [pointer, name, ...value.spans] };
  });
};
