import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { askCompose } from '../../../../src/host/live/login/compose-program.ts';
import { chain, nowhere } from '../../../support/chain.ts';

const never = new AbortController().signal;
const ENV = 'WA_DB_ENGINE=MYSQL\nWA_DB_HOSTNAME=db-1\nWA_DB_USERNAME=wa\nWA_DB_PASSWORD=ours\n';
const CONFIG = '{"services":{"login":{"environment":{"WA_DB_PASSWORD":"a$$b","WA_DB_PORT":1,"N":null}}}}';

/** A stand-in for Docker's client or for Compose: a script in a folder that goes before all others in PATH. */
const standIn = (root: string, name: string, script: string): void => {
  const path = join(root, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  vi.stubEnv('PATH', `${root}:/usr/bin:/bin`);
};
const answering = (config: string) =>
  `[ "$2" = version ] && exit 0\ncat > "$0.in"; env > "$0.env"; echo "$*" > "$0.args"\n${config}`;

describe('asking Compose, by a stand-in for it', () => {
  it('gives it the file as a service’s, and reads its dollars', async () => {
    const root = nowhere();
    standIn(root, 'docker', answering(`echo '${CONFIG}'`));
    const told = await askCompose('/srv/wa$1/db.env', 'env', { GUARD: '0' }, never);
    expect(told?.program).toBe('docker compose');
    expect(Object.fromEntries(told?.services.get('login') ?? [])).toEqual({ WA_DB_PASSWORD: 'a$b', WA_DB_PORT: '1' });
    const { readFileSync } = await import('node:fs');
    expect(JSON.parse(readFileSync(join(root, 'docker.in'), 'utf8'))).toEqual({
      services: { login: { image: 'login', env_file: ['/srv/wa$$1/db.env'] } },
    });
    expect(readFileSync(join(root, 'docker.args'), 'utf8')).toBe(
      'compose --profile * -f - -p login --project-directory /srv/wa$1 config --format json\n',
    );
  });

  it('never gives it a secret of our environment', async () => {
    const root = nowhere({ WA_DB_PASSWORD: 'canary-1', PGPASSWORD: 'canary-2', MYSQL_PWD: 'canary-3' });
    standIn(root, 'docker', answering(`echo '${CONFIG}'`));
    await askCompose(join(root, 'db.env'), 'env', { GUARD: '0', PATH: '/nowhere' }, never);
    const { readFileSync } = await import('node:fs');
    const environment = readFileSync(join(root, 'docker.env'), 'utf8');
    expect(environment).not.toContain('canary');
    expect(environment).toContain('GUARD=0\n');
    expect(environment).not.toContain('PATH=/nowhere');
  });

  it('asks the Compose of before where Docker’s client has none, which speaks YAML', async () => {
    const root = nowhere();
    standIn(root, 'docker', 'exit 1');
    const yaml = 'services:\\n  login:\\n    environment:\\n      A: a$$b\\n';
    standIn(root, 'docker-compose', `[ "$1" = version ] && exit 0; printf '${yaml}'`);
    const told = await askCompose(join(root, 'db.env'), 'env', {}, never);
    expect(told?.program).toBe('docker-compose');
    expect(told?.services.get('login')?.get('A')).toBe('a$b');
  });

  it.each([
    ['fails', 'echo "line 3: canary" >&2; exit 15'],
    ['says nonsense', 'echo "{"'],
    ['says something else', 'echo "[]"'],
    ['hangs', 'exec sleep 100'],
  ])('that %s leaves it to our own reader, within 3 s', { timeout: 10_000 }, async (_, config) => {
    const root = nowhere({}, { 'db.env': ENV });
    standIn(root, 'docker', answering(config));
    const since = performance.now();
    const found = await chain({ envFile: join(root, 'db.env') });
    expect(performance.now() - since).toBeLessThan(6000);
    expect(found.login?.password).toBe('ours');
    expect(found.told.places[0]?.detail).toBe('read by this tool with the rules of Compose');
  });

  it('goes before our own reader, unless something is taken from our environment', async () => {
    const root = nowhere({}, { 'db.env': ENV, 'own.env': `${ENV}WA_DB_NAME_PREFIX=$MINE\n` });
    const json = `{"services":{"login":{"environment":${JSON.stringify(
      Object.fromEntries(
        ENV.trim()
          .split('\n')
          .map((line) => line.replace('ours', 'theirs').split('=')),
      ),
    )}}}}`;
    standIn(root, 'docker', answering(`echo '${json}'`));
    const theirs = await chain({ envFile: join(root, 'db.env') });
    expect([theirs.login?.password, theirs.told.places[0]?.detail]).toEqual(['theirs', 'read by docker compose']);
    vi.stubEnv('MINE', 'x');
    const ours = await chain({ envFile: join(root, 'own.env') });
    expect(ours.login).toMatchObject({ password: 'ours', prefix: 'x' });
    expect(ours.told.places[0]?.detail).toMatch(/, as it takes a value from the environment$/);
  });
});
