import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listeners, listenersOfFiles } from '../../../src/host/live/listeners.ts';
import { tree } from '../../support/tree.ts';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, state: string, inode: number) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

describe('listeners of made-up files', () => {
  it('takes listening sockets only, and names their owners', async () => {
    const root = tree({
      'proc/net/tcp': `${HEAD}${row('00000000:2382', '0A', 11)}${row('0100007F:0CEA', '0A', 12)}${row('0100007F:0016', '01', 13)}`,
      'proc/net/tcp6': `${HEAD}${row('00000000000000000000000000000000:0050', '0A', 14)}${row('00000000000000000000000001000000:1F90', '0A', 15)}${row('0000000000000000FFFF00000100007F:1F91', '0A', 16)}${row('B80D01200000000067452301EFCDAB89:1F92', '0A', 17)}`,
      'proc/812/fd/3': '-> socket:[11]',
      'proc/812/fd/4': '-> /dev/null',
      'proc/812/comm': 'prometheus\n',
      'proc/99/fd/7': '-> socket:[14]',
    });
    expect(await listenersOfFiles(root)).toEqual({
      listeners: [
        { port: 80, address: '::', pid: 99, program: null },
        { port: 3306, address: '127.0.0.1', pid: null, program: null },
        { port: 8080, address: '::1', pid: null, program: null },
        { port: 8081, address: '::ffff:127.0.0.1', pid: null, program: null },
        { port: 8082, address: '2001:db8::123:4567:89ab:cdef', pid: null, program: null },
        { port: 9090, address: '0.0.0.0', pid: 812, program: 'prometheus' },
      ],
    });
  });

  it('lives without IPv6, with garbage, and says nothing without /proc', async () => {
    const root = tree({ 'proc/net/tcp': `${HEAD}garbage\n\n${row('zz:0', '0A', 1)}${row('00000000:2382', '0A', 11)}` });
    expect((await listenersOfFiles(root))?.listeners.map(({ port }) => port)).toEqual([9090]);
    expect(await listenersOfFiles(tree({}))).toBeNull();
  });
});

const listening = async (host: string): Promise<number> => {
  const server: Server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(0, host, resolve);
  await promise;
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

describe('listeners of this machine', () => {
  it('finds a socket of our own, and us as its owner', async () => {
    const port = await listening('127.0.0.1');
    const found = (await listeners()).listeners.filter((one) => one.port === port);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ address: '127.0.0.1', pid: process.pid });
    expect(found[0]?.program).toBeTruthy();
  });

  it('finds one of another process, and no longer when that has ended', async () => {
    const code = 'require("net").createServer().listen(0,"127.0.0.1",function(){console.log(this.address().port)})';
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const port = await new Promise<number>((resolve) =>
      child.stdout.once('data', (data) => resolve(Number(String(data)))),
    );
    const holders = async () => (await listeners()).listeners.filter((one) => one.port === port);
    expect((await holders())[0]?.pid).toBe(child.pid);
    child.kill('SIGKILL');
    await ended;
    expect(await holders()).toEqual([]);
  });
});
