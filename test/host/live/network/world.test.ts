import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { network } from '../../../../src/host/answers/network.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { noWorld, startWorld, type World } from '../../../support/world.ts';

const missing = noWorld() ?? noCertificates();

/** A whole question stays below this, ms, whatever the network does. */
const MOST = 8500;

const SERVER = '127.0.0.53';
const [OPEN, DROPPED, AWAY] = ['192.0.2.10', '192.0.2.66', '203.0.113.1'];
const NAMES = {
  'open.test': [OPEN],
  'both.test': [DROPPED, OPEN],
  'dropped.test': [DROPPED],
  'away.test': [AWAY],
  'six.test': ['2001:db8::1', OPEN],
  'empty.test': [],
  'failing.test': 2,
  'silent.test': 'silence',
} as const;

describe.skipIf(missing)(`a network of its own (${missing ?? 'network namespaces'})`, () => {
  let folder: string;
  let world: World;
  let certs: Certificates;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'world-certificates-'));
    certs = certificates(folder);
    world = await startWorld({
      resolv: `nameserver ${SERVER}\n`,
      addresses: [OPEN, DROPPED],
      dropped: [DROPPED],
      trusted: certs.ca,
    });
    await world.nameServer(SERVER, NAMES);
    const shown = (one: Certificates['good']) => ({ certificate: one.certificate, key: one.key });
    await world.standIns(
      { address: OPEN, port: 5222, kind: 'silent' },
      { address: OPEN, port: 443, kind: 'silent' },
      { address: '127.0.0.1', port: 1001, kind: 'tls', ...shown(certs.good) },
      { address: '127.0.0.1', port: 1002, kind: 'tls', ...shown(certs.wrongName) },
      { address: '127.0.0.1', port: 1003, kind: 'tls', ...shown(certs.expired) },
      { address: '127.0.0.1', port: 1004, kind: 'tls', ...shown(certs.selfSigned) },
      { address: '127.0.0.1', port: 1005, kind: 'garbage' },
      { address: '127.0.0.1', port: 1006, kind: 'http' },
      { address: '127.0.0.1', port: 1007, kind: 'silent' },
      { address: '127.0.0.1', port: 1008, kind: 'hangs-up' },
      { address: '127.0.0.1', port: 1009, kind: 'endless' },
      { address: '127.0.0.1', port: 1010, kind: 'tls-1.1', ...shown(certs.good) },
    );
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  const reach = async (host: string, ...ports: readonly string[]) => {
    const { answer, error, ms } = await world.ask('reach', 'host', host, ...ports);
    expect(error).toBeUndefined();
    expect(ms).toBeLessThan(MOST);
    return network.reach.parse(answer);
  };
  const port = async (host: string, one: string) => {
    const { ports } = await reach(host, one);
    const [seen] = ports;
    if (!seen) throw new Error('no port');
    return { ...seen, passed: seen.steps.map(({ step }) => step) };
  };

  it('a name resolves, and ports take connections of which nothing is said', async () => {
    const seen = await reach('open.test', '5222/tcp', '443/tcp');
    expect(seen).toMatchObject({ skipped: null, container: null, addresses: [OPEN], dns: expect.any(Number) });
    expect(seen.ports).toMatchObject([
      { port: '5222/tcp', address: OPEN, steps: [{ step: 'dns' }, { step: 'tcp' }], failed: null, tls: null },
      { port: '443/tcp', address: OPEN, steps: [{ step: 'dns' }, { step: 'tcp' }], failed: null, tls: null },
    ]);
  });
  it.each([
    ['is refused', 'open.test', '81/tcp', ['dns'], 'tcp', 'refused', 'ECONNREFUSED'],
    ['is dropped', 'dropped.test', '443/tcp', ['dns'], 'tcp', 'no-answer', 'ETIMEDOUT'],
    ['has no route', 'away.test', '443/tcp', ['dns'], 'tcp', 'unreachable', 'ENETUNREACH'],
    ['is of a name that there is not', 'nobody.test', '443/tcp', [], 'dns', 'no-such-host', 'ENOTFOUND'],
    ['is of a name without an address', 'empty.test', '443/tcp', [], 'dns', 'no-such-host', 'ENOTFOUND'],
    ['is of a name that cannot be looked up', 'failing.test', '443/tcp', [], 'dns', 'no-name-answer', 'EAI_AGAIN'],
    ['is of a name that nobody answers for', 'silent.test', '443/tcp', [], 'dns', 'no-name-answer', 'ETIMEOUT'],
  ])('what %s is told so', async (_, host, one, passed, step, kind, code) => {
    expect(await port(host, one)).toMatchObject({ passed, address: null, failed: { step, kind, code }, tls: null });
  });
  it('an address that is silent does not hide the next one', async () => {
    expect(await port('both.test', '443/tcp')).toMatchObject({ address: OPEN, failed: null });
    expect(await port('six.test', '443/tcp')).toMatchObject({ address: OPEN, failed: null });
  });

  it('a certificate that the system vouches for, and the world does not', async () => {
    const { tls, passed } = await port('localhost', '1001/tls');
    expect(passed).toEqual(['dns', 'tcp', 'tls']);
    expect(tls).toMatchObject({ trusted: true, by: 'system', fault: null, protocol: 'TLSv1.3' });
    expect(tls?.chain.map(({ subject }) => subject)).toEqual(['CN=localhost', 'CN=Test authority']);
  });
  it.each([
    ['for another name', '1002/tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CN=db.invalid'],
    ['that has expired', '1003/tls', 'CERT_HAS_EXPIRED', 'CN=localhost'],
    ['that is self-signed', '1004/tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'CN=localhost'],
  ])('a certificate %s is shown and not trusted', async (_, one, fault, subject) => {
    const seen = await port('localhost', one);
    expect(seen).toMatchObject({ failed: null, tls: { trusted: false, by: null, fault } });
    expect(seen.tls?.chain[0]?.subject).toBe(subject);
  });
  it('the authority of webhooks stands in place of the system', async () => {
    const { tls } = await port('localhost', '1001/webhook');
    expect(tls).toMatchObject({ trusted: false, by: null, fault: expect.stringMatching(/^(UNABLE_TO|SELF_SIGNED)/) });
  });
  it.each([
    ['garbage', '1005/tls', 'tls-failed'],
    ['plain HTTP', '1006/tls', 'tls-failed'],
    ['nothing', '1007/tls', 'no-answer'],
    ['an end', '1008/tls', 'closed'],
    ['without end', '1009/tls', 'tls-failed'],
    ['TLS of long ago', '1010/tls', 'tls-failed'],
  ])('what says %s in place of a handshake is told so', async (_, one, kind) => {
    const seen = await port('localhost', one);
    expect(seen).toMatchObject({ passed: ['dns', 'tcp'], failed: { step: 'tls', kind }, tls: null });
  });

  const dns = async (host: string) => {
    const { answer, error, ms } = await world.ask('dns', 'host', host);
    expect(error).toBeUndefined();
    expect(ms).toBeLessThan(MOST);
    return network.dns.parse(answer);
  };
  it('a name is resolved ten times, with the servers that are asked', async () => {
    const seen = await dns('open.test');
    expect(seen).toMatchObject({ skipped: null, servers: [SERVER], failures: [], addresses: [OPEN] });
    expect(seen.times).toHaveLength(10);
    expect(Math.max(...seen.times)).toBeLessThan(1000);
  });
  it('a name that there is not is told ten times, one that nobody answers for as often as there is time', async () => {
    const nobody = await dns('nobody.test');
    expect(nobody).toMatchObject({ times: [], addresses: [] });
    expect(nobody.failures).toHaveLength(10);
    expect(nobody.failures[0]).toMatchObject({ step: 'dns', kind: 'no-such-host' });
    const silent = await dns('silent.test');
    expect(silent).toMatchObject({ times: [], failures: [{ step: 'dns', kind: 'no-name-answer' }] });
  });
  it("Coreapp's network is not looked at where no Engine answers", async () => {
    const { answer } = await world.ask('reach', 'coreapp', 'open.test', '443/tcp');
    const { skipped, ...rest } = network.reach.parse(answer);
    expect(skipped).toMatch(/^the Docker Engine at .* gave no answer/);
    expect(rest).toEqual({ container: null, addresses: [], dns: null, ports: [] });
    expect(network.dns.parse((await world.ask('dns', 'coreapp', 'open.test')).answer)).toMatchObject({ times: [] });
  });
  it.each([
    ['reach', 'nowhere', 'open.test', '443/tcp'],
    ['reach', 'host', 'open.test', '443/udp'],
    ['reach', 'host', 'open.test'],
    ['hold', 'open.test', '443', '0'],
    ['weather'],
  ])('%s %s %s %s is no question', async (topic, ...args) => {
    expect((await world.ask(topic, ...args)).error).toMatch(/no side|no port|nobody can hold|not a question/);
  });
});
