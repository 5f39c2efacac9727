import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { pause, type Tty, tty } from '../support/terminal.ts';

const CLI = process.env['WA_PREFLIGHT_CLI'] ?? join(import.meta.dirname, '../../dist/cli.js');
const built = existsSync(CLI);
const CANARY = 'cAnArY#7$"q';
const DONE = /DOES NOT CONFORM|CONFORMS|NOT PROVEN/;
const PASTE = ['\u001b[200~', '\u001b[201~'] as const;

/** A port on which nobody listens: it was given and given back. */
const refusedPort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Arguments and environments of a process and of all that it started, now. */
const told = (pid: number): string => {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return [read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/environ`), ...children.map(told)].join('\n');
};

describe.skipIf(!built)('the login page in a pseudo-terminal (wants dist/: npm run build)', () => {
  let folder: string;
  let port: number;
  const opened: Tty[] = [];

  const open = (columns = 80, rows = 24, words: readonly string[] = []) => {
    const terminal = tty(process.execPath, [CLI, 'check', '--quick', ...words], columns, rows, {
      DOCKER_HOST: `unix://${join(folder, 'absent.sock')}`,
      HOME: folder,
    });
    opened.push(terminal);
    return terminal;
  };
  const restored = (terminal: Tty) => {
    expect(terminal.isAlternate()).toBe(false);
    expect(terminal.cursorHidden()).toBe(false);
    expect(terminal.raw()).toContain('\u001b[?2004l');
  };
  /** Types a login, field after field, from the first one on. */
  const type = async (terminal: Tty, fields: readonly string[], password: string) => {
    for (const field of fields) {
      terminal.press('\t');
      for (const key of field) terminal.press(key);
    }
    terminal.press('\t');
    terminal.press(password);
    await terminal.until('•••');
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wa-preflight-login-'));
    port = await refusedPort();
  });
  afterEach(async () => {
    for (const { pid, signal, exit } of opened.splice(0)) {
      if (existsSync(`/proc/${pid}`)) signal('SIGKILL');
      await exit;
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    [80, 24],
    [120, 40],
    [50, 20],
  ])('at %ix%i takes a login by keys, the checks go on, and the password leaves no trace', async (columns, rows) => {
    const record = join(folder, 'record.json');
    const output = join(folder, 'output.json');
    const saved = join(folder, `saved-${columns}.json`);
    const terminal = open(columns, rows, ['--record', record, '--output', `json=${output}`]);
    await terminal.until('checks wait');
    await type(terminal, ['127.0.0.1', String(port), 'wa'], CANARY);
    expect(terminal.text()).toMatch(new RegExp(`port +${port}`));
    terminal.press('\r');
    await terminal.until(DONE);
    const seen = told(terminal.pid);
    terminal.press('/database.connect\r\r');
    await terminal.until('ECONNREFUSED');
    terminal.press('\u001b');
    await terminal.until('details');
    terminal.press('d');
    await terminal.until('A login given here');
    expect(terminal.text()).toContain('ECONNREFUSED');
    expect(terminal.text()).toMatch(/❯ password +▁/);
    terminal.press(`${PASTE[0]}${CANARY}\r${PASTE[1]}`);
    await terminal.until('•••');
    terminal.press('\u001b');
    await terminal.until('details');
    terminal.press('s');
    await terminal.until('Save the report');
    terminal.press('\u0015');
    terminal.press(`${saved}\r`);
    await terminal.until('saved as');
    terminal.press('q');
    await terminal.exit;
    await pause(50);
    restored(terminal);
    expect(terminal.raw().slice(terminal.raw().lastIndexOf('\u001b[?1049l'))).toContain('ECONNREFUSED');
    const files = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThanOrEqual(3);
    const kept = files.map(({ name }) => readFileSync(join(folder, name), 'utf8'));
    for (const text of [terminal.raw(), seen, ...kept]) expect(text).not.toMatch(/canary/i);
    expect(JSON.parse(readFileSync(saved, 'utf8')).checks.length).toBeGreaterThan(20);
  });

  it('goes on without a login when x says so, and says how to give one', async () => {
    const terminal = open();
    await terminal.until('Database checks need a login');
    terminal.press('x');
    await terminal.until(DONE);
    terminal.press('/database.connect\r\r');
    await terminal.until('There is no database login');
    await terminal.until('--db-env-file');
    terminal.press('q');
    await terminal.exit;
    restored(terminal);
  });

  it('is put off by esc, waits without drawing, and is there again by d as it was left', async () => {
    const terminal = open();
    await terminal.until('Database checks need a login');
    terminal.press('\tdb-9');
    await terminal.until('db-9▁');
    await terminal.until('All other checks are done');
    await pause(200);
    const typing = terminal.raw().length;
    await pause(1500);
    expect(terminal.raw().length).toBe(typing);
    terminal.press('\u001b');
    await terminal.until(/wait for a login: d/);
    expect(terminal.text()).toMatch(/waits for a login/);
    await pause(200);
    const waiting = terminal.raw().length;
    await pause(1500);
    expect(terminal.raw().length).toBe(waiting);
    terminal.press('d');
    await terminal.until('db-9▁');
    terminal.press('\u0018');
    await terminal.until(DONE);
  });

  it('given while a run goes on is used when that is done: the database checks run again', async () => {
    // Docker's socket answers nothing, so that the run lasts for a while.
    const silent = createServer(() => {});
    const socket = join(folder, 'silent.sock');
    await new Promise<void>((done) => silent.listen(socket, done));
    const terminal = tty(process.execPath, [CLI, 'check', '--quick'], 80, 24, {
      DOCKER_HOST: `unix://${socket}`,
      HOME: folder,
    });
    opened.push(terminal);
    await terminal.until('Database checks need a login', 20_000);
    await type(terminal, ['127.0.0.1', String(port), 'wa'], CANARY);
    terminal.press('\r');
    terminal.press('/database.connect\r');
    await terminal.until(/Database connection +TCP failed/, 20_000);
    terminal.press('d');
    await terminal.until('A login given here');
    terminal.press(`\u001b[A\u0015second\t${CANARY}\r`);
    await terminal.until(/exit \d/, 30_000);
    terminal.press('\r');
    await terminal.until('as user second', 20_000);
    expect(terminal.raw()).not.toMatch(/canary/i);
    silent.close();
  }, 60_000);

  const stops = [
    ['Ctrl-C', 130, (terminal: Tty) => terminal.press('\u0003')],
    ['SIGTERM', 143, (terminal: Tty) => terminal.signal('SIGTERM')],
    ['SIGHUP', 129, (terminal: Tty) => terminal.signal('SIGHUP')],
  ] as const;
  it.each(stops)('%s ends a run that waits for a login within 2 s, with its code', async (_, code, stop) => {
    const terminal = open();
    await terminal.until('Database checks need a login');
    terminal.press('\thost');
    await terminal.until('host▁');
    const since = Date.now();
    stop(terminal);
    expect((await terminal.exit).exitCode).toBe(code);
    expect(Date.now() - since).toBeLessThan(2000);
    restored(terminal);
  });

  it('--timeout ends the waiting too', async () => {
    const terminal = open(80, 24, ['--timeout', '2s']);
    await terminal.until('Database checks need a login');
    await terminal.until('exit 1');
    terminal.press('\u001b');
    await terminal.until('stopped by --timeout');
    terminal.press('q');
    await terminal.exit;
    restored(terminal);
  });

  it('reads a file that is named, and asks again where that holds no login', async () => {
    const half = join(folder, 'half.env');
    const whole = join(folder, 'whole.env');
    const lines = ['WA_DB_ENGINE=MYSQL', 'WA_DB_HOSTNAME=127.0.0.1', `WA_DB_PORT=${port}`, 'WA_DB_USERNAME=wa'];
    writeFileSync(half, `${lines.join('\n')}\n`);
    writeFileSync(whole, `${lines.join('\n')}\nWA_DB_PASSWORD=${CANARY}\n`, { mode: 0o600 });
    const terminal = open(80, 30);
    await terminal.until('Database checks need a login');
    terminal.press('f');
    await terminal.until('File with the login');
    terminal.press(`${half}\r`);
    await terminal.until('WA_DB_PASSWORD is missing');
    // What the file does know need not be typed.
    expect(terminal.text()).toMatch(new RegExp(`host +127.0.0.1\\s+port +${port}\\s+user +wa\\s+❯ password`));
    terminal.press('\u0006');
    await terminal.until('File with the login');
    terminal.press(`${whole}\r`);
    await terminal.until(DONE);
    terminal.press('/database.connect\r\r');
    await terminal.until('ECONNREFUSED');
    expect(terminal.raw()).not.toMatch(/canary/i);
    rmSync(whole);
  });

  it.each([
    ['checks that ask no database', ['--only', 'host.*']],
    ['a run without the database checks', ['--skip', 'database.*']],
    ['plain lines', ['--no-tui']],
    ['a run without questions', ['--no-input']],
  ])('asks nobody for %s', async (_, words) => {
    const terminal = open(80, 24, words);
    const end = Date.now() + 15_000;
    while (!DONE.test(terminal.raw()) && Date.now() < end) await pause(50);
    expect(terminal.raw()).toMatch(DONE);
    expect(terminal.raw()).not.toMatch(/need a login|Database login/);
  });
});

describe.skipIf(!built || noPostgres('13') !== null)(
  `a login that is typed, at a real server (${noPostgres('13') ?? 'PostgreSQL 13'})`,
  () => {
    let server: PostgresServer;
    let folder: string;
    let terminal: Tty | undefined;
    beforeAll(async () => {
      server = await startPostgres('13');
      await server.sql(`create role wa login createdb password '${CANARY}'`);
      folder = mkdtempSync(join(tmpdir(), 'wa-preflight-login-'));
    });
    afterAll(async () => {
      if (terminal && existsSync(`/proc/${terminal.pid}`)) terminal.signal('SIGKILL');
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is refused with the wrong password, then let in with the right one: the database checks run again', async () => {
      terminal = tty(process.execPath, [CLI, 'check', '--quick'], 80, 24, {
        DOCKER_HOST: `unix://${join(folder, 'absent.sock')}`,
        HOME: folder,
      });
      await terminal.until('Database checks need a login');
      terminal.press(` \t127.0.0.1\t${server.port}\twa\twrong-canary\r`);
      await terminal.until(DONE);
      terminal.press('d');
      await terminal.until('password authentication failed');
      expect(terminal.text()).toMatch(/● PostgreSQL/);
      terminal.press(`${PASTE[0]}${CANARY}${PASTE[1]}\r`);
      terminal.press('/connected in\r');
      await terminal.until(/Database connection +connected in/);
      terminal.press('\r');
      await terminal.until('Connected to 127.0.0.1');
      await terminal.until(/exit \d/, 30_000);
      terminal.press('q');
      await terminal.exit;
      expect(terminal.raw()).not.toMatch(/canary/i);
      expect(server.log()).not.toMatch(/wrong-canary/);
    }, 60_000);
  },
);
