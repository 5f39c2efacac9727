import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCHER } from '../support/command.ts';
import { tty } from '../support/terminal.ts';

const CANARY = 'Canary7Bird';
const ASKED = /Password of wa at 127\.0\.0\.1:1 \(Enter for no login\):/;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompt-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tool in a terminal, and after it what the terminal is set to. */
const run = (args: string, env: Readonly<Record<string, string>> = {}) =>
  tty('/bin/sh', ['-c', `"${LAUNCHER}" --no-tui ${args}; echo "code $?"; stty -a`], 100, 60, {
    ...{ HOME: folder, DOCKER_HOST: `unix://${folder}/none`, ...env },
  });
const URL = '--db-url mysql://wa@127.0.0.1:1';
const ONE = "--only 'database.connect,host.memory'";

describe.skipIf(process.platform !== 'linux')('the prompt for a password (needs Linux)', () => {
  const restored = async (shell: ReturnType<typeof tty>, code: number) => {
    await shell.until(`code ${code}`, 20_000);
    await shell.exit;
    expect(shell.raw()).toMatch(/\sicanon\s/);
    expect(shell.raw()).toMatch(/\secho\s/);
    expect(shell.raw()).not.toContain(CANARY);
  };

  it('takes one without showing it, corrected, while other checks go on', async () => {
    const shell = run(`${ONE} ${URL}`);
    await shell.until(ASKED);
    shell.press(`\u001b[A${CANARY.slice(0, -1)}xy\u007f\b${CANARY.at(-1)}\r`);
    await restored(shell, 1);
    expect(shell.raw()).toMatch(/login from a prompt/);
    expect(shell.raw()).toMatch(/pass.*host\.memory/);
  });

  it.each([
    ['Enter', '\r', 3],
    ['Ctrl-D', '\u0004', 3],
    ['what was erased whole, and Enter', 'abc\u0015\r', 3],
    ['Ctrl-C', `${CANARY}\u0003`, 130],
  ])('%s gives no login', async (_, keys, code) => {
    const shell = run(`${ONE} ${URL}`);
    await shell.until(ASKED);
    shell.press(keys);
    await restored(shell, code);
    expect(shell.raw()).toMatch(code === 3 ? /There is no database login/ : /stopped by SIGINT/);
  });

  it('ends with the run that a time limit ends', async () => {
    const limited = run(`${ONE} ${URL} --timeout 2`);
    await limited.until(ASKED);
    limited.press(CANARY);
    await restored(limited, 3);
  });

  it.each([
    ['--no-input', `${ONE} ${URL} --no-input`, {}],
    ['a format', `${ONE} ${URL} --format markdown`, {}],
    ['a file for standard output', `${ONE} ${URL} > /dev/null`, {}],
    ['a build machine', `${ONE} ${URL}`, { CI: 'true' }],
    ['a login that lacks more than its password', `${ONE} --db-url mysql://127.0.0.1:1`, {}],
  ])('is not there with %s', async (_, args, env) => {
    const shell = run(args, env);
    await restored(shell, 3);
    expect(shell.raw()).not.toContain('Password of');
  });
});
