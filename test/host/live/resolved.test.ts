import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { resolved } from '../../../src/host/live/resolved.ts';
import { ROOT, ran } from '../../support/command.ts';
import { titled } from '../../support/titled.ts';

const environmentOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
};
const signal = () => new AbortController().signal;
const noNamespaces =
  spawnSync('unshare', ['-n', '-m', 'ip', 'link', 'set', 'lo', 'up']).status === 0 ? null : 'needs root and iproute2';

describe('the addresses of a name', () => {
  it('an address is its own', async () => {
    expect(await resolved('192.0.2.7', signal(), 1000)).toEqual(['192.0.2.7']);
    expect(await resolved('::1', signal(), 1000)).toEqual(['::1']);
  });
  it('localhost is this host', async () => {
    expect(await resolved('localhost', signal(), 3000)).toContain('127.0.0.1');
  });
  it('a name that cannot be one', async () => {
    expect(await resolved('x'.repeat(300), signal(), 5000)).toMatchObject({ kind: 'no-such-host' });
  });
  it('rejects when it is cancelled', async () => {
    const stop = new AbortController();
    stop.abort(new Error('cancelled'));
    await expect(resolved('no-such-host.invalid', stop.signal, 5000)).rejects.toThrow('cancelled');
  });
});

describe.skipIf(noNamespaces)(titled('a name server that is silent', noNamespaces), () => {
  const folder = mkdtempSync(join(tmpdir(), 'resolved-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is not waited for beyond the time, and does not hold up the end of this process', async () => {
    const module = pathToFileURL(join(ROOT, 'src/host/live/resolved.ts')).href;
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
    writeFileSync(
      join(folder, 'ask.mjs'),
      `import dgram from 'node:dgram';
       const { resolved } = await import('${module}');
       const silent = dgram.createSocket('udp4');
       await new Promise((done) => silent.bind(53, '127.0.0.1', done));
       const since = performance.now();
       const told = await resolved('slow.example', new AbortController().signal, 1200);
       process.stdout.write(JSON.stringify({ told, ms: performance.now() - since }), () => process.exit(0));`,
    );
    const line = `ip link set lo up && mount --bind ${folder}/resolv.conf /etc/resolv.conf && exec ${process.execPath} ${folder}/ask.mjs`;
    const { stdout, stderr, ms } = await ran('unshare', ['-n', '-m', 'sh', '-c', line], {
      env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    });
    expect(stderr).toBe('');
    const { told, ms: took } = JSON.parse(stdout);
    expect(told).toMatchObject({ kind: 'no-name-answer', code: 'ETIMEDOUT' });
    expect(took).toBeLessThan(1700);
    expect(ms).toBeLessThan(4000);
    // The end of its standard input is the end of the child, whatever the C library waits for.
    await pause(500);
    const left = readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(`HOME=${folder}\0`),
    );
    expect(left).toEqual([]);
  });
});
