import type { BundleProgress } from '../../../src/bundle/bundle.ts';
import { gigabytes } from '../../../src/units.ts';
import { copyCommand, lackWords, TICKETS } from '../../bundle/result.ts';
import { sizeOf } from '../../bundle/told.ts';
import { cells, wrap } from '../../wrap.ts';
import { BLANK, cutLine, type Line, line, rule, type Span, span, wrapped } from '../line.ts';
import { told } from '../login-fields.ts';
import { signOf } from '../signs.ts';
import type { BundleShown, Failure, Room } from './shown.ts';

const inset = (lines: readonly Line[], columns: number, by = 2): readonly Line[] =>
  lines.map((one) => cutLine({ spans: [span(' '.repeat(by)), ...one.spans] }, columns));

const STEPS: Readonly<Record<BundleProgress['step'], string>> = {
  collecting: 'Collecting and cleaning',
  learning: 'Learning what is secret on this host',
  packing: 'Packing',
  proving: 'Scanning once more for secrets',
  done: 'Done',
};
const ORDER = ['learning', 'collecting', 'packing', 'proving'] as const;

const barOf = ({ done, of }: BundleProgress, width: number): readonly Span[] => {
  const filled = of === 0 ? 0 : Math.round(Math.min(1, done / of) * width);
  return [span('█'.repeat(filled), { color: 'cyan' }), span('░'.repeat(width - filled), { dim: true })];
};

/** Step 3: what is being done, how far it is, and how large the file is by now. */
export const writingLines = ({ progress }: BundleShown, { columns, tick }: Room): readonly Line[] => {
  const now = progress ?? { step: 'learning' as const, file: null, done: 0, of: 0, packed: 0 };
  const at = now.step === 'done' ? ORDER.length : ORDER.indexOf(now.step);
  const steps = ORDER.map((step, index) => {
    const state = index < at ? 'pass' : index === at ? 'running' : 'waiting';
    const { sign, style } = signOf(state, tick);
    return line(span(`${sign} `, style), span(STEPS[step], state === 'waiting' ? { dim: true } : {}));
  });
  const count = now.of > 0 ? ` ${now.done} of ${now.of}` : '';
  const width = Math.max(8, Math.min(48, columns - cells(count) - 4));
  return inset(
    [
      BLANK,
      ...steps,
      BLANK,
      line(...barOf(now, width), count),
      line(span(now.packed > 0 ? `${gigabytes(now.packed)} packed` : 'nothing packed yet', { dim: true })),
      line(span(now.file ?? '', { dim: true })),
      BLANK,
      ...told(
        'Only cleaned bytes are written. The file gets its name when it is whole and has been scanned.',
        columns - 4,
        { dim: true },
      ),
    ],
    columns,
  );
};

/** Label and value; what is long goes on below, under the value. */
const row = (name: string, text: string, columns: number): readonly Line[] =>
  wrap(text, columns - 12, 'cut').map((part, at) => line(span((at === 0 ? name : '').padEnd(8), { dim: true }), part));

const step = (at: number, lines: readonly Line[]): readonly Line[] =>
  lines.map(
    (one, index): Line => ({ spans: [span(index === 0 ? `${at}  ` : '   ', { color: 'cyan' }), ...one.spans] }),
  );

/** Words in which a command can still be copied from the screen: broken at its blanks alone. */
const command = (text: string, columns: number): readonly Line[] =>
  wrapped(text, columns - 9).map((part) => line(span(part, { bold: true })));

/** Step 4: the file, what it lacks, and how it comes to the ticket. */
export const doneLines = (shown: BundleShown, { columns }: Room): readonly Line[] => {
  const { made, deleted, host, maxSize } = shown;
  if (!made) return [];
  if (deleted)
    return inset(
      [BLANK, line(span('The bundle was deleted. Nothing of it is left on this host.', { bold: true }))],
      columns,
    );
  const paths = made.volumes.flatMap(({ path }) => (path === null ? [] : [path]));
  const total = made.volumes.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = made.volumes.length;
  const lacks = lackWords(made);
  const room = columns - 4;
  const size = `${sizeOf(total)} in ${parts === 1 ? 'one file' : `${parts} files`} (at most ${gigabytes(maxSize)} each)`;
  const next: readonly (readonly Line[])[] = [
    [line('Copy it to your computer:'), ...command(copyCommand(host, paths), columns)],
    told('Open summary.html in it. Check that you are happy to share it.', room - 3),
    told(`Attach it to the ticket: ${TICKETS}`, room - 3),
    [
      ...told('Paste this text in the ticket (y copies it):', room - 3),
      ...made.ticket
        .trimEnd()
        .split('\n')
        .flatMap((text) => told(text, room - 3, { dim: true })),
    ],
  ];
  return inset(
    [
      line(span('✔ Bundle written', { color: 'green', bold: true })),
      ...(lacks === null ? [] : told(`▲ ${lacks}`, room, { color: 'yellow' })),
      ...paths.flatMap((path) => row(parts > 1 ? 'files' : 'file', path, columns)),
      ...row('size', size, columns),
      ...(parts === 1 ? row('sha256', made.volumes[0]?.sha256 ?? '', columns) : []),
      ...row('mode', '0600: only you can read it here. It stays until you delete it.', columns),
      rule(columns - 4, 'next'),
      ...next.flatMap((lines, at) => step(at + 1, lines)),
    ],
    columns,
  );
};

const TITLES: Readonly<Record<Failure['kind'], string>> = {
  'no-space': 'No space is left: no bundle was written',
  'secret-left': 'A secret was left after cleaning: no bundle was written',
  cancelled: 'Cancelled: no bundle was written',
  other: 'No bundle was written',
};
const WAYS: Readonly<Record<Failure['kind'], string>> = {
  'no-space': 'Make room there or leave out a part (r), or name another place with --output.',
  'secret-left':
    'Leave that file out (r, then p and x), or take the value out with a rule of your own (r, then p and a).',
  cancelled: 'What was packed so far is gone. r leads back to the choices.',
  other: 'r leads back to the choices.',
};

/** There is no bundle: why, that nothing of it is left, and the way on. */
export const failedLines = ({ failure }: BundleShown, { columns }: Room): readonly Line[] => {
  if (!failure) return [];
  const quiet = failure.kind === 'cancelled';
  const width = columns - 4;
  return inset(
    [
      BLANK,
      ...told(
        `${quiet ? '○' : '✖'} ${TITLES[failure.kind]}`,
        width,
        quiet ? { bold: true } : { color: 'red', bold: true },
      ),
      BLANK,
      ...told(failure.message, width),
      BLANK,
      ...told(WAYS[failure.kind], width),
      ...told('Nothing is left of the unfinished file.', width, { dim: true }),
    ],
    columns,
  );
};
