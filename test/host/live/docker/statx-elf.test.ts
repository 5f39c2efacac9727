import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Machine, machineOf, statxProgram } from '../../../../src/host/live/docker/statx-elf.ts';

const folder = mkdtempSync(join(tmpdir(), 'elf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const toolsFor = (machine: Machine): string | null => {
  const prefixes = [`${machine}-linux-gnu-`, ...(machineOf(process.arch) === machine ? [''] : [])];
  return prefixes.find((prefix) => has(`${prefix}as`) && has(`${prefix}ld`)) ?? null;
};

const built = (machine: Machine, prefix: string): Buffer => {
  const source = fileURLToPath(new URL(`../../../../src/host/live/docker/statx-${machine}.s`, import.meta.url));
  execFileSync(`${prefix}as`, ['-o', join(folder, `${machine}.o`), source]);
  const flags = ['-static', '-n', '-s', '--build-id=none', '-z', 'noseparate-code'];
  execFileSync(`${prefix}ld`, [...flags, '-o', join(folder, machine), join(folder, `${machine}.o`)]);
  return readFileSync(join(folder, machine));
};

describe('the statx program', () => {
  for (const machine of ['x86_64', 'aarch64'] as const) {
    const prefix = toolsFor(machine);
    it.skipIf(prefix === null)(`is what its source for ${machine} builds (needs binutils for ${machine})`, () => {
      expect(statxProgram(machine).toString('base64')).toBe(built(machine, prefix ?? '').toString('base64'));
    });
    it(`is a static executable for ${machine} alone`, () => {
      const elf = statxProgram(machine);
      expect(elf.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
      expect([elf.readUInt16LE(16), elf.readUInt16LE(18)]).toEqual([2, machine === 'x86_64' ? 62 : 183]);
      expect(elf.length).toBeLessThan(512);
    });
  }
  it('knows machines by the names of uname, Node and Engines', () => {
    expect(['x86_64', 'amd64', 'x64', 'aarch64', 'arm64'].map(machineOf)).toEqual([
      'x86_64',
      'x86_64',
      'x86_64',
      'aarch64',
      'aarch64',
    ]);
    expect(['armv7l', 's390x', 'i686', '', null].map(machineOf)).toEqual([null, null, null, null, null]);
  });
});
