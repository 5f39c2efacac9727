import { filesIn, lacksIn, STATE_WORDS, sizeOf } from '../../bundle/told.ts';
import { BLANK, cutLine, type Line, line, span } from '../line.ts';
import { told } from '../login-fields.ts';
import type { BundleShown, Room } from './shown.ts';
import type { Overlay } from './state.ts';

const keyed = (key: string, does: string): Line => line('  ', span(key.padEnd(13), { color: 'cyan' }), does);
const bold = (text: string): Line => line(span(text, { bold: true }));

const HELP: readonly Line[] = [
  bold('What goes in'),
  keyed('↑ ↓', 'one part'),
  keyed('space', 'take in, leave out'),
  keyed('p', 'preview of the redaction'),
  keyed('t', 'time of the logs, case'),
  keyed('enter', 'write the bundle'),
  bold('Preview'),
  keyed('← →', 'file'),
  keyed('v', 'the whole file as it will be sent'),
  keyed('x', 'leave this file out'),
  keyed('a', 'a rule of your own'),
  bold('When it is written'),
  keyed('y', 'copy the text for the ticket'),
  keyed('l', 'list the files'),
  keyed('d', 'delete the bundle, asks'),
  bold('Anywhere'),
  keyed('c', 'cancel the writing'),
  keyed('esc', 'back'),
  keyed('q  ctrl-c', 'leave'),
];

const listed = ({ made }: BundleShown, columns: number): readonly Line[] => {
  if (!made) return [];
  const files = filesIn(made.manifest).map((row) =>
    cutLine(line(span(`${sizeOf(row.bytes ?? 0).padStart(11)}  `, { dim: true }), row.path), columns),
  );
  const lacks = lacksIn(made.manifest).map(({ path, state, reason }) =>
    cutLine(line(span(`${path}: ${STATE_WORDS[state]}${reason === undefined ? '' : `, ${reason}`}`)), columns),
  );
  return [
    bold(`In the bundle: ${files.length}`),
    ...files,
    ...(lacks.length > 0 ? [BLANK, bold(`Cut, left out, not collected: ${lacks.length}`)] : []),
    ...lacks,
  ];
};

const deleting = ({ made }: BundleShown, columns: number): readonly Line[] => [
  BLANK,
  bold('Delete the bundle?'),
  BLANK,
  ...(made?.volumes ?? []).flatMap(({ path }) => (path === null ? [] : told(path, columns))),
  BLANK,
  keyed('d', 'delete it'),
  keyed('esc', 'keep it'),
];

/** A page over the others, in lines. */
export const overlayLines = (
  overlay: Overlay,
  shown: BundleShown,
  input: string,
  { columns }: Room,
): readonly Line[] => {
  const width = columns - 2;
  const lines: Readonly<Record<Overlay, () => readonly Line[]>> = {
    help: () => HELP,
    list: () => listed(shown, width),
    delete: () => deleting(shown, width),
    copied: () => [
      BLANK,
      bold('Copied, if your terminal allows it'),
      ...told(
        'Not every terminal does, and none tells. If pasting gives something else, select the text here.',
        width,
        { dim: true },
      ),
      BLANK,
      ...input.split('\n').flatMap((text) => told(text, width)),
    ],
  };
  return lines[overlay]().map((one) => cutLine({ spans: [span(' '), ...one.spans] }, columns));
};
