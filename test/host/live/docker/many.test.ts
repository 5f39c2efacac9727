import { spawn } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { docker as shapes } from '../../../../src/host/answers/docker.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { deployment } from '../../../../src/host/live/docker/deployment.ts';
import { type Described, deployed, single } from '../../../support/stand-in-deployment.ts';

const asking = () => ({ signal: new AbortController().signal, progress: () => {} });
/** One of many, with as many labels as Compose gives each. */
const other = (at: number): Described => ({
  ...{ name: `other-${at}`, image: `registry.internal/web-${at % 50}:1`, compose: `project-${at}/web` },
  command: ['/bin/server', '--with', 'x'.repeat(100)],
  labels: Object.fromEntries(Array.from({ length: 12 }, (_, key) => [`com.example.label.${key}`, 'y'.repeat(64)])),
  ...{ network: `project-${at}_default`, address: '172.20.0.2', ports: [`${10_000 + (at % 50_000)}:80`] },
});
const many = (length: number, of: (at: number) => Described) => Array.from({ length }, (_, at) => of(at));

/** The largest resident set of a process of its own that looks at the Engine, bytes, and what it was told. */
const lookedAt = async (host: string) => {
  const module = (path: string) => JSON.stringify(new URL(`../../../../src/host/live/docker/${path}`, import.meta.url));
  const script = `
    const { dockerAccess } = await import(${module('access.ts')});
    const { deployment } = await import(${module('deployment.ts')});
    const asking = { signal: new AbortController().signal, progress: () => {} };
    const docker = dockerAccess();
    const since = performance.now();
    const [told, { containers }] = await Promise.all([deployment(asking, docker, null), docker.containers(asking.signal)]);
    const { readFileSync } = await import('node:fs');
    const peak = Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
    const ms = performance.now() - since;
    console.log(JSON.stringify({ peak, ms, clients: told.containers.length, others: told.others, all: containers.length }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, DOCKER_HOST: host },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout) printed += chunk;
  return JSON.parse(printed) as { peak: number; ms: number; clients: number; others: number; all: number };
};

describe('an Engine with 10,000 containers', () => {
  it.skipIf(process.platform !== 'linux')(
    'costs one list call, the inspections that matter, and little memory (needs Linux)',
    async () => {
      const engine = await deployed([...many(10_000, other), ...single]);
      const { peak, ms, ...told } = await lookedAt(engine.host);
      expect(told).toEqual({ clients: 2, others: 10_000, all: 10_002 });
      const paths = engine.asked.map(({ path }) => path);
      expect(paths.filter((path) => path.startsWith('/containers/json'))).toEqual(['/containers/json?all=1']);
      expect(paths.filter((path) => /^\/containers\/[^/]+\/json$/.test(path))).toHaveLength(2);
      expect(paths).toHaveLength(1 + 1 + 2 + 2 + 1);
      expect(ms).toBeLessThan(5000);
      expect(peak).toBeLessThan(256 << 20);
    },
    30_000,
  );
  it('that all hint at the client costs 16 inspections', async () => {
    const hinting = (at: number): Described => ({ name: `x-${at}`, image: `corp/coreapp:${at}` });
    const engine = await deployed(many(2000, hinting));
    const told = shapes.deployment.parse(await deployment(asking(), dockerAccess(), null));
    expect(told).toMatchObject({ from: 'nothing', others: 2000 });
    expect(engine.asked).toHaveLength(2 + 16);
  });
  it('that all are the client costs 64, and the rest is named', async () => {
    const client = (at: number): Described => ({ name: `x-${at}`, image: 'docker.whatsapp.biz/coreapp:v2.53.1' });
    const engine = await deployed(many(2000, client));
    const told = shapes.deployment.parse(await deployment(asking(), dockerAccess(), null));
    expect(told.containers).toHaveLength(64);
    expect(told.notInspected).toHaveLength(2000 - 64);
    expect(engine.asked.filter(({ path }) => /^\/containers\/[^/]+\/json$/.test(path))).toHaveLength(64);
  });
  it('whose containers share the network of a client that names nobody costs 8 more', async () => {
    const beside = (at: number): Described => ({ name: `x-${at}`, image: 'corp/thing:1', network: 'wa_default' });
    const engine = await deployed([...single, ...many(500, beside)]);
    await deployment(asking(), dockerAccess(), null);
    expect(engine.asked.filter(({ path }) => /^\/containers\/[^/]+\/json$/.test(path))).toHaveLength(2 + 8);
  });
});

/** A text of any length out of any characters, the same for the same seed. */
const fuzz = (seed: number): string => {
  let state = seed + 1;
  const next = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % most;
  };
  const parts = [
    '\u001b[2J',
    '\u0000',
    '<script>',
    '"}]',
    '\\',
    '\u202e',
    '=',
    '/',
    ':',
    '@',
    'wacore',
    '\ud83d',
    '😀',
    '\r\n',
  ];
  return Array.from({ length: next(30) }, () =>
    next(3) ? parts[next(parts.length)] : String.fromCodePoint(next(3000)),
  ).join('');
};

describe('hostile words', () => {
  it('in 10,000 strings of names, images, labels, variables and versions break nothing', async () => {
    const hostile = (at: number): Described => ({
      ...{ id: `id-${at}`, name: fuzz(at), image: at % 2 ? fuzz(at + 1) : `docker.whatsapp.biz/web:${fuzz(at + 2)}` },
      ...{ compose: fuzz(at + 3), command: [fuzz(at + 4)], labels: { [fuzz(at + 5)]: fuzz(at + 6) } },
      env: [`${fuzz(at + 7)}=${fuzz(at + 8)}`, `WA_DB_HOSTNAME=${fuzz(at + 9)}`],
    });
    await deployed(many(1000, hostile));
    const told = shapes.deployment.parse(await deployment(asking(), dockerAccess(), null));
    expect(told.containers).toHaveLength(64);
    vi.unstubAllEnvs();
  });
});
