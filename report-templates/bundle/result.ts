import type { MadeBundle } from '../../src/bundle/bundle.ts';
import { oneLine } from '../../src/printable.ts';
import type { Look } from '../look.ts';
import { paint, told } from '../words.ts';
import { hanging } from '../wrap.ts';
import { lacksIn, sizeOf } from './told.ts';

/** Where tickets of the product are kept. */
export const TICKETS = 'https://business.facebook.com/direct-support';

/** What is to be told beside the bundle itself. */
export type ResultAround = {
  /** The name by which the person's own computer reaches this host. */
  readonly host: string;
  readonly maxSize: number;
};

/** A word for a shell, in quotes where it needs them. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The command that brings the files of a bundle to where the ticket is written. */
export const copyCommand = (host: string, paths: readonly string[]): string =>
  `scp ${paths.map((path) => shellWord(`${host}:${path}`)).join(' ')} .`;

/** What the bundle lacks, in one sentence; null where it is as it was asked for. */
export const lackWords = ({ manifest }: MadeBundle): string | null => {
  const count = lacksIn(manifest).filter(({ state }) => !['empty', 'absent', 'left-out'].includes(state)).length;
  if (count === 0 && manifest.complete) return null;
  return `${count === 1 ? '1 file is' : `${count} files are`} cut, withheld or could not be collected: manifest.json says which, and why.`;
};

/** The page after `bundle` without a terminal UI: the files, what they lack, and the next steps. */
export const resultText = (made: MadeBundle, { host, maxSize }: ResultAround, look: Look): string => {
  const row = (name: string, text: string) => hanging(`  ${name.padEnd(8)}`, told(text, look), look.width);
  const step = (at: number, text: string) => hanging(`  ${at}  `, told(text, look), look.width);
  const paths = made.volumes.flatMap(({ path }) => (path === null ? [] : [path]));
  const parts = made.volumes.length;
  const total = made.volumes.reduce((sum, { bytes }) => sum + bytes, 0);
  const lacks = lackWords(made);
  const sign = look.ascii ? '+' : '✔';
  const steps =
    paths.length === 0
      ? []
      : [
          '',
          paint('Next', 'bold', look),
          step(1, 'Copy it to your computer:'),
          `       ${oneLine(copyCommand(host, paths))}`,
          step(2, 'Open summary.html in it. Check that you are happy to share it.'),
          step(3, `Attach it to the ticket: ${TICKETS}`),
          step(4, 'Paste this text in the ticket:'),
          ...made.ticket
            .trimEnd()
            .split('\n')
            .map((text) => `       ${told(text, look)}`),
        ];
  return `${[
    paint(`${sign} Bundle written`, 'green', look),
    ...(lacks === null ? [] : [hanging(look.ascii ? '! ' : '▲ ', told(lacks, look), look.width)]),
    '',
    ...made.volumes.flatMap(({ path, bytes, sha256 }) => [
      row('file', path ?? 'standard output'),
      row('size', sizeOf(bytes)),
      row('sha256', sha256),
    ]),
    ...(parts > 1 ? [row('parts', `${parts}, ${sizeOf(total)} together; at most ${sizeOf(maxSize)} each`)] : []),
    ...(paths.length === 0
      ? []
      : [row('mode', '0600: nobody else on this host can read it. It stays until you delete it.')]),
    ...steps,
  ].join('\n')}\n`;
};
