import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReachLook } from '../../../../src/host/child/network/order.ts';
import { networkAccess } from '../../../../src/host/live/network/access.ts';
import { LIMITS, lookHere } from '../../../../src/host/live/network/looks.ts';
import { together } from '../../../../src/host/live/network/together.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { standIn } from '../../../support/network/stand-ins.ts';

const missing = noCertificates();
const quiet = (signal = new AbortController().signal) => ({ signal, progress: () => {} });
const portOf = (server: Server) => (server.address() as AddressInfo).port;

const reach = (host: string, port: string, certificates: readonly string[] | null = null): ReachLook => ({
  what: 'reach',
  host,
  ports: [port],
  authority: certificates && { by: 'webhooks CA', certificates },
});
const seen = async (look: ReachLook) => {
  const [told] = await lookHere([look], LIMITS, quiet());
  if (!told || !('ports' in told)) throw new Error('no answer');
  return { ...told, port: told.ports[0] };
};

describe.skipIf(missing)(`a handshake on loopback (${missing ?? 'openssl'})`, () => {
  let folder: string;
  let certs: Certificates;
  const servers: Server[] = [];
  const serve = async (kind: Parameters<typeof standIn>[0]['kind'], shown?: Certificates['good']) => {
    const server = await standIn({ address: '127.0.0.1', port: 0, kind, ...shown });
    servers.push(server);
    return portOf(server);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'looks-'));
    certs = certificates(folder);
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps the chain, in the shape of an answer, and says who vouches for it', async () => {
    const port = await serve('tls', certs.good);
    const { port: told } = await seen(reach('localhost', `${port}/webhook`, [certs.ca]));
    expect(told).toMatchObject({ failed: null, tls: { trusted: true, by: 'webhooks CA', fault: null } });
    expect(told?.tls?.chain[0]).toEqual({
      subject: 'CN=localhost',
      issuer: 'CN=Test authority',
      validFrom: expect.stringMatching(/^\d{4}-.*Z$/),
      validTo: expect.stringMatching(/^\d{4}-.*Z$/),
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      selfSigned: false,
      names: ['DNS:localhost', 'IP Address:127.0.0.1'],
      keyBits: 256,
    });
    expect(told?.tls?.chain[1]).toMatchObject({ subject: 'CN=Test authority', selfSigned: true });
  });
  it('an address is no name: nothing is resolved, and the certificate must be for it', async () => {
    const [good, other] = [await serve('tls', certs.good), await serve('tls', certs.wrongName)];
    const fits = await seen(reach('127.0.0.1', `${good}/webhook`, [certs.ca]));
    expect(fits).toMatchObject({ addresses: ['127.0.0.1'], dns: null, port: { tls: { trusted: true } } });
    const not = await seen(reach('127.0.0.1', `${other}/webhook`, [certs.ca]));
    expect(not.port?.tls).toMatchObject({ trusted: false, fault: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });
  it('an authority that has nothing to do with it does not vouch for it', async () => {
    const port = await serve('tls', certs.selfSigned);
    const { port: told } = await seen(reach('localhost', `${port}/webhook`, [certs.ca]));
    expect(told?.tls).toMatchObject({ trusted: false, by: null, fault: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const none = await seen(reach('localhost', `${port}/webhook`, []));
    expect(none.port?.tls).toMatchObject({ trusted: false, by: null });
  });
  it('says nothing to the server but the handshake', async () => {
    const heard: number[] = [];
    const server = createServer((socket) => {
      const onward = connect(inner, '127.0.0.1');
      // Records of TLS by their first byte: 22 handshake, 20 change of cipher, 21 alert; 23 would be words.
      socket.on('data', (chunk) => void heard.push(chunk[0] ?? -1));
      for (const end of [socket, onward]) end.on('error', () => {}).on('close', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    const inner = await serve('tls', certs.good);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    servers.push(server);
    const { port } = await seen(reach('localhost', `${portOf(server)}/webhook`, [certs.ca]));
    expect(port).toMatchObject({ failed: null });
    // The first words of ours are the greeting; in TLS 1.3 the end of the handshake looks like any record, and is the only one.
    expect(heard[0]).toBe(22);
    expect(heard.length).toBeLessThanOrEqual(4);
  });
  it('a server that does not end what it says costs no memory and no time', async () => {
    const port = await serve('endless');
    const since = performance.now();
    const { port: told } = await seen(reach('localhost', `${port}/tls`));
    expect(told).toMatchObject({ failed: { step: 'tls', kind: 'tls-failed' }, tls: null });
    expect(performance.now() - since).toBeLessThan(3000);
  });
});

describe('looks that are asked for together', () => {
  const docker = { clients: () => Promise.reject(new Error('there is no Engine')) } as never;
  /** Our own children that have not ended. */
  const children = () =>
    readdirSync('/proc').filter((name) => {
      try {
        return (
          /^\d+$/.test(name) &&
          new RegExp(`^PPid:\\s${process.pid}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'utf8'))
        );
      } catch {
        return false;
      }
    });

  it('go to one child, and each gets its own answer', async () => {
    const { look } = networkAccess(docker);
    const before = new Set(children());
    const many = ['1/tcp', '2/tcp', '3/tcp', '4/tcp'].map((port) =>
      look('host', reach('localhost', port), quiet().signal),
    );
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, children().filter((pid) => !before.has(pid)).length);
    }, 5);
    const told = await Promise.all(many);
    clearInterval(watch);
    expect(most).toBeLessThanOrEqual(1);
    expect(told.map(({ seen: one }) => one && 'ports' in one && one.ports[0]?.port)).toEqual([
      '1/tcp',
      '2/tcp',
      '3/tcp',
      '4/tcp',
    ]);
    expect(await look('coreapp', reach('localhost', '1/tcp'), quiet().signal)).toEqual({
      skipped: 'there is no Engine',
      container: null,
      seen: null,
    });
  });
  it('go on for the others when one gives up, and stop when all did', async () => {
    let sent: AbortSignal | undefined;
    const batch = together<number, number>((orders, { signal }) => {
      sent = signal;
      return new Promise((answer) => setTimeout(() => answer(orders.map((order) => order * 2)), 60));
    });
    const [one, other] = [new AbortController(), new AbortController()];
    const [first, second] = [batch(1, one.signal), batch(2, other.signal)];
    const over = expect(first).rejects.toThrow('given up');
    await vi.waitFor(() => expect(sent).toBeDefined());
    one.abort(new Error('given up'));
    await over;
    expect(sent?.aborted).toBe(false);
    expect(await second).toBe(4);
    const third = batch(3, one.signal);
    await expect(third).rejects.toThrow('given up');
    const last = new AbortController();
    const fourth = batch(4, last.signal);
    const gone = expect(fourth).rejects.toThrow('given up');
    last.abort(new Error('given up'));
    await gone;
    expect(await batch(5, other.signal)).toBe(10);
  });
  it('are over at once when cancelled', async () => {
    const server = await standIn({ address: '127.0.0.1', port: 0, kind: 'silent' });
    const stop = new AbortController();
    const { look } = networkAccess(docker);
    const asked = look('host', reach('localhost', `${portOf(server)}/tls`), stop.signal);
    const over = expect(asked).rejects.toThrow('cancelled');
    await new Promise((done) => setTimeout(done, 300));
    const since = performance.now();
    stop.abort(new Error('cancelled'));
    await over;
    expect(performance.now() - since).toBeLessThan(200);
    server.close();
  });
});
