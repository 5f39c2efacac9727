import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildInto } from '../../bin/build.ts';
import { ran } from '../support/command.ts';
import { answer, type StandIn, standInEngine } from '../support/stand-in-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
const dist = join(folder, 'dist');
let metafile: Metafile;
let engine: StandIn;
beforeAll(async () => {
  metafile = await buildInto(dist);
  engine = await standInEngine((asked, response) => {
    const info = { ServerVersion: '24.0.7', Architecture: 's390x' };
    if (asked.url === '/version') answer(response, { Version: '24.0.7' });
    else answer(response, asked.url === '/info' ? info : []);
  });
});
afterAll(async () => {
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (input: string): string => {
  const found = Object.entries(metafile.outputs).find(([, { inputs }]) => inputs[input]);
  return join(dist, basename(found?.[0] ?? `no file holds ${input}`));
};
const DOCKERODE = 'node_modules/dockerode/lib/docker.js';

/** The modules of the bundle that a run of it loaded, by Node's own account of them. */
const loadedBy = async (...args: string[]): Promise<string[]> => {
  const account = mkdtempSync(join(folder, 'loaded-'));
  const env = { NODE_V8_COVERAGE: account, DOCKER_HOST: engine.host, PATH: process.env['PATH'] ?? '', HOME: folder };
  await ran(process.execPath, [join(dist, 'cli.js'), ...args], { env });
  const reports = readdirSync(account).map((name) => readFileSync(join(account, name), 'utf8'));
  return reports.flatMap((report) =>
    (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url),
  );
};

describe('the bundle', () => {
  it('holds dockerode, and nothing of its transport, builds and sessions', () => {
    const packages = Object.keys(metafile.inputs).flatMap(
      (path) => /^node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect(packages).toContain('dockerode');
    const unwanted = [
      'docker-modem',
      'ssh2',
      'tar-fs',
      'protobufjs',
      '@grpc/grpc-js',
      '@grpc/proto-loader',
      'readable-stream',
    ];
    expect(unwanted.filter((name) => packages.includes(name))).toEqual([]);
  });
  it('has a dockerode that works with our transport, and says so where it would use its own', async () => {
    const { default: Docker } = await import(pathToFileURL(fileOf(DOCKERODE)).href);
    expect(new Docker({ modem: {} }).getContainer('x').id).toBe('x');
    expect(() => new Docker()).toThrow('docker-modem is left out of this bundle');
  });
  it('reads dockerode for the probe, and not with --quick', async () => {
    const dockerode = pathToFileURL(fileOf(DOCKERODE)).href;
    const quick = await loadedBy('check', '--quick', '--json', '--only', 'docker.*', '--only', 'host.ports');
    expect(quick).toContain(pathToFileURL(fileOf('src/host/live/docker/facts.ts')).href);
    expect(quick).not.toContain(dockerode);
    expect(await loadedBy('check', '--json', '--only', 'docker.statx')).toContain(dockerode);
  });
});
