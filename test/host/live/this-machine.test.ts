import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { checked } from '../../../src/host/checked.ts';
import { hostOf } from '../../../src/host/host.ts';
import { apiAccess } from '../../../src/host/live/api/access.ts';
import { accessOf } from '../../../src/host/live/database/access.ts';
import { dockerAccess } from '../../../src/host/live/docker/access.ts';
import { live } from '../../../src/host/live/live.ts';

const docker = dockerAccess();
const access = accessOf(
  async () => ({
    told: { places: [], found: null, client: null, backupTaken: false },
    noClient: null,
    login: null,
    known: {},
  }),
  docker,
);
const api = apiAccess({ url: null, ca: null, fingerprint: null, testMessageTo: null }, docker);
const given = { awsTemplate: null, phoneNumber: null, accountCertificate: null };
const settings = { target: null, quick: true, access, docker, api, compose: null, given, testWebhook: false };
const host = hostOf(checked(live(settings)), {
  signal: new AbortController().signal,
  progress: () => {},
});
const said = (program: string, ...args: readonly string[]) => execFileSync(program, args, { encoding: 'utf8' }).trim();

describe.skipIf(process.platform !== 'linux')('this machine (needs Linux)', () => {
  it('is the one that uname names', async () => {
    const identity = await host.system('identity');
    expect(identity.name).toBe(os.hostname());
    expect(identity.release).toBe(said('uname', '-r'));
    expect(identity.machine).toBe(said('uname', '-m'));
    expect(identity.uid).toBe(process.getuid?.());
    expect(identity.virtualization === null || identity.virtualization.length > 0).toBe(true);
  });

  it('has the processors that nproc counts', async () => {
    const cpu = await host.system('cpu');
    expect(cpu.logical).toBe(Number(said('getconf', '_NPROCESSORS_ONLN')));
    expect(cpu.usable).toBe(Number(said('nproc')));
    expect(cpu.physical).toBeGreaterThanOrEqual(1);
    expect(cpu.physical).toBeLessThanOrEqual(cpu.logical);
  });

  it('sees a narrowed affinity as taskset sets it', () => {
    const code = "import('./src/host/live/cpu.ts').then(async ({ cpu }) => console.log((await cpu()).usable))";
    expect(said('taskset', '-c', '0', process.execPath, '-e', code)).toBe('1');
  });

  it('has the addresses that the kernel keeps local, each once', async () => {
    const { addresses } = await host.system('addresses');
    // Local addresses stand in /proc/net/fib_trie as "/32 host LOCAL" below their number.
    const local = readFileSync('/proc/net/fib_trie', 'utf8').matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g);
    const expected = new Set([...local].map(([, address]) => address));
    expect(new Set(addresses.filter((address) => /^[\d.]+$/.test(address)))).toEqual(expected);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('has the memory of /proc/meminfo', async () => {
    const memory = await host.system('memory');
    const kB = Number(/MemTotal:\s+(\d+) kB/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]);
    expect(memory.total).toBe(kB * 1024);
    expect(memory.available).toBeGreaterThan(0);
    expect(memory.available).toBeLessThanOrEqual(memory.total);
    if (memory.installed !== null) expect(memory.installed).toBeGreaterThanOrEqual(memory.total);
  });
});
