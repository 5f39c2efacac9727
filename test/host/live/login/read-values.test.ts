// biome-ignore-all lint/suspicious/noTemplateCurlyInString: env and compose files have expressions of that look
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askCompose } from '../../../../src/host/live/login/compose-program.ts';
import { readByOurselves } from '../../../../src/host/live/login/read-values.ts';
import { COMPOSE_CONFIG, noCompose } from '../../../support/compose.ts';
import { tree } from '../../../support/tree.ts';
import { DOCUMENTS } from './compose-documents.ts';

const never = new AbortController().signal;
const cases = Object.entries(DOCUMENTS);
const documentIn = (files: Readonly<Record<string, string>>) =>
  join(tree(files), Object.keys(files).find((name) => name.startsWith('compose.')) ?? '');
const read = (path: string, environment = {}) => readByOurselves(path, environment, never);
const inFile = (text: string, name = 'db.env') => join(tree({ [name]: text }), name);

describe('our reader of compose files', () => {
  it.each(cases)('%s', async (_, { files, service, values }) => {
    const told = await read(documentIn(files));
    expect(told).toMatchObject({ service, taken: false });
    expect(told.values).toEqual(values);
  });

  it('takes the first service that has a login, names the others, and lets no other service stop it', async () => {
    const path = inFile(
      `services:
  grafana: {environment: {WA_DB_ENGINE: "\${NO:?}"}}
  wacore: {environment: {WA_DB_ENGINE: MYSQL, WEBAPP_HOSTNAME: "\${HOST:?}"}}
  waweb: {environment: {WA_DB_ENGINE: PGSQL}}
`,
      'compose.yml',
    );
    expect(await read(path)).toMatchObject({ service: 'wacore', others: ['waweb'], values: { WA_DB_ENGINE: 'MYSQL' } });
  });

  // With a process for each it would be minutes, and more processes than a host has.
  it('reads each file once and a few of them only, however many services name them', { timeout: 30_000 }, async () => {
    const service = 'environment: {WA_DB_ENGINE: MYSQL}';
    const same = Array.from({ length: 2000 }, (_, at) => `  s${at}: {env_file: a.env}`);
    const others = Array.from({ length: 2000 }, (_, at) => `  o${at}: {extends: {file: o.yml, service: o}}`);
    const many = Array.from({ length: 2000 }, (_, at) => `  m${at}: {env_file: m${at}.env}`);
    const files = {
      'compose.yml': `services:\n  wacore: {env_file: a.env, ${service}}\n${[...same, ...others, ...many].join('\n')}\n`,
      'o.yml': `services:\n  o: {labels: [${'x, '.repeat(20_000)}x]}\n`,
      'a.env': 'WA_DB_USERNAME=wa\n',
    };
    expect(await read(documentIn(files))).toMatchObject({
      service: 'wacore',
      values: { WA_DB_ENGINE: 'MYSQL', WA_DB_USERNAME: 'wa' },
    });
    const needed = Array.from({ length: 40 }, (_, at) => `n${at}.env`);
    const empty = Object.fromEntries(needed.map((name) => [name, '']));
    const path = documentIn({ 'compose.yml': `services: {a: {env_file: [${needed}], ${service}}}`, ...empty });
    await expect(read(path)).rejects.toThrow('it names more than 30 files');
  });

  it('lets no variable grow without end', async () => {
    const path = inFile(`A=xxxxxxxxxx\n${'A=$A$A$A$A$A$A$A$A$A$A\n'.repeat(7)}`);
    await expect(read(path)).rejects.toThrow(/^line 6: its variables make more than 128 KiB of it$/);
  });

  it.each([
    ['no YAML', 'services: {a: "hunter2', /^line 1: it is not valid YAML/],
    ['a key twice', 'services:\n  a: {environment: {P: 1, P: hunter2}}', /^line 2: it is not valid YAML/],
    ['no services', 'volumes: {hunter2: {}}', /no services/],
    ['no login', 'services: {a: {environment: {P: hunter2}}}', /none of its services is given WA_DB_ENGINE/],
    ['a missing env file', 'services: {a: {env_file: none.env}}', /^service a: there is no .*none\.env$/],
    ['a circle', 'services: {a: {extends: b}, b: {extends: a}}', /in a circle/],
    ['a requirement', 'services: {a: {environment: {WA_DB_ENGINE: "${NO:?hunter2}"}}}', /WA_DB_ENGINE: .*is not set/],
    ['a format of its own', 'services: {a: {env_file: {path: a.env, format: raw}}}', /only Compose itself/],
  ])('refuses %s, and repeats nothing of it', async (_, text, said) => {
    const refused = await read(inFile(text, 'compose.yml')).catch((error: Error) => error.message);
    expect(refused).toMatch(said);
    expect(refused).not.toContain('hunter2');
  });
});

const cannot = noCompose();
describe.skipIf(cannot)(`Compose itself${cannot ? ` (skipped: ${cannot})` : ''}`, () => {
  it.each(cases)('reads as we do: %s', async (_, { files, service, values }) => {
    vi.stubEnv('DOCKER_CONFIG', COMPOSE_CONFIG);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const path = documentIn(files);
    const { guards } = await read(path);
    const told = await askCompose(path, 'compose', Object.fromEntries(guards.map((name) => [name, '0'])), never);
    expect(told && Object.fromEntries(told.services.get(service) ?? [])).toEqual(values);
  });
});

describe('files', () => {
  it.each([
    ['a file that is not there', () => '/nowhere/db.env', 'there is no such file'],
    ['a folder', () => tree({}), 'it is a folder'],
    ['a device', () => '/dev/null', 'it is not a regular file'],
    ['a binary file', () => inFile('WA_DB_PASSWORD=a\0b\n'), 'it is binary, where text was needed'],
    ['a file that is too large', () => inFile('A=1\n'.repeat(200_000)), 'it is larger than 512 KiB'],
  ])('%s is refused in a sentence', async (_, path, said) => {
    await expect(read(path())).rejects.toThrow(said);
  });

  it('text that is no UTF-8 is refused', async () => {
    const path = join(tree({}), 'db.env');
    writeFileSync(path, Buffer.from('WA_DB_PASSWORD=\xe9\n', 'latin1'));
    await expect(read(path)).rejects.toThrow('it is not text in UTF-8');
  });

  it('tells which of them others may read, the .env only where it was of use', async () => {
    const root = tree({ 'a.env': 'A=$B\n', 'b.env': 'A=1\n', '.env': 'B=1\n' });
    const mode = (name: string, bits: number) => chmodSync(join(root, name), bits);
    for (const [name, bits] of [
      ['a.env', 0o640],
      ['b.env', 0o600],
      ['.env', 0o604],
    ] as const)
      mode(name, bits);
    expect((await read(join(root, 'a.env'))).exposed.toSorted()).toEqual([
      `${join(root, '.env')} (0604)`,
      `${join(root, 'a.env')} (0640)`,
    ]);
    expect((await read(join(root, 'b.env'))).exposed).toEqual([]);
    mode('b.env', 0o622);
    expect((await read(join(root, 'b.env'))).exposed).toEqual([]);
  });

  it('a broken .env stops only what needs it, and is named', async () => {
    const root = tree({ 'a.env': 'A=$B\n', 'b.env': 'A=$HERE\n' });
    mkdirSync(join(root, '.env'));
    expect((await read(join(root, 'b.env'), { HERE: 'x' })).values).toEqual({ A: 'x' });
    await expect(read(join(root, 'a.env'))).rejects.toThrow(`${join(root, '.env')}: it is a folder`);
  });

  it('what comes from our own environment is told', async () => {
    const path = inFile('A=$X\nB\n');
    expect(await read(path, { X: '1', B: '2' })).toMatchObject({ values: { A: '1', B: '2' }, taken: true });
    expect(await read(path)).toMatchObject({ values: { A: '' }, taken: false });
  });
});
