import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pause, type Tty, tty } from '../support/terminal.ts';

const HERE = join(import.meta.dirname, '../support/wizard-here.ts');
/** Libraries written for CommonJS ask for it. */
const REQUIRE = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";
const ENTER_ALTERNATE = '\u001b[?1049h';
const STEP_1 = '1 of 4';
const LIST = 'Nothing leaves this server';
const CANARY = 'cAnArY-hunter2';

describe('the wizard in a pseudo-terminal', () => {
  const folders: string[] = [];
  const opened: Tty[] = [];
  let folder = '';
  let program = '';

  const open = (
    scene: string,
    [columns, rows] = [80, 24],
    env: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ) => {
    const terminal = tty(process.execPath, [program, scene, folder, ...flags], columns ?? 80, rows ?? 24, env);
    opened.push(terminal);
    return terminal;
  };
  /** The wizard at its list. */
  const atList = async (...asked: Parameters<typeof open>) => {
    const terminal = open(...asked);
    await terminal.until(STEP_1);
    terminal.press('\r');
    await terminal.until('[x]');
    return terminal;
  };
  const ended = async (terminal: Tty, code: number, words: string) => {
    expect((await terminal.exit).exitCode).toBe(code);
    await pause(30);
    expect(terminal.text()).toContain(`ended ${code} ${words}`);
    expect(terminal.raw()).toContain(ENTER_ALTERNATE);
    expect(terminal.isAlternate()).toBe(false);
    expect(terminal.cursorHidden()).toBe(false);
    expect(terminal.raw()).not.toContain(CANARY);
  };
  const files = () => readdirSync(folder);

  // In one piece it starts three times as fast.
  beforeAll(async () => {
    const built = mkdtempSync(join(tmpdir(), 'wa-preflight-wizard-'));
    folders.push(built);
    program = join(built, 'wizard.mjs');
    await build({
      entryPoints: [HERE],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      banner: { js: REQUIRE },
      // Ink's developer tools: imported by name, and never used.
      alias: { 'react-devtools-core': 'node:util' },
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'error',
    });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wa-preflight-wizard-'));
    folders.push(folder);
  });
  afterEach(async () => {
    for (const { pid, signal, exit } of opened.splice(0)) {
      if (existsSync(`/proc/${pid}`)) signal('SIGKILL');
      await exit;
    }
  });
  afterAll(() => {
    for (const one of folders) rmSync(one, { recursive: true, force: true });
  });

  it('walks from the scope to the result: toggles, previews, excludes, adds a rule, writes, copies, lists, deletes', async () => {
    const terminal = await atList('ok');
    await terminal.until('about 12.9 MB of 25 MB');
    await terminal.until(/^▲ product ended 2025-10-23/);
    // The journal stays at home.
    terminal.press('G ');
    await terminal.until('[ ] System journal');
    expect(terminal.text()).toContain('about 11.9 MB');
    terminal.press('kkkkkk');
    terminal.press('p');
    await terminal.until('2 values replaced');
    expect(terminal.text()).toContain('- WA_DB_PASSWORD=••••••••');
    expect(terminal.text()).toContain('+ WA_DB_PASSWORD=[password-');
    expect(terminal.text()).toContain('line 5, by env.password');
    terminal.press('v');
    await terminal.until('as it will be sent');
    expect(terminal.text()).toContain('6 WA_DB_CONNECTION_IDLE_TIMEOUT=180000');
    terminal.press('v');
    await terminal.until('files looked at');
    terminal.press('\u001b[C');
    await terminal.until('668•••••600 from 10.20.•.•:52011');
    terminal.press('x');
    await terminal.until('left out by you');
    terminal.press('aheartbeat\r');
    await terminal.until('taken out of every file');
    terminal.press('v');
    await terminal.until('as it will be sent');
    await terminal.until('[own-a2b3c4d5] ok');
    terminal.press('\u001b');
    await terminal.until('files looked at');
    terminal.press('\r');
    await terminal.until('Bundle written');
    const [zip = '', digest] = files().sort();
    expect(digest).toBe(`${zip}.sha256`);
    expect(statSync(join(folder, zip)).mode & 0o777).toBe(0o600);
    const written = readFileSync(join(folder, zip), 'utf8');
    expect(written).toContain('compose/db.env');
    expect(written).not.toContain('wacore-1/container.log');
    expect(written).not.toContain('journal');
    // The clipboard is touched on that key alone.
    expect(terminal.raw()).not.toContain('\u001b]52;');
    terminal.press('y');
    await terminal.until('if your terminal allows it');
    expect(terminal.raw()).toContain('\u001b]52;c;');
    terminal.press('\u001b');
    await terminal.until('Bundle written');
    terminal.press('l');
    await terminal.until('In the bundle:');
    terminal.press('q');
    await terminal.until('Bundle written');
    terminal.press('d');
    await terminal.until('Delete the bundle?');
    expect(files()).toHaveLength(2);
    terminal.press('d');
    await terminal.until('The bundle was deleted');
    expect(files()).toEqual([]);
    terminal.press('q');
    await ended(terminal, 0, 'deleted');
  });

  it('says what is wrong with a time where it was typed, and takes it when it is right', async () => {
    const terminal = open('ok');
    await terminal.until(STEP_1);
    terminal.press('\t\u0015soon\r');
    await terminal.until('a time such as 3h');
    terminal.press('\u00151h\r');
    await terminal.until('[x]');
    terminal.press('q');
    await ended(terminal, 130, 'nothing');
    expect(files()).toEqual([]);
  });

  it.each([
    ['the scope', '', STEP_1, 'q'],
    ['the preview, by ctrl-c', '\rp', 'files looked at', '\u0003'],
    ['a rule that is typed, by ctrl-c', '\rpa', 'Take out something else', '\u0003'],
  ])('leaves at %s with the terminal as it was and nothing written', async (_, keys, words, leave) => {
    const terminal = open('ok');
    await terminal.until(STEP_1);
    for (const key of keys) {
      terminal.press(key);
      await pause(120);
    }
    await terminal.until(words);
    terminal.press(leave);
    await ended(terminal, 130, 'nothing');
    expect(terminal.text()).toContain('wa-preflight: nothing was written');
    expect(files()).toEqual([]);
  });

  it('cancels what is being written, and leads back to the choices', async () => {
    const terminal = await atList('slow');
    terminal.press('\r');
    await terminal.until('4 of 11');
    expect(files()).toHaveLength(1);
    terminal.press('c');
    await terminal.until('Cancelled: no bundle was written');
    expect(files()).toEqual([]);
    terminal.press('r');
    await terminal.until(LIST);
    terminal.press('q');
    await ended(terminal, 130, 'nothing');
  });

  it.each(['SIGTERM', 'SIGHUP', 'ctrl-c'] as const)('undoes what is being written at %s', async (how) => {
    const terminal = await atList('slow');
    terminal.press('\r');
    await terminal.until('4 of 11');
    if (how === 'ctrl-c') terminal.press('\u0003');
    else terminal.signal(how);
    const codes = { SIGTERM: 143, SIGHUP: 129, 'ctrl-c': 130 };
    expect((await terminal.exit).exitCode).toBe(codes[how]);
    expect(terminal.isAlternate()).toBe(false);
    expect(files()).toEqual([]);
  });

  it.each([
    ['full', 'No space is left', 74],
    ['secret', 'aws-access-key', 74],
  ])('tells why there is no bundle: %s', async (scene, words, code) => {
    const terminal = await atList(scene);
    terminal.press('\r');
    await terminal.until(words);
    expect(terminal.text()).toContain('Nothing is left of the unfinished file');
    expect(files()).toEqual([]);
    terminal.press('q');
    await ended(terminal, code, scene === 'full' ? 'no-space' : 'secret-left');
    expect(terminal.text()).toContain('wa-preflight: ');
  });

  it('gives the terminal back where there is a bug', async () => {
    const terminal = await atList('bug');
    terminal.press('\r');
    expect((await terminal.exit).exitCode).not.toBe(0);
    await pause(30);
    expect(terminal.raw()).toContain('the stand-in has a bug');
    expect(terminal.isAlternate()).toBe(false);
    expect(files()).toEqual([]);
  });

  it('follows the size of the terminal, from 50x20 to 120x40 and too small', async () => {
    const terminal = await atList('ok', [50, 20]);
    await terminal.until('Nothing leaves this server by itself.');
    expect(terminal.text()).toContain('about 12.9 MB of 25 MB');
    terminal.resize(120, 40);
    await terminal.until('p shows each file as it will be sent');
    terminal.resize(30, 8);
    await terminal.until('needs 40x10');
    terminal.resize(80, 24);
    await terminal.until('[x] System journal');
    terminal.press('q');
    await ended(terminal, 130, 'nothing');
  });

  it('is not held up by what was begun and ended at once', async () => {
    const terminal = await atList('slow');
    terminal.press('\r\u0003');
    await ended(terminal, 130, 'nothing');
    expect(files()).toEqual([]);
  });

  it('draws without colours and without Unicode where that is asked for', async () => {
    const terminal = await atList('ok', [80, 24], { NO_COLOR: '1' }, ['--ascii']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    expect(terminal.raw()).not.toMatch(/\u001b\[3\d/);
    expect(terminal.text()).not.toMatch(/[^\n -~]/);
    terminal.press('q');
    await ended(terminal, 130, 'nothing');
  });
});
