import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROBE } from '../../src/host/child/entry.ts';
import { childEnvironment } from '../../src/host/live/exec.ts';
import type { Json } from '../../src/model.ts';
import { ROOT } from './command.ts';

/** What a measuring child said, and what it cost. */
export type Asked = {
  readonly answer: Json | null;
  readonly error: string | null;
  readonly stderr: string;
  readonly exitCode: number | null;
  /** When the answer came, as performance.now() has it. */
  readonly at: number;
  /** The most memory that it held, MiB. */
  readonly peak: number;
};

const BUILT = join(ROOT, 'dist/probe.js');
/** The child's program: as it is shipped, else its source. */
const PROGRAM = existsSync(BUILT) ? BUILT : fileURLToPath(PROBE);

// process.resourceUsage() tells of the peak; it is read when all is done.
const WITNESS = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`;

/** Asks a measuring child of our own, as the host does, and watches its memory. */
export const askProbe = async (ask: string, about: object): Promise<Asked> => {
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${WITNESS}`, PROGRAM], {
    env: childEnvironment(),
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr, at] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    at = performance.now();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.write(`${JSON.stringify({ ask, about })}\n`);
  const exitCode = await new Promise<number | null>((done) => child.once('close', done));
  const last = stdout.trim().split('\n').at(-1) || '{}';
  const told = JSON.parse(last) as { answer?: Json; error?: string };
  return {
    answer: told.answer ?? null,
    error: told.error ?? null,
    stderr: stderr.replace(/^peak .*\n/m, ''),
    exitCode,
    at,
    peak: Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024,
  };
};
