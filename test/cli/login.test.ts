import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inShell } from '../support/command.ts';

const CANARY = 'Canary7Bird';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'login-'));
  writeFileSync(join(folder, 'none.env'), `PASSWORD=${CANARY}\n`);
  writeFileSync(join(folder, 'broken.env'), `WA_DB_PASSWORD='${CANARY}\n`);
  writeFileSync(join(folder, 'broken.yml'), `services: {a: {environment: {WA_DB_PASSWORD: "${CANARY}`);
  writeFileSync(join(folder, 'binary.env'), `WA_DB_PASSWORD=${CANARY}\0\n`);
  writeFileSync(join(folder, 'lacks.env'), 'WA_DB_ENGINE=MYSQL\nWA_DB_HOSTNAME=127.0.0.1\nWA_DB_USERNAME=wa\n');
  writeFileSync(
    join(folder, 'whole.env'),
    `WA_DB_ENGINE=MYSQL\nWA_DB_HOSTNAME=127.0.0.1\nWA_DB_PORT=1\nWA_DB_USERNAME=wa\nWA_DB_PASSWORD=${CANARY}\n`,
  );
  chmodSync(join(folder, 'whole.env'), 0o600);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the tool away from the logins of this machine. */
const run = (args: string, env: Readonly<Record<string, string>> = {}) =>
  inShell(`"$TOOL" ${args}`, { cwd: folder, env: { HOME: folder, DOCKER_HOST: `unix://${folder}/none`, ...env } });

describe('a login that is no use ends with 2 and one sentence, which repeats nothing of it', () => {
  it.each([
    ['a password in the URL', `--db-url mysql://wa:${CANARY}@db-1`, /--db-url holds a password/],
    ['a password in the URL, as one word', `--db-url=postgres://wa:${CANARY}@db-1/wa`, /--db-url holds a password/],
    ['a parameter', `--db-url 'mysql://wa@db-1?password=${CANARY}'`, /only sslmode/],
    ['no URL', `--db-url ${CANARY}`, /a URL such as/],
    ['an empty URL', "--db-url ''", /a URL such as/],
    ['--db-password', `--db-password ${CANARY}`, /a password is not taken/],
    ['--password=', `--password=${CANARY}`, /a password is not taken/],
    ['--db-pass=', `check --db-pass=${CANARY}`, /a password is not taken/],
    ['--db-pw', `--db-pw ${CANARY}`, /a password is not taken/],
    ['-p', `-p${CANARY}`, /a password is not taken/],
    ['an option that nobody knows', `--db-word=${CANARY}`, /unknown option '--db-word'/],
    ['a URL for a command', `mysql://wa:${CANARY}@db-1`, /there is no command "mysql:\/\/…@db-1"/],
    ['a URL for an argument', `check mysql://wa:${CANARY}@db-1`, /too many arguments/],
    ['a URL for another option', `--timeout mysql://wa:${CANARY}@db-1`, /A time such as/],
    ['a wrong mode', '--db-tls prefer', /Allowed choices are off, require, verify/],
    ['a file that is missing', '--db-env-file missing.env', /--db-env-file missing\.env: there is no such file/],
    ['a folder', '--db-env-file .', /--db-env-file \.: it is a folder/],
    ['a file without a login', '--db-env-file none.env', /it sets no WA_DB_\* variable/],
    ['a broken file', '--db-env-file broken.env', /line 1: a quote is opened and not closed/],
    ['a broken compose file', '--db-env-file broken.yml', /line 1: it is not valid YAML/],
    ['a binary file', '--db-env-file binary.env', /it is binary/],
  ])('%s', async (_, args, said) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^wa-preflight: [^\n]+\n$/);
    expect(stderr).toMatch(said);
    const json = await run(`${args} --json --debug`);
    expect([json.exitCode, JSON.parse(json.stdout).kind]).toEqual([2, 'Error']);
    expect(stderr + json.stdout + json.stderr).not.toContain(CANARY);
  });

  it('no other option is taken for a password', async () => {
    expect((await run('-phase before')).stderr).toBe("wa-preflight: unknown option '-phase'\n");
    expect((await run("--only 'host.memory' --phase=before --profile production")).exitCode).not.toBe(2);
  });
});

describe('a run', () => {
  it.each([
    ['plain', ''],
    ['verbose', '--verbose --debug'],
    ['json', '--json'],
    ['markdown', '--format markdown --verbose'],
    ['nagios', '--format nagios'],
  ])('tells the password of a file nowhere (%s), nor in its evidence', async (_, options) => {
    const { stdout, stderr } = await run(
      `--quick --only 'database.*' --db-env-file whole.env --record e.json ${options}; cat e.json`,
    );
    expect(stdout).toContain('127.0.0.1');
    expect(stdout + stderr).not.toContain(CANARY);
  });

  it('with a file that lacks the password says so, and judges nothing of the database', async () => {
    const { exitCode, stdout } = await run("--only 'database.*' --db-env-file lacks.env --json");
    const report = JSON.parse(stdout);
    expect(exitCode).toBe(3);
    expect(JSON.stringify(report)).toContain('WA_DB_PASSWORD is missing');
    expect(report.summary).toMatchObject({ pass: 0, fail: 0, unknown: 0 });
  });

  it('of a recording needs no file, and says so', async () => {
    const { exitCode, stderr } = await run(
      '--quick --only host.memory --record r.json >/dev/null 2>&1; "$TOOL" --from r.json --only host.memory --db-env-file missing.env',
    );
    expect(exitCode).not.toBe(2);
    expect(stderr).toMatch(/^--db-env-file does nothing with --from: a recording holds its own answers$/m);
  });

  it('gives no program that it starts a secret of its environment', async () => {
    const seen = join(folder, 'seen');
    writeFileSync(join(folder, 'getconf'), `#!/bin/sh\nenv >> ${seen}\nexec /usr/bin/getconf "$@"\n`);
    writeFileSync(join(folder, 'docker'), `#!/bin/sh\nenv >> ${seen}\nexit 1\n`);
    for (const name of ['getconf', 'docker']) chmodSync(join(folder, name), 0o755);
    await run('--quick --json --db-env-file whole.env >/dev/null', {
      ...{ PATH: `${folder}:${process.env['PATH']}`, WA_DB_PASSWORD: CANARY, PGPASSWORD: CANARY, MYSQL_PWD: CANARY },
    });
    const { stdout } = await inShell(`cat ${seen}`);
    expect(stdout).toContain('LC_ALL=C');
    expect(stdout).not.toContain(CANARY);
  });
});
