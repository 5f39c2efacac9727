import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noCertificates } from '../support/certificates.ts';
import { type StandInApi, startStandInApi } from '../support/lab-api.ts';
import { pause, type Tty, tty } from '../support/terminal.ts';

const CLI = process.env['WA_PREFLIGHT_CLI'] ?? join(import.meta.dirname, '../../dist/cli.js');
const reason = existsSync(CLI) ? noCertificates() : 'wants dist/: npm run build';

describe.skipIf(reason !== null)(`the prompt for the login of the API (${reason ?? 'openssl'})`, () => {
  let api: StandInApi;
  let folder: string;
  const opened: Tty[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'api-prompt-'));
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

  /** The tool in a terminal, and after it what the terminal is set to. */
  const run = (words: string, env: Readonly<Record<string, string>> = {}) => {
    // The shell lives on, to tell the code.
    const line = `trap : INT; "${process.execPath}" "${CLI}" ${words}; echo "code $?"; stty -a`;
    const shell = tty('/bin/sh', ['-c', line], 100, 70, {
      ...{ HOME: folder, DOCKER_HOST: `unix://${folder}/none`, ...env },
    });
    opened.push(shell);
    return shell;
  };
  const check = (more = '', env = {}) =>
    run(`check --no-tui --phase after --only api.login,api.health --api-url ${api.url} ${more}`, env);
  const trusted = () => `--api-ca ${api.caFile}`;
  const user = () => `User of the API at ${api.url} (Enter for no login):`;
  const password = () => `Password of admin at ${api.url} (Enter for no login):`;
  const TRUST = 'Trust it for this run? (y/N):';
  const ended = async (shell: Tty, code: number) => {
    await shell.exit;
    expect(shell.raw()).toContain(`code ${code}`);
    expect(shell.raw()).toMatch(/\sicanon\s/);
    expect(shell.raw()).toMatch(/\secho\s/);
    expect(shell.raw()).not.toContain(api.login.password);
  };
  const logins = () => api.calls().filter(({ path }) => path === '/v1/users/login');
  const withLogin = () => ({ WA_API_USERNAME: api.login.user, WA_API_PASSWORD: api.login.password });

  it('asks for the user, shown as it is typed and corrected, and for the password, which is not', async () => {
    const shell = check(trusted());
    await shell.until(user());
    shell.press('\u001b[Aadmxn');
    await shell.until(`${user()} admxn`);
    shell.press('\u007f\u007fin');
    await shell.until(`${user()} admin`);
    shell.press('\r');
    await shell.until(password());
    shell.press(`${api.login.password}\r`);
    await ended(shell, 0);
    expect(shell.raw()).toMatch(/pass.*api\.login: Logged in at .* as user admin/);
    expect(shell.raw()).toMatch(/pass.*api\.health/);
    expect(logins()).toHaveLength(1);
  });

  it('shows the fingerprint of a certificate that is not known, and asks for no login where it is not trusted', async () => {
    for (const answer of ['\r', 'n\r', 'yesterday\r']) {
      const shell = check();
      await shell.until(TRUST);
      expect(shell.text().replaceAll(/[\s:]/g, '').toLowerCase()).toContain(`sha-256${api.fingerprint}`);
      shell.press(answer);
      await ended(shell, 3);
      expect(shell.raw()).not.toContain('User of the API');
    }
    expect(api.calls()).toEqual([]);
  }, 30_000);

  it('goes on to the login where it is trusted, also when all was typed ahead', async () => {
    const shell = check();
    await shell.until(TRUST);
    shell.press(`y\radmin\r`);
    await shell.until(password());
    shell.press(`${api.login.password}\r`);
    await ended(shell, 0);
    expect(shell.raw()).toMatch(/pass.*api\.login/);
  });

  it('asks for no login where there is one, only whether the certificate is trusted', async () => {
    const shell = check('', withLogin());
    await shell.until(TRUST);
    shell.press('yes\r');
    await ended(shell, 0);
    expect(shell.raw()).not.toContain('User of the API');
    expect(shell.raw()).toMatch(/pass.*api\.login: Logged in/);
    const key = check('', { WA_API_KEY: api.apiKey });
    await key.until(TRUST);
    key.press('y\r');
    await ended(key, 0);
    expect(key.raw()).toMatch(/pass.*api\.health/);
  }, 20_000);

  it('tries a wrong password once, and asks no second time', async () => {
    const shell = check(trusted());
    await shell.until(user());
    shell.press('admin\r');
    await shell.until(password());
    shell.press('wrong-canary\r');
    await shell.until('code 1', 20_000);
    await shell.exit;
    expect(shell.raw()).toMatch(/FAIL.*api\.login.*it was tried once/);
    expect(shell.raw()).not.toContain('wrong-canary');
    expect(logins()).toHaveLength(1);
  });

  it.each([
    ['Enter for the user', ['\r']],
    ['Ctrl-D for the user', ['\u0004']],
    ['Enter for the password', ['admin\r', '\r']],
  ])('%s gives no login', async (_, answers) => {
    const shell = check(trusted());
    await shell.until(user());
    for (const answer of answers) {
      shell.press(answer);
      if (answers.length > 1 && answer !== '\r') await shell.until(password());
    }
    await ended(shell, 3);
    expect(shell.raw()).toMatch(/There is no login of the API/);
    expect(api.calls()).toEqual([]);
  });

  it('is asked after, or before, the prompt for the database, and never within it', async () => {
    const words = `check --no-tui --phase all --only api.login,database.connect --api-url ${api.url} ${trusted()}`;
    const shell = run(`${words} --db-url mysql://wa@127.0.0.1:1`);
    const database = 'Password of wa at 127.0.0.1:1 (Enter for no login):';
    const either = /(Password of wa at|User of the API)/;
    await shell.until(either);
    await pause(1500);
    expect(shell.raw().includes(database) && shell.raw().includes('User of the API')).toBe(false);
    const databaseFirst = shell.raw().includes(database);
    const answerDatabase = async () => {
      await shell.until(database);
      shell.press('Canary7Bird\r');
    };
    const answerApi = async () => {
      await shell.until(user());
      shell.press('admin\r');
      await shell.until(password());
      shell.press(`${api.login.password}\r`);
    };
    for (const answer of databaseFirst ? [answerDatabase, answerApi] : [answerApi, answerDatabase]) await answer();
    await ended(shell, 1);
    expect(shell.raw()).not.toContain('Canary7Bird');
    expect(shell.raw()).toMatch(/pass.*api\.login/);
    expect(shell.raw()).toMatch(/login from a prompt/);
  }, 30_000);

  it('Ctrl-C while it is asked ends the run as any signal does', async () => {
    const shell = check(trusted());
    await shell.until(user());
    shell.press('adm\u0003');
    await ended(shell, 130);
  });

  it('ends with the run that a time limit ends', async () => {
    const shell = check(`${trusted()} --timeout 2`);
    await shell.until(user());
    await ended(shell, 3);
  });

  it.each([
    ['--no-input', '--no-input', {}],
    ['a format', '--format markdown', {}],
    ['a file for standard output', '> /dev/null', {}],
    ['a build machine', '', { CI: 'true' }],
  ])('is not there with %s', async (_, more, env) => {
    const shell = check(`${trusted()} ${more}`, env);
    await ended(shell, 3);
    expect(shell.raw()).not.toMatch(/User of the API|Trust it/);
  });

  it('is not there for an API that does not answer', async () => {
    const shell = run(`check --no-tui --phase after --only api.login --api-url https://127.0.0.1:1`);
    await shell.until(/code \d/, 20_000);
    expect(shell.raw()).not.toContain('User of the API');
  });

  it('leaves neither password nor token in a recording', async () => {
    const record = join(folder, 'record.json');
    const shell = check(`${trusted()} --record ${record}`);
    await shell.until(user());
    shell.press('admin\r');
    await shell.until(password());
    shell.press(`${api.login.password}\r`);
    await ended(shell, 0);
    expect(readFileSync(record, 'utf8')).not.toContain(api.login.password);
  });

  describe('of a wait', () => {
    const wait = (more = '', env = {}) => run(`wait --api-url ${api.url} ${more}`, env);

    it('comes when the API answers, and the progress line makes room for it', async () => {
      api.fault('connecting');
      const shell = wait();
      await shell.until(TRUST);
      shell.press('y\r');
      await shell.until(user());
      shell.press('admin\r');
      await shell.until(password());
      shell.press(`${api.login.password}\r`);
      await shell.until(/\d\d:\d\d of 07:00 {2}connecting for \d+ s: connecting to the servers/);
      api.behave({});
      await ended(shell, 0);
      expect(shell.text()).toMatch(/ready after \d+ s \(single\)/);
      // The line is gone, and nothing of it stayed.
      expect(shell.text()).not.toContain('of 07:00');
      expect(logins()).toHaveLength(1);
    }, 30_000);

    it('draws one line, anew, and cuts it to the terminal', async () => {
      api.fault('connecting');
      const shell = wait(`${trusted()} --timeout 4 --color never`, withLogin());
      await shell.until(/00:0[12] of 00:04 {2}connecting/);
      shell.resize(40, 20);
      await shell.until(/00:0[23] of 00:04 {2}connecting.*…$/m);
      await ended(shell, 3);
      expect(shell.raw().split('of 00:04').length).toBeGreaterThan(5);
      expect(shell.raw()).toContain('time is up after 4 s');
    }, 20_000);

    it('writes lines and no escape where plain lines are asked for', async () => {
      api.fault('connecting');
      const shell = wait(`${trusted()} --timeout 2 --color never`, { ...withLogin(), CI: 'true' });
      await ended(shell, 3);
      expect(shell.raw()).not.toContain('\u001b');
      expect(shell.raw()).toMatch(/00:00 {2}connecting: connecting to the servers/);
    });

    it('Ctrl-C leaves the terminal as it was', async () => {
      api.fault('connecting');
      const shell = wait(trusted());
      await shell.until(user());
      shell.press('\u0003');
      await ended(shell, 130);
      const going = wait(trusted(), withLogin());
      await going.until('connecting for');
      going.press('\u0003');
      await ended(going, 130);
    }, 20_000);
  });
});
