import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TOOL } from '../src/tool.ts';
import { ROOT } from './support/command.ts';

type Entry = { readonly version?: string; readonly optionalDependencies?: Readonly<Record<string, string>> };
const read = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));

it('the lock file names every platform of an optional part, else npm ci refuses it where one is not offered', () => {
  const packages: Readonly<Record<string, Entry>> = read('package-lock.json').packages;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`]?.version && !packages[`${path}/node_modules/${name}`]?.version,
    ),
  );
  expect(missing).toEqual([]);
});

it('the lock file names no address to fetch from', () => {
  expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
});

it('the tool says the version of its package, and every direct dependency is pinned', () => {
  const { name, version, dependencies, devDependencies, optionalDependencies } = read('package.json');
  expect(TOOL).toEqual({ name, version });
  for (const pin of Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies }))
    expect(pin).toMatch(/^\d+\.\d+\.\d+$/);
});
