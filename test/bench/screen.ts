import { spawn } from '@lydell/node-pty';
import { LAUNCHER } from '../support/command.ts';
import type { Row } from './measure.ts';

const COLUMNS = 120;
const ROWS = 40;
const MOST_PER_SECOND = 5 * 1024;

/** The first whole screen is out by then, ms after the first byte. */
const DRAWN = 1000;

/** What the terminal UI sends to the terminal while a run goes on, bytes a second: between the first whole screen and the last. */
export const benchScreen = (): Promise<readonly Row[]> =>
  new Promise((done) => {
    const env = { ...process.env, CI: 'false', TERM: 'xterm-256color', WA_PREFLIGHT_OFFLINE: '1' };
    const terminal = spawn(LAUNCHER, [], { cols: COLUMNS, rows: ROWS, env });
    const chunks: { readonly at: number; readonly bytes: number }[] = [];
    let finished = 0;
    let asked = false;
    terminal.onData((text) => {
      const at = performance.now();
      // Without a database the page that asks for its login is put off, so that the list is what is drawn.
      if (!asked && text.includes('need a login')) {
        asked = true;
        terminal.write('x');
      }
      if (!finished && /exit \d/.test(text)) {
        finished = at;
        terminal.write('q');
      }
      if (!finished) chunks.push({ at, bytes: Buffer.byteLength(text) });
    });
    terminal.onExit(() => {
      const from = (chunks[0]?.at ?? 0) + DRAWN;
      const bytes = chunks.filter(({ at }) => at >= from).reduce((sum, chunk) => sum + chunk.bytes, 0);
      const seconds = (finished - from) / 1000;
      const rate = bytes / seconds;
      done([
        {
          name: `terminal UI at ${COLUMNS}x${ROWS}, ${seconds.toFixed(1)} s of running`,
          ours: `${(rate / 1024).toFixed(2)} KiB/s`,
          reference: '',
          ratio: null,
          target: '<= 5 KiB/s',
          met: rate <= MOST_PER_SECOND,
        },
      ]);
    });
  });
