// biome-ignore-all lint/suspicious/noTemplateCurlyInString: env files have expressions of that look
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { docker as shapes } from '../../../../src/host/answers/docker.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { files as ask } from '../../../../src/host/live/docker/files.ts';
import { nowhere } from '../../../support/chain.ts';
import { ran } from '../../../support/command.ts';
import { type Described, deployed, single } from '../../../support/stand-in-deployment.ts';
import { tree } from '../../../support/tree.ts';
import { singleFile } from './deployment-files.ts';

const asking = (signal = new AbortController().signal) => ({ signal, progress: () => {} });
const told = async (compose: string | null) => shapes.files.parse(await ask(asking(), dockerAccess(), compose)).files;
const uid = process.getuid?.() ?? 0;

const ENV =
  'WA_DB_HOSTNAME=db\nWA_DB_PASSWORD=Canary7Bird\nWA_SECRET=\nWA_API_KEY=${KEPT}\nWA_WEB_JWT_CRYPTO_KEY=canary\n';
const folderOf = (files: Readonly<Record<string, string>>, modes: Readonly<Record<string, number>>) => {
  nowhere();
  const root = tree(files);
  for (const [name, mode] of Object.entries(modes)) chmodSync(join(root, name), mode);
  return root;
};

describe('the files of a deployment', () => {
  it('are the Compose file that was given and its env files, with their modes and the names of their secrets', async () => {
    const root = folderOf(
      { 'docker-compose.yml': singleFile(false), 'db.env': ENV, '.env': 'WA_API_VERSION=2.53.1\nTOKEN=canary\n' },
      { 'docker-compose.yml': 0o644, 'db.env': 0o600, '.env': 0o640 },
    );
    const files = await told(join(root, 'docker-compose.yml'));
    expect(files).toEqual([
      {
        ...{ path: join(root, 'docker-compose.yml'), kind: 'compose', mode: 0o644, uid, why: null },
        secrets: ['MYSQL_ROOT_PASSWORD'],
      },
      { path: join(root, '.env'), kind: 'env', mode: 0o640, uid, why: null, secrets: ['TOKEN'] },
      {
        ...{ path: join(root, 'db.env'), kind: 'env', mode: 0o600, uid, why: null },
        secrets: ['WA_DB_PASSWORD', 'WA_WEB_JWT_CRYPTO_KEY'],
      },
    ]);
    expect(JSON.stringify(files)).not.toMatch(/canary/i);
  });
  it('are those that labels name, once each, and only what is there', async () => {
    const root = folderOf({ 'docker-compose.yml': singleFile(false) }, { 'docker-compose.yml': 0o600 });
    const labels = {
      'com.docker.compose.project.working_dir': root,
      'com.docker.compose.project.config_files': 'docker-compose.yml,gone.yml',
    };
    await deployed(single.map((one): Described => ({ ...one, labels })));
    expect((await told(null)).map(({ path, mode }) => [path, mode])).toEqual([
      [join(root, 'docker-compose.yml'), 0o600],
    ]);
  });
  it('are none without labels, and the question is refused without an Engine', async () => {
    await deployed(single);
    expect(await told(null)).toEqual([]);
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere.sock');
    await expect(told(null)).rejects.toThrow('gave no answer (absent)');
    vi.unstubAllEnvs();
  });
  it('are told as far as they can be looked at', async () => {
    const root = folderOf({ 'docker-compose.yml': 'services: {a: {env_file: folder}}' }, {});
    mkdirSync(join(root, 'folder'), { mode: 0o755 });
    expect((await told(join(root, 'docker-compose.yml'))).at(-1)).toMatchObject({
      ...{ path: join(root, 'folder'), mode: 0o755, why: 'it is a folder', secrets: [] },
    });
  });
  it('on a file system that hangs keep nobody waiting', async () => {
    const root = folderOf({ 'docker-compose.yml': 'services: {a: {env_file: db.env}}' }, {});
    expect((await ran('mkfifo', [join(root, 'db.env')])).exitCode).toBe(0);
    const since = performance.now();
    const files = await told(join(root, 'docker-compose.yml'));
    expect(files.at(-1)).toMatchObject({ path: join(root, 'db.env'), why: 'it is not a regular file' });
    expect(performance.now() - since).toBeLessThan(6000);
  });
});
