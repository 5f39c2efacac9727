import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { resolve } from '../../../../src/host/child/network/resolve.ts';
import { startNameServer } from '../../../support/name-server.ts';

const SERVER = '127.0.0.77';
const NAMES = {
  'db.a.example': ['192.0.2.10'],
  'db.b.example': ['192.0.2.20'],
  'both.example': ['192.0.2.30', '192.0.2.31', '2001:db8::30'],
  'six.example': ['2001:db8::6'],
  single: ['192.0.2.40'],
  'single.b.example': ['192.0.2.41'],
  'two.dots': ['192.0.2.50'],
  'two.dots.a.example': ['192.0.2.51'],
  'empty.example': [],
  'failing.example': 2,
  'refused.example': 5,
  'failing.a.example': 2,
  'silent.example': 'silence',
} as const;

const server = await startNameServer(SERVER, NAMES).catch((error: Error) => error.message);
const noServer = typeof server === 'string' ? `no name server on port 53: ${server}` : null;
afterAll(() => (typeof server === 'string' ? undefined : server.stop()));

const SEARCH = `nameserver ${SERVER}\nsearch a.example b.example\n`;
const HOSTS = '127.0.0.1 localhost\n192.0.2.60 listed\n192.0.2.61 single.a.example\n';

describe('a name that no server is asked for', () => {
  const files = { hosts: HOSTS, resolv: 'nameserver 192.0.2.254\n' };
  it.each([
    ['192.0.2.9', ['192.0.2.9']],
    ['2001:db8::9', ['2001:db8::9']],
    ['listed', ['192.0.2.60']],
  ])('%s', async (host, addresses) => {
    expect(await resolve(host, files, 4000)).toEqual(addresses);
  });
});

describe.skipIf(noServer)(`a name that name servers know (${noServer ?? 'a stand-in for one'})`, () => {
  it.each([
    ['db', SEARCH, ['192.0.2.10']],
    ['db.b.example', SEARCH, ['192.0.2.20']],
    ['both.example', SEARCH, ['192.0.2.30', '192.0.2.31', '2001:db8::30']],
    ['six.example', SEARCH, ['2001:db8::6']],
    ['single', SEARCH, ['192.0.2.41']],
    ['single', `${SEARCH}options ndots:0\n`, ['192.0.2.40']],
    ['single.', SEARCH, ['192.0.2.40']],
    ['two.dots', SEARCH, ['192.0.2.50']],
    ['two.dots', `${SEARCH}options ndots:2\n`, ['192.0.2.51']],
    [
      'both',
      'search example\nnameserver 127.0.0.78\nnameserver 127.0.0.77\n',
      ['192.0.2.30', '192.0.2.31', '2001:db8::30'],
    ],
  ])('%s with %j', async (host, resolv, addresses) => {
    expect(await resolve(host, { hosts: HOSTS, resolv }, 4000)).toEqual(addresses);
  });
  it.each([
    ['nobody', 'no-such-host', 'ENOTFOUND', 'there is no such name'],
    ['empty.example', 'no-such-host', 'ENODATA', 'that name has no address'],
    ['failing', 'no-such-host', 'ENOTFOUND', 'there is no such name'],
    ['refused.example', 'no-name-answer', 'EREFUSED', 'it refuses to look it up'],
    ['failing.example', 'no-name-answer', 'ESERVFAIL', 'it failed to look it up'],
  ])('%s is not known', async (host, kind, code, words) => {
    const search = host.includes('.') ? '' : 'search a.example\n';
    const told = await resolve(host, { hosts: HOSTS, resolv: `${search}nameserver ${SERVER}\n` }, 4000);
    expect(told).toEqual({ kind, code, message: `${SERVER} says of "${host}": ${words}` });
  });
  it('says that nobody answers, within its limit', async () => {
    const since = performance.now();
    const silent = await resolve('silent.example', { hosts: '', resolv: SEARCH }, 4000);
    expect(silent).toEqual({
      kind: 'no-name-answer',
      code: 'ETIMEOUT',
      message: `${SERVER} did not answer for "silent.example"`,
    });
    expect(performance.now() - since).toBeLessThan(5000);
    const nobody = await resolve('db.b.example', { hosts: '', resolv: 'nameserver 127.0.0.78\n' }, 4000);
    expect(nobody).toMatchObject({ kind: 'no-name-answer', message: 'nothing answers for names at 127.0.0.78' });
  });
});

/** What the C library of this machine makes of a name with these files, in a mount namespace where they are its own. */
const byGlibc = async (host: string, hosts: string, resolv: string): Promise<readonly string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  try {
    writeFileSync(join(folder, 'hosts'), hosts);
    writeFileSync(join(folder, 'resolv.conf'), resolv);
    writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
    const mounts = ['hosts', 'resolv.conf', 'nsswitch.conf'].map(
      (name) => `mount --bind ${folder}/${name} /etc/${name}`,
    );
    const script = `${mounts.join(' && ')} && { getent ahosts "$0" || [ $? -eq 2 ]; }`;
    const { stdout } = await promisify(execFile)('unshare', ['--mount', 'sh', '-c', script, host], { timeout: 10_000 });
    return [...new Set(stdout.split('\n').flatMap((line) => line.split(/\s/)[0] || []))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const noGlibc = await (async (): Promise<string | null> => {
  if (noServer) return noServer;
  try {
    return (await byGlibc('listed', HOSTS, SEARCH)).join() === '192.0.2.60' ? null : 'getent is not that of glibc';
  } catch {
    return 'no mount namespace, or no getent';
  }
})();

describe.skipIf(noGlibc)(`a name as the C library has it (${noGlibc ?? 'getent of glibc'})`, () => {
  const files = [SEARCH, `${SEARCH}options ndots:0\n`, `${SEARCH}options ndots:3\n`, `nameserver ${SERVER}\n`];
  const hosts = [
    'db',
    'single',
    'single.',
    'two.dots',
    'both.example',
    'six.example',
    'nobody',
    'empty.example',
    'LISTED',
  ];
  it.each(files)('with %j', async (resolv) => {
    for (const host of hosts) {
      const ours = await resolve(host, { hosts: HOSTS, resolv }, 4000);
      const theirs = await byGlibc(host, HOSTS, resolv);
      expect({ host, addresses: 'kind' in ours ? [] : ours.toSorted() }).toEqual({
        host,
        addresses: theirs.toSorted(),
      });
    }
  });
});
