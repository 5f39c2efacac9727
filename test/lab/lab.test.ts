import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, ran } from '../support/command.ts';
import { noLab } from '../support/lab.ts';
import { answer } from '../support/stand-in-engine.ts';
import { titled } from '../support/titled.ts';
import { engineFolderIn, type OwnEngine, removeOwnEngine, startOwnEngine } from './own-engine.ts';
import { WEBAPP_IMAGE } from './services.ts';

const MAIN = join(ROOT, 'test/lab/main.ts');
const NO_ENGINE = 'unix:///nonexistent/docker.sock';

/** What of a folder is left anywhere: itself, processes, mounts, cgroups. */
const leftOf = (folder: string): readonly string[] => {
  const lines = readdirSync('/proc').flatMap((name) => {
    const file = `/proc/${name}/cmdline`;
    const line = /^\d+$/.test(name) && existsSync(file) ? readText(file).replaceAll('\0', ' ') : '';
    return line.includes(`${folder}/`) ? [line] : [];
  });
  const mounts = readText('/proc/self/mountinfo')
    .split('\n')
    .filter((line) => line.includes(folder));
  const roots = ['/sys/fs/cgroup', ...readdirSync('/sys/fs/cgroup').map((name) => join('/sys/fs/cgroup', name))];
  const groups = roots.map((root) => join(root, groupOf(folder))).filter((group) => existsSync(group));
  const laidOut = readdirSync(tmpdir()).filter((name) => name.startsWith(groupOf(folder).replace('engine-', 'lab-')));
  return [...(existsSync(folder) ? [folder] : []), ...lines, ...mounts, ...groups, ...laidOut];
};
const groupOf = (folder: string): string => basename(engineFolderIn(folder));
const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const missing = noLab();

describe.skipIf(missing)(titled('npm run lab', missing), () => {
  let place = '';
  let folder = '';
  const environment = (host: string) => ({
    ...{ PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', DOCKER_HOST: host, WA_PREFLIGHT_LAB: folder },
  });
  const lab = (args: readonly string[], host = NO_ENGINE) =>
    ran(process.execPath, [MAIN, ...args], { env: environment(host) });
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'lab-command-'));
    folder = join(place, 'lab');
  });
  afterAll(async () => {
    await lab(['down']);
    rmSync(place, { recursive: true, force: true });
  });

  it('starts stand-ins on an Engine of its own, changes what is wrong with them, and leaves nothing', async () => {
    const up = await lab(['up', '--topology', 'ha', '--fault', 'queue-full=70000']);
    expect(up.stderr).toBe('');
    expect(up.exitCode).toBe(0);
    expect(up.stdout).toContain(
      'A lab of STAND-INS: ha, database postgresql, 7 containers\nFaults: queue-full=70000\n',
    );
    expect(up.stdout).toMatch(/export DOCKER_HOST=unix:.*\n.*WA_API_PASSWORD=.*\n.*nsenter --net=.* --api-ca /);
    const again = await lab(['up']);
    expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is a lab already') });
    const run = await lab(['run', '--json', '--phase', 'after', '--only', 'api.*,containers.*', '--no-input']);
    const { checks } = JSON.parse(run.stdout) as { checks: { id: string; outcome: string; message: string }[] };
    const failed = checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skip');
    expect(failed).toEqual([expect.objectContaining({ id: 'api.stats', outcome: 'fail' })]);
    expect(checks.find(({ id }) => id === 'api.health')?.message).toMatch(
      /^High availability: 1 Coreapp connected, 1 spare/,
    );
    const none = await lab(['fault', 'none']);
    expect(none.stdout).toContain('Faults: none\n');
    expect(none.stdout).toMatch(/Calls of the API: \d+, of them 0 that nobody should make\n/);
    const down = await lab(['down']);
    expect(down).toMatchObject({ exitCode: 0, stdout: 'The lab is gone, with all that it made.\n' });
    expect(leftOf(folder)).toEqual([]);
    expect((await lab(['down'])).stdout).toBe('There was no lab.\n');
  }, 90_000);

  it.each([
    ['killed', 'SIGKILL', null],
    ['interrupted', 'SIGINT', 130],
  ] as const)(
    'leaves nothing after an up that was %s in the middle',
    async (_, signal, code) => {
      const child = spawn(process.execPath, [MAIN, 'up'], { env: environment(NO_ENGINE), stdio: 'ignore' });
      const ended = once(child, 'exit');
      for (let waited = 0; waited < 30_000 && !existsSync(join(folder, 'lab.json')); waited += 20) await pause(20);
      expect(leftOf(folder).length).toBeGreaterThan(1);
      child.kill(signal);
      expect((await ended)[0]).toBe(code);
      if (signal === 'SIGKILL') await lab(['down']);
      expect(leftOf(folder)).toEqual([]);
    },
    60_000,
  );

  it('ends the containers of an Engine that was killed', async () => {
    expect((await lab(['up', '--database', 'none'])).exitCode).toBe(0);
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const inGroup = (pid: string) =>
      readText(`/proc/${pid}/cgroup`).includes(groupOf(folder)) &&
      !/^State:\s*Z/m.test(readText(`/proc/${pid}/status`));
    const isEngines = (pid: string) =>
      /^[^\0]*(dockerd|containerd)\0/.test(readText(`/proc/${pid}/cmdline`)) &&
      readText(`/proc/${pid}/cmdline`).includes(`${folder}/`);
    expect(pids.filter(inGroup).length).toBeGreaterThan(2);
    expect(pids.filter(isEngines)).toHaveLength(2);
    for (const pid of pids.filter(isEngines)) process.kill(Number(pid), 'SIGKILL');
    expect((await lab(['down'])).exitCode).toBe(0);
    expect(pids.filter(inGroup)).toEqual([]);
    expect(leftOf(folder)).toEqual([]);
  }, 60_000);

  it.each([
    [['up', '--topology', 'star'], '--topology is one of single, ha, multiconnect'],
    [['up', '--port', 'x'], '--port is a port'],
    [['up', '--fault', 'no-such'], 'there is no fault "no-such"'],
    [['up', '--fault', 'no-primary'], 'not of single'],
    [['up', '--fault', 'disconnected=1'], 'takes no value'],
    [['up', '--nonsense'], '--nonsense'],
    [['fault', 'none'], 'There is no lab'],
    [['dance'], 'npm run lab -- down'],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const refused = await lab(args);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(sentence) });
    expect(leftOf(folder)).toEqual([]);
  });

  it('lists every fault', async () => {
    const { stdout, exitCode } = await lab(['faults']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\nwebhook-unset\n    No webhook is configured.\n    webhook.configured fails\n');
  });

  it('refuses an Engine that no socket of this host leads to', async () => {
    const far = createServer((_, response) => answer(response, {}));
    await new Promise<void>((done) => far.listen(0, '127.0.0.1', done));
    const { port } = far.address() as AddressInfo;
    const refused = await lab(['up'], `tcp://127.0.0.1:${port}`);
    far.close();
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not reached by a socket') });
    expect(leftOf(folder)).toEqual([]);
  });

  describe('on an Engine that is there', () => {
    let engine: OwnEngine;
    let home = '';
    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), 'lab-engine-'));
      engine = await startOwnEngine(home);
    });
    afterAll(async () => {
      await removeOwnEngine(home);
      rmSync(home, { recursive: true });
    });
    const things = async () => {
      const list = <Item>(path: string) => engine.demand<Item>({ path });
      const networks = await list<{ Name: string }[]>('/networks');
      const { Volumes } = await list<{ Volumes: unknown[] | null }>('/volumes');
      const [containers, images] = [await list<[]>('/containers/json?all=1'), await list<[]>('/images/json?all=1')];
      const named = networks.map(({ Name }) => Name).sort();
      return { containers: containers.length, images: images.length, networks: named, volumes: Volumes?.length ?? 0 };
    };

    it('uses it, tells the world nothing, and leaves it as it was', async () => {
      const before = await things();
      const up = await lab(['up', '--database', 'none', '--port', '9191'], engine.host);
      expect(up.stderr).toBe('');
      expect(up.stdout).toContain(`Uses the Docker Engine: ${engine.host}\n`);
      expect(up.stdout).not.toContain('nsenter');
      const listed = await engine.demand<{ Ports: { IP: string; PublicPort?: number }[]; Labels: object }[]>({
        path: '/containers/json',
      });
      const published = listed.flatMap(({ Ports }) => Ports.filter(({ PublicPort }) => PublicPort !== undefined));
      expect(published).toEqual([expect.objectContaining({ IP: '127.0.0.1', PublicPort: 9191 })]);
      const images = await engine.demand<{ Labels: Record<string, string> }[]>({ path: '/images/json' });
      for (const { Labels } of images) expect(Labels['wa-preflight.stand-in']).toBe('wa-preflight-stand-in');
      expect((await lab(['down'], engine.host)).exitCode).toBe(0);
      expect(await things()).toEqual(before);
      expect(leftOf(folder)).toEqual([]);
    }, 60_000);

    it("does not take the vendor's name from an image that is no stand-in", async () => {
      const [repo = '', tag = ''] = WEBAPP_IMAGE.split(/:(?=[^:]*$)/);
      const archive = pack();
      archive.entry({ name: 'real' }, 'x');
      archive.finalize();
      const through = new PassThrough();
      archive.pipe(through);
      await engine.upload(`/images/create?fromSrc=-&repo=${encodeURIComponent(repo)}&tag=${tag}`, through);
      const before = await things();
      const refused = await lab(['up', '--database', 'none'], engine.host);
      expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('that is no stand-in') });
      expect(await things()).toEqual(before);
    });
  });
});
