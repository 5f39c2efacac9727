import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../model.ts';
import { PROBE } from '../child/entry.ts';
import type { Asking, Progress } from '../host.ts';
import { childEnvironment } from './exec.ts';

type Line = { readonly answer?: Json; readonly error?: string; readonly progress?: Progress };

const MOST_OUTPUT = 1 << 20;
/** How long a stopped child may take to tidy up before it is killed, ms. */
const GRACE = 300;

type Child = ChildProcessWithoutNullStreams;

/**
 * Starts a child that waits for its question, by another program where one is given. A session of its own: a Ctrl-C reaches
 * it through us, and a hung one holds no terminal.
 */
export const started = (...by: readonly string[]): Child => {
  const [program = '', ...args] = [...by, process.execPath, fileURLToPath(PROBE)];
  return spawn(program, args, {
    env: childEnvironment(),
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
};

/** Its pipes: there are none where this process is out of file descriptors, and an error is on its way. */
const pipesOf = (child: Child) => [child.stdin, child.stdout, child.stderr].filter(Boolean);
const handlesOf = (child: Child) => [child, ...pipesOf(child)] as unknown as readonly Held[];
type Held = { ref(): void; unref(): void };

/**
 * Starts the next child before its question is known, so that its start takes no time then. A child that is never taken keeps
 * nobody up, and ends with us.
 */
export const spare = () => {
  let ready: Child | null = null;
  return {
    prepare: (): void => {
      if (ready) return;
      ready = started();
      ready.on('error', () => {});
      for (const handle of handlesOf(ready)) handle.unref();
    },
    take: (): Child | null => {
      const child = ready;
      ready = null;
      if (!child || child.exitCode !== null || child.pid === undefined) return null;
      for (const handle of handlesOf(child)) handle.ref();
      return child;
    },
  };
};

/**
 * Asks a question in a child process, and never waits for longer than `deadlineMs`, nor for the child's exit: a call on
 * a hung mount keeps a process in the kernel where not even SIGKILL ends it. Rejects with the child's own sentence, or
 * with `late()` where it was too late.
 */
export const askChild = (
  question: { readonly ask: string; readonly about: Json },
  { signal, progress }: Asking,
  deadlineMs: number,
  late: () => string,
  prepared: Child | null = null,
): Promise<Json> =>
  new Promise((answered, refused) => {
    if (signal.aborted) return refused(new Error('cancelled'));
    const child = prepared ?? started();
    let received = '';
    let total = 0;
    let complaint = '';
    let over = false;

    const leave = () => {
      over = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', cancelled);
      // The end of its stdin tells it to tidy up and go. If it does not, it is killed; either way nobody waits.
      for (const pipe of pipesOf(child)) pipe.destroy();
      child.unref();
      if (child.exitCode === null && child.signalCode === null) setTimeout(() => child.kill('SIGKILL'), GRACE).unref();
    };
    const settle = (line: Line) => {
      if (over) return;
      leave();
      if (line.answer !== undefined) answered(line.answer);
      else refused(new Error(line.error ?? 'the measuring process said nothing'));
    };
    const cancelled = () => settle({ error: 'cancelled' });
    const timer = setTimeout(() => settle({ error: late() }), deadlineMs);
    signal.addEventListener('abort', cancelled, { once: true });

    const heard = (text: string) => {
      let line: Line;
      try {
        line = JSON.parse(text) as Line;
      } catch {
        line = { error: 'the measuring process answered with something that is not JSON' };
      }
      if (line.progress) progress(line.progress);
      else settle(line);
    };
    child.on('error', (error) => settle({ error: `a measuring process could not be started: ${error.message}` }));
    if (pipesOf(child).length === 0) return;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      total += text.length;
      if (total > MOST_OUTPUT) return settle({ error: 'the measuring process said more than 1 MiB' });
      const lines = (received + text).split('\n');
      received = lines.pop() ?? '';
      for (const each of lines) if (!over) heard(each);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2000);
    });
    for (const pipe of pipesOf(child)) pipe.on('error', () => {});
    child.on('close', (code, killed) => {
      const how = killed ? `was ended by ${killed}` : `ended with exit code ${code}`;
      const why = /^(\w*Error|nsenter:).*$/m.exec(complaint)?.[0];
      settle({ error: `the measuring process ${how} before it answered${why ? `: ${why}` : ''}` });
    });
    child.stdin.write(`${JSON.stringify(question)}\n`);
  });
