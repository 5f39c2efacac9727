import { didYouMean } from '../../src/usage-error.ts';
import { cells } from '../wrap.ts';
import { BLANK, cutLine, fitLine, type Line, line, type Style, span, wrapped } from './line.ts';
import { itemsOf } from './rows.ts';
import { signOf } from './signs.ts';
import type { ScreenState, Shown } from './state.ts';

const bold = (text: string): Line => line(span(text, { bold: true }));
const keyed = (key: string, does: string, room: number): Line =>
  line('  ', span(key.padEnd(room), { color: 'cyan' }), does);

const MOVE = [
  bold('Move'),
  keyed('↑ ↓  or k j', 'one line', 15),
  keyed('PgUp PgDn', 'one page', 15),
  keyed('g G', 'top, bottom', 15),
  keyed('n p', 'next, previous problem', 15),
  keyed('tab', 'list and detail', 15),
  keyed('enter esc', 'open, back', 15),
];
const FIND = [bold('Find'), keyed('/', 'filter by text or id', 15), keyed('f', 'all or problems', 15)];
const DO = [
  bold('Do'),
  keyed('r R', 're-run this, all failed', 9),
  keyed('c', 'cancel this check', 9),
  keyed('d', 'database login', 9),
  keyed('s', 'save the report', 9),
  keyed('y', 'copy what to do', 9),
];
const LEAVE = [
  bold('Leave'),
  keyed('q', 'quit, asks while running', 9),
  keyed('ctrl-c', 'stop now, keep the report', 9),
];

const legend = (columns: number): readonly Line[] => {
  const states = (['pass', 'fail', 'warn', 'unknown', 'skip', 'waived'] as const).map((state) => signOf(state));
  const lines: Line[] = [];
  let spans: Line['spans'] = [];
  for (const { sign, word, style } of states) {
    const next = [...spans, span(sign, style), span(` ${word}   `)];
    if (
      cells(
        next
          .map(({ text }) => text)
          .join('')
          .trimEnd(),
      ) > columns &&
      spans.length > 0
    ) {
      lines.push({ spans });
      spans = [span(sign, style), span(` ${word}   `)];
    } else spans = next;
  }
  return [...lines, { spans }];
};

/** All keys, in two columns where there is room. */
export const helpLines = ({ columns }: Shown): readonly Line[] => {
  if (columns < 72) return [...MOVE, ...DO, ...FIND, ...LEAVE, ...legend(columns)];
  const left = [...MOVE, BLANK, ...FIND];
  const right = [...DO, BLANK, BLANK, ...LEAVE];
  const half = Math.min(48, Math.floor(columns / 2));
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, at) => ({
    spans: [...fitLine(left[at] ?? BLANK, half).spans, ...(right[at] ?? BLANK).spans],
  }));
  return [
    BLANK,
    ...rows,
    BLANK,
    ...legend(columns),
    BLANK,
    line(span('Without Unicode: wa-preflight --ascii', { dim: true })),
  ];
};

const indented = (lines: readonly Line[], columns: number): readonly Line[] => {
  const indent = columns >= 60 ? '        ' : '  ';
  return lines.map((one) => cutLine({ spans: [span(indent), ...one.spans] }, columns));
};

const told = (text: string, columns: number, style: Style = {}): readonly Line[] =>
  wrapped(text, columns - (columns >= 60 ? 10 : 4)).map((one) => line(span(one, style)));

/** What quitting means while checks run, and the three ways on. */
export const stopLines = ({ report, columns }: Shown): readonly Line[] => {
  const done = report.checks.length;
  const waiting = report.pending.length;
  const going = report.pending.filter(({ state }) => state === 'running').length;
  const meanwhile = ['The run has finished meanwhile: nothing is left to stop.'];
  const said =
    waiting === 0
      ? meanwhile
      : [
          `${done} of ${done + waiting} checks are done, ${going} are running. What they wrote on this host is removed.`,
          `A kept report has the ${done} results and says of the others that they were not checked.`,
        ];
  return indented(
    [
      ...(columns >= 60 ? [BLANK, BLANK] : []),
      BLANK,
      bold(waiting === 0 ? 'Leave?' : 'Stop the run?'),
      BLANK,
      ...said.flatMap((text) => told(text, columns)),
      BLANK,
      keyed('s', waiting === 0 ? 'leave' : 'stop and keep the report', 6),
      keyed('d', waiting === 0 ? 'throw the report away' : 'stop and throw it away', 6),
      keyed('esc', waiting === 0 ? 'look at the report' : 'go on', 6),
    ],
    columns,
  );
};

/** The question for a file name; the ending decides the format. */
export const saveLines = ({ columns }: Shown, { input, hint }: ScreenState): readonly Line[] => {
  return indented(
    [
      BLANK,
      bold('Save the report'),
      BLANK,
      ...told(`${input}▁`, columns, { color: 'cyan' }),
      BLANK,
      ...told('The ending decides the form: .json for tools, .md for a ticket, .txt for reading.', columns),
      ...(hint ? [BLANK, ...told(hint, columns, { color: 'red' })] : []),
    ],
    columns,
  );
};

/** What was copied, in full: not every terminal takes it into its clipboard. */
export const copiedLines = ({ columns }: Shown, { input }: ScreenState): readonly Line[] =>
  indented([BLANK, bold('Copied, where the terminal allows it'), BLANK, ...told(input, columns)], columns);

const centred = (text: string, columns: number, style = {}): Line =>
  cutLine(line(' '.repeat(Math.max(0, Math.floor((columns - cells(text)) / 2))), span(text, style)), columns);

/** Nothing to show: which filter hides how many checks. */
export const emptyLines = ({ report, columns }: Shown, { filter, problemsOnly }: ScreenState): readonly Line[] => {
  const items = itemsOf(report);
  if (items.length === 0) return [BLANK, centred('no check is planned', columns)];
  const known = items.flatMap(({ id, title }) => [...id.split('.'), ...title.toLowerCase().split(' ')]);
  const meant = filter ? didYouMean(filter.toLowerCase(), known).replace(/^, did/, ' Did') : '';
  const what = filter ? `No ${problemsOnly ? 'problem' : 'check'} matches "${filter}"` : 'No problem so far';
  return [
    BLANK,
    ...wrapped(what, columns - 2).map((one) => centred(one, columns, { bold: true })),
    ...wrapped(`${items.length} checks are hidden.${meant}`, columns - 2).map((one) => centred(one, columns)),
    BLANK,
    centred(filter ? 'esc clears the filter' : 'f shows all checks', columns, { dim: true }),
  ];
};
