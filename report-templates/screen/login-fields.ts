import { cells } from '../wrap.ts';
import { type Line, line, type Span, type Style, span, wrapped } from './line.ts';
import { ENGINE_WORDS, type Field, type LoginForm, TLS_WORDS } from './login-form.ts';

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

const dots = ({ password }: LoginForm, width: number): string => '•'.repeat(Math.min(password.length, width - 2));

const valueLines = (field: Field, form: LoginForm, width: number, ascii: boolean): readonly Line[] => {
  const focused = form.focus === field;
  if (field === 'engine') return optionLines(ENGINE_WORDS, form.engine, focused, width, ascii);
  if (field === 'tls') return optionLines(TLS_WORDS, form.tls, focused, width, ascii);
  const quiet = field === 'port' && !form.portTyped ? { dim: true } : {};
  return textLines(field === 'password' ? dots(form, width) : form[field], focused, width, quiet);
};

/** One field of the page with its label, and what is wrong with it. */
export const fieldLines = (field: Field, form: LoginForm, width: number, ascii: boolean): readonly Line[] => {
  const focused = form.focus === field;
  const room = width - INDENT - LABEL;
  const values = valueLines(field, form, room, ascii);
  const fault = form.fault?.field === field ? told(`✖ ${form.fault.message}`, room, { color: 'red' }) : [];
  const label = field === 'tls' ? 'TLS' : field;
  return [...values, ...fault].map((value, row) => {
    const pointer = focused && row === 0 ? span('❯ ', { color: 'cyan', bold: true }) : span('  ');
    const name = span(row === 0 ? label.padEnd(LABEL) : ' '.repeat(LABEL), focused ? { bold: true } : {});
    return { spans: [pointer, name, ...value.spans] };
  });
};
