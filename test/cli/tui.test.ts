import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pause, type Tty, tty } from '../support/terminal.ts';

const CLI = process.env['WA_PREFLIGHT_CLI'] ?? join(import.meta.dirname, '../../dist/cli.js');
const built = existsSync(CLI);
/** What is tried here goes without a login, which a terminal would be asked for. */
const QUICK = ['--quick', '--skip', 'database.*'] as const;
const ENTER_ALTERNATE = '\u001b[?1049h';

/** The processes that a process started, as Linux tells. */
const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

describe.skipIf(!built)('the terminal UI in a pseudo-terminal (wants dist/: npm run build)', () => {
  let folder: string;
  let silent: Server;
  const opened: Tty[] = [];

  /** `slow`: Docker's socket answers nothing, so that the run lasts until it is stopped. */
  const open = (columns: number, rows: number, { slow = false, words = QUICK as readonly string[] } = {}) => {
    const endpoint = join(folder, slow ? 'silent.sock' : 'absent.sock');
    const terminal = tty(process.execPath, [CLI, 'check', ...words], columns, rows, {
      DOCKER_HOST: `unix://${endpoint}`,
    });
    opened.push(terminal);
    return terminal;
  };
  const restored = (terminal: Tty) => {
    expect(terminal.raw()).toContain(ENTER_ALTERNATE);
    expect(terminal.isAlternate()).toBe(false);
    expect(terminal.cursorHidden()).toBe(false);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wa-preflight-tui-'));
    silent = createServer(() => {});
    await new Promise<void>((done) => silent.listen(join(folder, 'silent.sock'), done));
  });
  afterEach(() => {
    for (const { pid, signal } of opened.splice(0)) if (isAlive(pid)) signal('SIGKILL');
  });
  afterAll(() => {
    silent.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens, moves, filters, resizes, saves and quits with the code of the run', async () => {
    const terminal = open(80, 24);
    await terminal.until(/DOES NOT CONFORM|CONFORMS|NOT PROVEN/);
    expect(terminal.text().split('\n')[0]).toContain('product ended 2025-10-23');
    const code = Number(/exit (\d)/.exec(terminal.text())?.[1]);
    terminal.press('/memory\r');
    await terminal.until('filter /memory');
    expect(terminal.text()).not.toContain('glibc');
    terminal.press('\r');
    await terminal.until('host.memory');
    terminal.resize(120, 40);
    await terminal.until('finished in');
    terminal.resize(50, 20);
    await terminal.until(/^▲ ended 2025-10-23/);
    terminal.resize(30, 8);
    await terminal.until('needs 40x10');
    terminal.resize(80, 24);
    await terminal.until('host.memory');
    const file = join(folder, 'report.json');
    terminal.press('s');
    await terminal.until('Save the report');
    terminal.press('\u0015');
    terminal.press(file);
    terminal.press('\r');
    await terminal.until('saved as');
    terminal.press('q');
    expect((await terminal.exit).exitCode).toBe(code);
    restored(terminal);
    await pause(50);
    expect(terminal.text()).toContain('The vendor ended this product on 2025-10-23');
    expect(terminal.text()).toContain(`Report: ${file}`);
    const saved = JSON.parse(readFileSync(file, 'utf8'));
    expect(saved.run.exitCode).toBe(code);
    expect(saved.checks.length).toBe(saved.run.planned.length);
  });

  it('asks before it replaces a file, offers a name that was not taken again, and waits for what it writes', async () => {
    const terminal = open(80, 24);
    await terminal.until(/DOES NOT CONFORM|CONFORMS|NOT PROVEN/);
    const file = join(folder, 'kept.md');
    writeFileSync(file, 'mine');
    terminal.press('s');
    await terminal.until('Save the report');
    terminal.press('\u0015');
    terminal.press(file);
    terminal.press('\r');
    await terminal.until('is there already');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    terminal.press('s');
    await terminal.until('kept.md▁');
    expect(terminal.text()).toContain('is there already');
    // All in one piece, as fast typing comes over a slow line.
    terminal.press('\rq');
    await terminal.exit;
    await pause(50);
    expect(readFileSync(file, 'utf8')).toContain('# ');
    expect(terminal.text()).toContain(`Report: ${file}`);
  });

  it('draws no escape where plain lines are asked for, also on a terminal', async () => {
    const plain = open(80, 24, { words: [...QUICK, '--no-tui'] });
    await plain.exit;
    await pause(50);
    expect(plain.raw()).toContain('Processors');
    expect(plain.raw()).not.toContain('\u001b');
  });

  it('stops with the terminal as it was, and draws anew in the foreground', async () => {
    const command = '"$0" "$@"; echo put aside; read key; fg; echo ended';
    const words = ['-mc', command, process.execPath, CLI, 'check', ...QUICK];
    const terminal = tty('sh', words, 80, 24, { DOCKER_HOST: `unix://${join(folder, 'absent.sock')}` });
    opened.push(terminal);
    await terminal.until(/DOES NOT CONFORM|CONFORMS|NOT PROVEN/);
    const [tool = 0] = childrenOf(terminal.pid);
    process.kill(tool, 'SIGTSTP');
    await terminal.until('put aside');
    restored(terminal);
    terminal.press('\r');
    await terminal.until('product ended');
    expect(terminal.isAlternate()).toBe(true);
    terminal.press('/memory\r');
    await terminal.until('filter /memory');
    terminal.press('q');
    await terminal.until('ended');
    await terminal.exit;
    restored(terminal);
  });

  it('refuses a wrong call before anything is drawn', async () => {
    const terminal = open(80, 24, { words: ['--only', 'host.memry'] });
    expect((await terminal.exit).exitCode).toBe(2);
    expect(terminal.raw()).not.toContain(ENTER_ALTERNATE);
    expect(terminal.raw()).toContain('host.memory');
  });

  const stops = [
    ['Ctrl-C', 130, (terminal: Tty) => terminal.press('\u0003')],
    ['SIGINT', 130, (terminal: Tty) => terminal.signal('SIGINT')],
    ['SIGTERM', 143, (terminal: Tty) => terminal.signal('SIGTERM')],
    ['SIGHUP', 129, (terminal: Tty) => terminal.signal('SIGHUP')],
  ] as const;
  it.each(stops)('%s stops a run within 2 s, keeps the report and gives the terminal back', async (_, code, stop) => {
    const terminal = open(80, 24, { slow: true });
    await terminal.until('running');
    const runners = childrenOf(terminal.pid);
    expect(runners.length).toBe(1);
    const since = Date.now();
    stop(terminal);
    expect((await terminal.exit).exitCode).toBe(code);
    expect(Date.now() - since).toBeLessThan(2000);
    restored(terminal);
    await pause(50);
    expect(terminal.text()).toContain('Stopped by SIG');
    const end = since + 3000;
    while (runners.some(isAlive) && Date.now() < end) await pause(20);
    expect(runners.filter(isAlive)).toEqual([]);
  });

  it('leaves within 2 s also when the measuring process hangs, and ends that one', async () => {
    const terminal = open(80, 24, { slow: true });
    await terminal.until('running');
    const [runner = 0] = childrenOf(terminal.pid);
    process.kill(runner, 'SIGSTOP');
    const since = Date.now();
    terminal.press('\u0003');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(Date.now() - since).toBeLessThan(2000);
    restored(terminal);
    await pause(100);
    expect(isAlive(runner)).toBe(false);
  });

  it('completes the report when the measuring process dies, and says so', async () => {
    const terminal = open(80, 24, { slow: true });
    await terminal.until('running');
    const [runner = 0] = childrenOf(terminal.pid);
    process.kill(runner, 'SIGKILL');
    await terminal.until('the measuring process ended');
    expect(terminal.text()).toMatch(/could not be checked|unchecked/);
    terminal.press('q');
    expect((await terminal.exit).exitCode).toBeGreaterThan(0);
    restored(terminal);
  });

  it('ends when its terminal is gone, with the outputs written and the code of a hang-up', async () => {
    const file = join(folder, 'after-hang-up.json');
    const code = join(folder, 'code');
    // The shell outlives the hang-up, to tell the code.
    const command = `trap '' HUP; "$0" "$@"; echo $? > '${code}.part'; mv '${code}.part' '${code}'`;
    const words = ['-c', command, process.execPath, CLI, 'check', ...QUICK, '--output', `json=${file}`];
    const terminal = tty('sh', words, 80, 24, { DOCKER_HOST: `unix://${join(folder, 'silent.sock')}` });
    opened.push(terminal);
    await terminal.until('running');
    const [tool = 0] = childrenOf(terminal.pid);
    const runners = childrenOf(tool);
    expect(runners.length).toBe(1);
    const since = Date.now();
    terminal.hangUp();
    while (!existsSync(code) && Date.now() < since + 2500) await pause(20);
    expect(Date.now() - since).toBeLessThan(2000);
    while (runners.some(isAlive) && Date.now() < since + 3500) await pause(20);
    expect([tool, ...runners].filter(isAlive)).toEqual([]);
    expect(readFileSync(code, 'utf8').trim()).toBe('129');
    expect(JSON.parse(readFileSync(file, 'utf8')).run.interrupted).toBe('SIGHUP');
  });

  it('asks before it stops a run: esc goes on, d throws the report away', async () => {
    const terminal = open(80, 24, { slow: true });
    await terminal.until('running');
    terminal.press('q');
    await terminal.until('Stop the run?');
    terminal.press('\u001b');
    await terminal.until('details');
    terminal.press('q');
    await terminal.until('Stop the run?');
    terminal.press('d');
    expect((await terminal.exit).exitCode).toBe(130);
    restored(terminal);
    expect(terminal.text()).not.toContain('CONFORM');
  });
});
