import { BLANK, type Line, line, span } from '../line.ts';
import { textLines, told } from '../login-fields.ts';
import type { ScopeTyped } from './action.ts';
import type { BundleShown, Room } from './shown.ts';
import type { ScopeField, WizardState } from './state.ts';

/** The fields of the page: one of the two times is hidden behind the choice. */
export const fieldsOf = ({ time }: ScopeTyped): readonly ScopeField[] => ['time', time, 'case'];

const LABELS: Readonly<Record<ScopeField, string>> = { time: 'logs', since: 'from', around: 'around', case: 'case' };
const HINTS: Readonly<Record<Exclude<ScopeField, 'time'>, string>> = {
  since: '3h, 13:41 or 2026-11-20T13:41:00Z',
  around: '13:41 or 2026-11-20T13:41:00Z: 15 minutes before and after',
  case: 'the number of the ticket, if there is one already',
};
const CHOICES = { since: 'up to now', around: 'around a time' } as const;

const choice = (typed: ScopeTyped, focused: boolean, ascii: boolean): Line => {
  const mark = (on: boolean) => (ascii ? (on ? '(*)' : '( )') : on ? '●' : '○');
  return line(
    ...(['since', 'around'] as const).flatMap((one, at) => {
      const on = typed.time === one;
      const style = on ? { bold: true, ...(focused && { color: 'cyan' as const }) } : { dim: true };
      return [span(at > 0 ? '   ' : ''), span(`${mark(on)} ${CHOICES[one]}`, style)];
    }),
  );
};

/** Step 1: the time of the logs and the case. */
export const scopeLines = (shown: BundleShown, state: WizardState, { columns, ascii }: Room): readonly Line[] => {
  const typed = state.typed ?? shown.scope;
  const width = Math.min(columns - 2, 100);
  const fields = fieldsOf(typed).flatMap((field) => {
    const focused = state.field === field;
    const pointer = focused ? span('❯ ', { color: 'cyan', bold: true }) : span('  ');
    const label = span(LABELS[field].padEnd(8), focused ? { bold: true } : {});
    const room = width - 10;
    const value = field === 'time' ? [choice(typed, focused, ascii)] : textLines(typed[field], focused, room);
    const hint = field === 'time' ? [] : told(HINTS[field], room, { dim: true });
    const fault = shown.fault?.field === field ? told(`✖ ${shown.fault.message}`, room, { color: 'red' }) : [];
    return [...value, ...(fault.length > 0 ? fault : hint)].map(
      (one, at): Line => ({
        spans: [at === 0 ? pointer : span('  '), at === 0 ? label : span('        '), ...one.spans],
      }),
    );
  });
  return [
    BLANK,
    ...told('One file for the ticket: the preflight report, facts about this host, the logs of the client.', width),
    ...told('Nothing leaves this server. You attach the file to the ticket yourself.', width),
    BLANK,
    ...fields,
    BLANK,
    ...told(
      'Next you see what goes in, how large it is and what is taken out of it, before anything is written.',
      width,
      {
        dim: true,
      },
    ),
  ].map((one) => ({ spans: [span(' '), ...one.spans] }));
};
