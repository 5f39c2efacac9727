import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noCertificates } from '../support/certificates.ts';
import { type StandInApi, startStandInApi } from '../support/lab-api.ts';
import { type Tty, tty } from '../support/terminal.ts';

const CLI = process.env['WA_PREFLIGHT_CLI'] ?? join(import.meta.dirname, '../../dist/cli.js');
const reason = existsSync(CLI) ? noCertificates() : 'wants dist/: npm run build';
const NEEDS = 'API checks need a login';
const ENDED = /exit \d/;

describe.skipIf(reason !== null)(`the login page of the API in a pseudo-terminal (${reason ?? 'openssl'})`, () => {
  let api: StandInApi;
  let folder: string;
  const opened: Tty[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tui-api-login-'));
    api = await startStandInApi();
  });
  afterAll(async () => {
    await api?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    api.behave({});
    api.forgetCalls();
  });
  afterEach(async () => {
    for (const { pid, signal, exit } of opened.splice(0)) {
      if (existsSync(`/proc/${pid}`)) signal('SIGKILL');
      await exit;
    }
  });

  const open = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const terminal = tty(process.execPath, [CLI, 'check', ...words], 100, 36, {
      ...{ DOCKER_HOST: `unix://${join(folder, 'absent.sock')}`, HOME: folder, ...env },
    });
    opened.push(terminal);
    return terminal;
  };
  const ONLY = ['--phase', 'after', '--only', 'api.login,api.health'];
  const openTrusted = (env = {}) => open([...ONLY, '--api-url', api.url, '--api-ca', api.caFile], env);
  const secret = () => api.login.password;
  /** Nothing of what was typed is on the terminal or in a file. */
  const traceless = (terminal: Tty) => {
    const files = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
    const kept = files.map(({ name }) => readFileSync(join(folder, name), 'utf8'));
    for (const text of [terminal.raw(), ...kept]) expect(text).not.toContain(secret());
  };
  const logins = () => api.calls().filter(({ path }) => path === '/v1/users/login').length;

  it('opens by itself, takes user and password, and the checks go on', async () => {
    const record = join(folder, 'record.json');
    const terminal = open([...ONLY, '--api-url', api.url, '--api-ca', api.caFile, '--record', record]);
    await terminal.until(NEEDS);
    expect(terminal.text()).toContain(`URL       ${api.url}`);
    terminal.press('admin\t');
    terminal.press(secret());
    await terminal.until('•••');
    terminal.press('\r');
    await terminal.until(ENDED);
    await terminal.until(/✔ Login of the API +logged in/);
    expect(terminal.text()).not.toContain('no API login');
    terminal.press('q');
    await terminal.exit;
    traceless(terminal);
    expect(logins()).toBe(1);
  });

  it('shows the fingerprint of a certificate that is not known, and sends nothing before it is trusted', async () => {
    const terminal = open([...ONLY, '--api-url', api.url]);
    await terminal.until('The certificate of the API is not known here');
    expect(terminal.text().replaceAll(/[\s:]/g, '').toLowerCase()).toContain(api.fingerprint);
    terminal.press('\t\tadmin\t');
    terminal.press(`${secret()}\r`);
    await terminal.until('no login is sent while the certificate is not trusted');
    expect(logins()).toBe(0);
    terminal.press(' \r');
    await terminal.until(/✔ Login of the API +logged in/, 20_000);
    expect(terminal.text()).not.toContain('no API login');
    traceless(terminal);
  });

  it('with a login in the environment asks for the trust alone', async () => {
    const env = { WA_API_USERNAME: api.login.user, WA_API_PASSWORD: secret() };
    const terminal = open([...ONLY, '--api-url', api.url], env);
    await terminal.until('The certificate of the API is not known here');
    terminal.press(' \r');
    await terminal.until(/✔ Login of the API +logged in/, 20_000);
    traceless(terminal);
  });

  it('takes an API key', async () => {
    const terminal = openTrusted();
    await terminal.until(NEEDS);
    terminal.press('\u001b[Z ');
    await terminal.until('● API key');
    terminal.press('\t');
    terminal.press(`${api.apiKey}\r`);
    await terminal.until(ENDED);
    await terminal.until(/✔ Health of/, 20_000).catch(() => {});
    expect(terminal.raw()).not.toContain(api.apiKey);
    expect(logins()).toBe(0);
    expect(
      api.calls().some(({ path, auth, status }) => path === '/v1/health' && auth === 'apikey' && status === 200),
    ).toBe(true);
  });

  it('skipped, says that it is missing; given later, runs the checks of the API again', async () => {
    const terminal = openTrusted();
    await terminal.until(NEEDS);
    terminal.press('\u0018');
    await terminal.until(ENDED);
    await terminal.until('no API login: d');
    expect(api.calls()).toEqual([]);
    terminal.press('d');
    await terminal.until('A login given here runs the checks of the API again');
    terminal.press('admin\t');
    terminal.press(`${secret()}\r`);
    await terminal.until(/✔ Login of the API +logged in/, 20_000);
    traceless(terminal);
  });

  it('after a wrong password says so, and takes another one', async () => {
    const terminal = openTrusted();
    await terminal.until(NEEDS);
    terminal.press('admin\twrong-canary\r');
    await terminal.until(ENDED);
    terminal.press('d');
    await terminal.until(/✖ The API at .* refuses the password/);
    expect(terminal.text()).toMatch(/user +admin\s+❯ password +▁/);
    terminal.press(`${secret()}\r`);
    await terminal.until(/✔ Login of the API +logged in/, 20_000);
    expect(terminal.raw()).not.toMatch(/canary/i);
    expect(logins()).toBe(2);
  });

  it('comes after that of the database, each with its own checks', async () => {
    const words = [
      '--phase',
      'all',
      '--only',
      'api.login,database.connect',
      '--api-url',
      api.url,
      '--api-ca',
      api.caFile,
    ];
    const terminal = open(words);
    await terminal.until('Database checks need a login');
    await terminal.until('● database   ○ API');
    terminal.press('\u0018');
    await terminal.until(NEEDS);
    terminal.press('admin\t');
    terminal.press(`${secret()}\r`);
    await terminal.until(ENDED);
    await terminal.until(/✔ Login of the API +logged in/);
    await terminal.until(/○ Database connection/);
    traceless(terminal);
  }, 20_000);

  it('takes the URL where no API was found, and asks again for what its certificate is worth', async () => {
    const terminal = open(ONLY);
    await terminal.until(ENDED);
    // What is missing is an API, not its login.
    expect(terminal.text()).not.toContain('no API login');
    terminal.press('d');
    await terminal.until(/❯ URL +▁/);
    terminal.press(`${api.url}\t\tadmin\t`);
    terminal.press(`${secret()}\r`);
    await terminal.until('The certificate of the API is not known here', 20_000);
    expect(terminal.text().replaceAll(/[\s:]/g, '').toLowerCase()).toContain(api.fingerprint);
    terminal.press(' \r');
    await terminal.until(/✔ Login of the API +logged in/, 20_000);
    traceless(terminal);
  }, 40_000);

  it.each([
    ['Ctrl-C', 130, (terminal: Tty) => terminal.press('\u0003')],
    ['SIGTERM', 143, (terminal: Tty) => terminal.signal('SIGTERM')],
  ] as const)('%s ends a run that waits for it within 2 s, with its code', async (_, code, stop) => {
    const terminal = openTrusted();
    await terminal.until(NEEDS);
    const since = Date.now();
    stop(terminal);
    expect((await terminal.exit).exitCode).toBe(code);
    expect(Date.now() - since).toBeLessThan(2000);
    expect(terminal.isAlternate()).toBe(false);
  });

  it.each([
    ['a login that is there', () => ({ WA_API_USERNAME: api.login.user, WA_API_PASSWORD: secret() })],
    ['an API key that is there', () => ({ WA_API_KEY: api.apiKey })],
  ])('asks nobody for %s', async (_, env) => {
    const terminal = openTrusted(env());
    await terminal.until(ENDED);
    expect(terminal.raw()).not.toContain(NEEDS);
  });
});
