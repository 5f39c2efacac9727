import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DB_ENV, singleFile } from '../host/live/docker/deployment-files.ts';
import { inShell } from '../support/command.ts';

const CANARY = 'Canary7Bird';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compose-'));
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'wa'));
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'bare'));
  put('wa/docker-compose.yml', singleFile(false));
  put('wa/db.env', DB_ENV.replace('testpass', CANARY));
  put('empty/alone.yml', singleFile(false));
  put('networks.yml', "version: '3'\nnetworks: {waent: {name: waent, driver: bridge}}\n");
  put('other.yml', 'services: {web: {image: nginx}}\n');
  put('broken.yml', `services: {a: {environment: {WA_DB_PASSWORD: "${CANARY}`);
  put('binary.yml', `services: ${CANARY}\0`);
  put('db.env', DB_ENV);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string) =>
  inShell(`"$TOOL" check ${args}`, { cwd: folder, env: { HOME: folder, DOCKER_HOST: `unix://${folder}/none` } });

describe('a --compose file that is no use ends with 2 and one sentence', () => {
  it.each([
    ['a file that is missing', 'wa/docker-compose.yaml', 'there is no such file, did you mean "docker-compose.yml"?'],
    ['one whose name is near nothing', 'wa/nothing-at-all', 'there is no such file'],
    ['a folder', 'wa', 'it is a folder, did you mean "wa/docker-compose.yml"?'],
    ['a folder without one', 'bare', 'it is a folder'],
    ['a file without services', 'networks.yml', 'it has no services that can be read, which a compose file needs'],
    ['an env file', 'db.env', 'a compose file needs; an env file is given with --db-env-file'],
    ['a broken file', 'broken.yml', 'line 1: it is not valid YAML'],
    ['a binary file', 'binary.yml', 'it is binary, where text was needed'],
    ['one whose env file is missing', 'empty/alone.yml', 'there is no /'],
    ['one of something else', 'other.yml', "none of its services is the client's"],
    ['a device', '/dev/null', 'it is not a regular file'],
    ['nothing', "''", 'The name of a file or folder is needed'],
  ])('%s', async (_, file, words) => {
    const { exitCode, stdout, stderr } = await run(`--compose ${file}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain(CANARY);
  });
});

describe('a --compose file of the client', () => {
  it('is judged in place of containers, and no secret of it is told', async () => {
    const args = '--compose wa/docker-compose.yml --quick --json --only containers.names,security.sample-passwords';
    const { stdout, stderr } = await run(args);
    const names = JSON.parse(stdout).checks.find(({ id }: { id: string }) => id === 'containers.names');
    expect(names).toMatchObject({ outcome: 'fail' });
    expect(stdout + stderr).not.toContain(CANARY);
  });
});
