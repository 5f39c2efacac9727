import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { allPatience, patience } from '../../../../src/host/live/sources/patience.ts';
import { wadebug } from '../../../../src/host/live/sources/wadebug.ts';
import type { Source } from '../../../../src/host/source.ts';
import { readSource } from '../../../support/read-source.ts';
import { standInSocket } from '../../../support/stand-in-engine.ts';
import { ground, hung, noHangs } from '../disk/mounted.ts';

const noNamespace = (): string | null => {
  if (process.getuid?.() !== 0) return 'not root';
  const made = spawnSync('unshare', ['--net', '--mount', '--', 'true'], { stdio: 'ignore' });
  return made.status === 0 ? null : 'no namespaces (apt: util-linux)';
};
const missing = noNamespace();

/** Puts a stand-in for WADebug into PATH: a script. */
const installed = (script: string): void => {
  const folder = mkdtempSync(join(tmpdir(), 'wadebug-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'wadebug'), script);
  chmodSync(join(folder, 'wadebug'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
};

const partial = (sources: readonly Source[]): Source => {
  const found = sources.find(({ path }) => path === 'wadebug/partial.json');
  if (!found) throw new Error('no row of WADebug');
  return found;
};

const never = new AbortController().signal;
afterEach(() => vi.unstubAllEnvs());

describe('WADebug', () => {
  it('is a row where it is absent, and what stands for its files is told', async () => {
    vi.stubEnv('HOME', '/nowhere');
    const sources = await wadebug(allPatience(), never);
    expect(await readSource(partial(sources))).toMatchObject({
      state: 'absent',
      reason: expect.stringMatching(/not installed here .*collected without it/),
    });
    const instead = await readSource(sources[0] as Source);
    expect(instead.bytes.toString()).toContain('app/webapp/<container>/web.log');
  });

  const hangs = noHangs();
  describe.skipIf(hangs)(`with a home on a mount that hangs${hangs ? ` (skipped: ${hangs})` : ''}`, () => {
    const here = ground();
    afterAll(() => here.remove());
    it('is looked for in a child, and given up', { timeout: 10_000 }, async () => {
      vi.stubEnv('HOME', join(await hung(here), 'home'));
      expect(await readSource(partial(await wadebug(allPatience(), never)))).toMatchObject({ state: 'absent' });
    });
  });

  describe.skipIf(missing)(`is run where it is installed (${missing ?? 'own namespaces'})`, () => {
    it('with harmless actions alone, without sending, secrets, network or a folder that stays', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      let connections = 0;
      server.on('connection', (socket) => {
        connections += 1;
        socket.destroy();
      });
      onTestFinished(() => void server.close());
      await new Promise((done) => server.once('listening', done));
      const { port } = server.address() as { port: number };
      let heard = 0;
      const engine = await standInSocket((socket) => {
        heard += 1;
        socket.end();
      });
      onTestFinished(engine.stop);
      vi.stubEnv('DOCKER_HOST', engine.host);
      vi.stubEnv('WA_DB_PASSWORD', 'Canary7Bird');
      const before = readdirSync('/mnt');
      installed(`#!${process.execPath}
const net = require('node:net');
require('node:fs').writeFileSync('left-behind', 'x');
const tried = (to) => new Promise((done) => net.connect(to).on('connect', () => done('connected')).on('error', (e) => done(e.code)));
(async () => {
  const out = await tried({ port: ${port}, host: '127.0.0.1' });
  const engine = await tried({ path: '${engine.path}' });
  console.log('The current version of wadebug (0.1.4) is out of date.');
  console.log(JSON.stringify({ argv: process.argv.slice(2), env: process.env, cwd: process.cwd(), out, engine, check_db_settings_exist: { message: 'hunter2' } }));
})();
`);
      const { bytes, state } = await readSource(partial(await wadebug(allPatience(), never)));
      expect(state).toBe('whole');
      const { results, notRun } = JSON.parse(bytes.toString());
      expect(results.argv).toEqual([
        ...['partial', 'containers_status', 'check_mysql_password', 'check_software_version', 'check_webapp_port'],
        ...['--do-not-send-usage', '--json'],
      ]);
      expect([results.out, connections]).toEqual(['ENETUNREACH', 0]);
      expect([results.engine, heard]).toEqual(['connected', 1]);
      expect(bytes.toString()).not.toMatch(/Canary7Bird|hunter2/);
      expect(Object.keys(notRun)).toEqual(expect.arrayContaining(['check_webhook', 'check_network', 'logs']));
      expect(results.cwd).toBe('/mnt');
      expect(readdirSync('/mnt')).toEqual(before);
    });

    it.each([
      [
        'it breaks',
        '#!/bin/sh\necho "ModuleNotFoundError: No module named distutils" >&2; exit 1\n',
        'failed',
        /exit code 1: ModuleNotFoundError/,
      ],
      ['it says nothing', '#!/bin/sh\nexit 0\n', 'failed', /exit code 0/],
      ['it hangs', '#!/bin/sh\nsleep 60\n', 'timed-out', /did not end within/],
    ])('and is a row with a reason where %s', async (_, script, state, reason) => {
      installed(script);
      const from = performance.now();
      const all = { ...allPatience(), wadebug: patience('WADebug', 1000) };
      expect(await readSource(partial(await wadebug(all, never)))).toMatchObject({
        state,
        reason: expect.stringMatching(reason),
      });
      expect(performance.now() - from).toBeLessThan(2500);
    });
  });

  it.skipIf(process.getuid?.() === 0)('is not run where it could send (root here: shown in the next)', async () => {
    installed('#!/bin/sh\nexit 0\n');
    expect(await readSource(partial(await wadebug(allPatience(), never)))).toMatchObject({ state: 'denied' });
  });
});
