import { spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createNetServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ec2 } from '../../../../src/host/live/ec2/ask.ts';
import { onEc2 } from '../../../../src/host/live/ec2/on-ec2.ts';
import { ran } from '../../../support/command.ts';
import { tree } from '../../../support/tree.ts';

// The metadata service is a stand-in on loopback, named by AWS's own variable: its real address is never spoken to.

const DMI = 'sys/class/dmi/id';
const NITRO = { [`${DMI}/sys_vendor`]: 'Amazon EC2\n', [`${DMI}/product_name`]: 'c5.large\n' };
const OTHER = { [`${DMI}/sys_vendor`]: 'QEMU\n', [`${DMI}/bios_version`]: '1.16\n' };

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

type Seen = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] };

/** A service that answers as it is told, what it was asked, and where it is. */
const service = async (act: (request: IncomingMessage, response: ServerResponse) => void) => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    act(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { seen, environment: { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}` } };
};

const LINES: Record<string, string> = {
  'instance-type': 'c5.xlarge',
  'placement/region': 'ap-southeast-1',
  'ami-id': 'ami-07dc7fbc73bffbeb5',
  'block-device-mapping/': 'ami\nephemeral0\nroot',
  'block-device-mapping/ami': '/dev/xvda',
  'block-device-mapping/ephemeral0': 'sdb',
  'block-device-mapping/root': '/dev/xvda',
};

/** IMDSv2 as AWS documents it: nothing without a token that a PUT gave. */
const asAws =
  (lines: Record<string, string> = LINES) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const url = request.url ?? '';
    if (request.method === 'PUT' && url === '/latest/api/token') {
      if (!request.headers['x-aws-ec2-metadata-token-ttl-seconds']) response.writeHead(400).end();
      else response.end('TOKEN==');
    } else if (request.headers['x-aws-ec2-metadata-token'] !== 'TOKEN==') response.writeHead(401).end();
    else {
      const line = lines[url.replace('/latest/meta-data/', '')];
      if (line === undefined) response.writeHead(404).end();
      else response.end(line);
    }
  };

const signal = () => new AbortController().signal;
const NOTHING = { instanceType: null, region: null, imageId: null, devices: [] };

describe('EC2 by its firmware', () => {
  it.each([
    ['Nitro', { ...NITRO }, true],
    ['the maker of the board alone', { [`${DMI}/board_vendor`]: 'Amazon EC2' }, true],
    ['Xen by the hypervisor', { 'sys/hypervisor/uuid': 'ec2e1916-9099-7caf-fd21-012345abcdef' }, true],
    ['Xen by its version', { [`${DMI}/sys_vendor`]: 'Xen', [`${DMI}/bios_version`]: '4.11.amazon' }, true],
    [
      'a uuid with its bytes swapped',
      { [`${DMI}/bios_version`]: '4.2.amazon', [`${DMI}/product_uuid`]: '45E12AEC-DCD1-B213-94ED-01234567890A' },
      true,
    ],
    ['a uuid by chance', { ...OTHER, [`${DMI}/product_uuid`]: 'EC2E1916-9099-7CAF-FD21-012345ABCDEF' }, false],
    ['another maker that names Amazon', { [`${DMI}/sys_vendor`]: 'Not Amazon EC2' }, false],
    ['Xen of another cloud', { [`${DMI}/sys_vendor`]: 'Xen', [`${DMI}/bios_version`]: '4.11.1' }, false],
    ['QEMU', OTHER, false],
    ['no firmware at all', { empty: '' }, false],
  ])('%s', (_, files, expected) => {
    expect(onEc2(tree(files))).toBe(expected);
  });
});

describe('the instance metadata service', () => {
  it('is asked by IMDSv2 for a few lines, and for nothing of the account', async () => {
    const { seen, environment } = await service(asAws());
    expect(await ec2(signal(), environment, tree(NITRO))).toEqual({
      wrong: null,
      instanceType: 'c5.xlarge',
      region: 'ap-southeast-1',
      imageId: 'ami-07dc7fbc73bffbeb5',
      devices: ['ami /dev/xvda', 'ephemeral0 sdb', 'root /dev/xvda'],
    });
    expect(seen[0]).toMatchObject({ method: 'PUT', url: '/latest/api/token' });
    expect(Number(seen[0]?.headers['x-aws-ec2-metadata-token-ttl-seconds'])).toBeLessThanOrEqual(60);
    for (const { method, url, headers } of seen.slice(1)) {
      expect([method, headers['x-aws-ec2-metadata-token']]).toEqual(['GET', 'TOKEN==']);
      expect(url).toMatch(/^\/latest\/meta-data\/(instance-type|placement\/region|ami-id|block-device-mapping\/\w*)$/);
    }
    expect(seen).toHaveLength(8);
  });

  it('is never connected to where the firmware does not say EC2', async () => {
    const { seen, environment } = await service(asAws());
    expect(await ec2(signal(), environment, tree(OTHER))).toBeNull();
    expect(seen).toEqual([]);
  });

  it.each([
    ['AWS_EC2_METADATA_DISABLED', 'true', 'AWS_EC2_METADATA_DISABLED says that it is not to be asked'],
    ['AWS_EC2_METADATA_DISABLED', 'TRUE', 'AWS_EC2_METADATA_DISABLED'],
    ['WA_PREFLIGHT_OFFLINE', '1', '--offline was given'],
  ])('is not connected to with %s=%s', async (name, value, words) => {
    const { seen, environment } = await service(asAws());
    const answer = await ec2(signal(), { ...environment, [name]: value }, tree(NITRO));
    expect(answer).toMatchObject(NOTHING);
    expect(answer?.wrong).toContain(words);
    expect(seen).toEqual([]);
  });

  it.each(['ftp://127.0.0.1/', 'http://user:secret@127.0.0.1:1/', 'nonsense', '//127.0.0.1'])(
    'has no address such as %s, which is not repeated',
    async (endpoint) => {
      const answer = await ec2(signal(), { AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint }, tree(NITRO));
      expect(answer?.wrong).toContain('AWS_EC2_METADATA_SERVICE_ENDPOINT is no address');
      expect(answer?.wrong).not.toContain('secret');
    },
  );

  it('gives no answer by the first version of the protocol', async () => {
    const { seen, environment } = await service((request, response) => {
      if (request.method === 'PUT') response.writeHead(405).end();
      else response.end('c5.large');
    });
    expect(await ec2(signal(), environment, tree(NITRO))).toMatchObject({
      ...NOTHING,
      wrong: expect.stringContaining('405'),
    });
    expect(seen).toHaveLength(1);
  });

  it('says that it is turned off', async () => {
    const { environment } = await service((_, response) => void response.writeHead(403).end());
    expect((await ec2(signal(), environment, tree(NITRO)))?.wrong).toContain('turned off for this instance (403)');
  });

  it('may lack a line, or say what is none', async () => {
    const { environment } = await service(
      asAws({
        'instance-type': '<h1>captive portal</h1>',
        'ami-id': 'ami-1',
        'block-device-mapping/': '../x\nroot',
        'block-device-mapping/root': '$(id)',
      }),
    );
    expect(await ec2(signal(), environment, tree(NITRO))).toEqual({ ...NOTHING, wrong: null, imageId: 'ami-1' });
  });

  it.each([
    [
      'a token that never ends',
      (_: IncomingMessage, response: ServerResponse) => void response.end('x'.repeat(1 << 20)),
      'more than 4 KiB',
    ],
    [
      'a token with more than a token',
      (_: IncomingMessage, response: ServerResponse) => void response.end('a\r\nb: c'),
      'when asked for a token',
    ],
    [
      'a redirect',
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
      '302',
    ],
    ['a closed connection', (request: IncomingMessage) => void request.socket.destroy(), 'socket hang up'],
  ])('is given up after %s', async (_, act, words) => {
    const { environment, seen } = await service(act);
    expect((await ec2(signal(), environment, tree(NITRO)))?.wrong).toContain(words);
    expect(seen).toHaveLength(1);
  });

  it('is waited for no longer than two seconds', async () => {
    const { environment } = await service(() => {});
    const since = performance.now();
    const answer = await ec2(signal(), environment, tree(NITRO));
    expect(performance.now() - since).toBeLessThan(2500);
    expect(answer?.wrong).toContain('no answer within 2 s');
  });

  it('is waited for no longer when it answers slowly, line by line', async () => {
    const sockets = new Set<Socket>();
    const server = createNetServer((socket) => {
      sockets.add(socket);
      const drip = setInterval(() => socket.write('H'), 100);
      socket.on('close', () => clearInterval(drip)).on('error', () => {});
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    stops.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const since = performance.now();
    const answer = await ec2(signal(), { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}` }, tree(NITRO));
    expect(performance.now() - since).toBeLessThan(2500);
    expect(answer).toMatchObject(NOTHING);
    expect(answer?.wrong).not.toBeNull();
  });

  it('is not there', async () => {
    const { environment } = await service(() => {});
    for (const stop of stops.splice(0)) stop();
    expect((await ec2(signal(), environment, tree(NITRO)))?.wrong).toContain('ECONNREFUSED');
  });

  it('is left when nobody wants to know any more', async () => {
    const { environment } = await service(() => {});
    const stop = new AbortController();
    const asks = ec2(stop.signal, environment, tree(NITRO));
    setTimeout(() => stop.abort(new Error('cancelled')), 100);
    await expect(asks).rejects.toThrow('cancelled');
  });
});

const noStrace = spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0 ? null : 'no strace (apt: strace)';
const MAIN = new URL('../../../../src/cli/entry.ts', import.meta.url).pathname;

it.skipIf(noStrace)(`the command opens no connection for it here (${noStrace ?? 'by strace'})`, async () => {
  const call = [process.execPath, MAIN, 'check', '--only', 'aws.instance', '--no-tui', '--json'];
  const { stdout, stderr } = await ran('strace', [
    '-f',
    '-qq',
    '-e',
    'trace=connect,sendto',
    '-e',
    'signal=none',
    ...call,
  ]);
  expect(JSON.parse(stdout).checks[0]).toMatchObject({ id: 'aws.instance' });
  expect(stderr.match(/.*AF_INET.*/g) ?? []).toEqual([]);
  expect(stderr).not.toContain('169.254');
});
