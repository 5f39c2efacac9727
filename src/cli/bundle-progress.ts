import { cut } from '../../report-templates/wrap.ts';
import type { BundleProgress } from '../bundle/bundle.ts';
import { progressLine } from './bundle-words.ts';
import { columns } from './terminal.ts';

/** How progress is told: on a terminal one line that is drawn anew, elsewhere a line for each step and one now and then. */
export type Telling = { readonly see: (told: BundleProgress) => void; readonly end: () => void };

const BETWEEN_DRAWN_MS = 100;
const BETWEEN_LINES_MS = 10_000;

/** Tells on a stream; `redrawn` says whether it is a terminal that takes escapes. */
export const telling = (stream: NodeJS.WriteStream, redrawn: boolean): Telling => {
  let step = '';
  let last = Number.NEGATIVE_INFINITY;
  let drawn = false;
  const erase = () => {
    if (drawn) stream.write('\r\u001b[2K');
    drawn = false;
  };
  return {
    see: (told) => {
      const now = performance.now();
      const isNew = told.step !== step;
      if (!isNew && now - last < (redrawn ? BETWEEN_DRAWN_MS : BETWEEN_LINES_MS)) return;
      step = told.step;
      last = now;
      if (told.step === 'done') return erase();
      const line = cut(progressLine(told), columns(stream) - 1);
      stream.write(redrawn ? `\r\u001b[2K${line}` : `${line}\n`);
      drawn = redrawn;
    },
    end: erase,
  };
};
