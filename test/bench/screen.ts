import { spawn } from '@lydell/node-pty';
import { LAUNCHER } from '../support/command.ts';
import type { Row } from './measure.ts';

const COLUMNS = 120;
const ROWS = 40;
const MOST_PER_SECOND = 5 * 1024;

/** What the terminal UI sends to the terminal while a whole run goes on, bytes a second. */
export const benchScreen = (): Promise<readonly Row[]> =>
  new Promise((done) => {
    const env = { ...process.env, CI: 'false', TERM: 'xterm-256color' };
    const terminal = spawn(LAUNCHER, [], { cols: COLUMNS, rows: ROWS, env });
    let bytes = 0;
    let first = 0;
    let last = 0;
    const finish = () => {
      const seconds = (last - first) / 1000;
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
    };
    terminal.onData((text) => {
      first ||= performance.now();
      bytes += Buffer.byteLength(text);
      last = performance.now();
      if (/exit \d/.test(text)) terminal.write('q');
    });
    terminal.onExit(finish);
  });
