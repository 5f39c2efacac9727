import { describe, expect, it } from 'vitest';
import { networkHttps } from '../../../checks/network/https.ts';
import { networkTlsInterception } from '../../../checks/network/tls-interception.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, failure, port, reach, refused, session } from './answers.ts';

const HOSTS = ['v.whatsapp.net', 'mmg.whatsapp.net', 'graph.facebook.com', 'docker.whatsapp.biz'] as const;
const DROPPED = failure('tcp', 'no-answer', 'ETIMEDOUT');
const https = (host: string, what: Parameters<typeof port>[1], side: 'host' | 'coreapp' = 'host') =>
  reach(side, host, [port('443/tls', what)]);
const ask = (...over: readonly object[]) => judged(networkHttps, Object.assign({}, answers, ...over));
const inspected = (...over: readonly object[]) => judged(networkTlsInterception, Object.assign({}, answers, ...over));
const KEYS = HOSTS.flatMap((host) =>
  (['host', 'coreapp'] as const).map((side) => `network "reach" "${side}" "${host}" "443/tls"`),
);

describe('network.https', () => {
  it.each([
    ['v.whatsapp.net', 'fail'],
    ['mmg.whatsapp.net', 'fail'],
    ['graph.facebook.com', 'warn'],
    ['docker.whatsapp.biz', 'warn'],
  ])('%s that is not reached is %s, at whatever step', async (host, outcome) => {
    for (const failed of [
      DROPPED,
      failure('dns', 'no-name-answer', 'EAI_AGAIN'),
      failure('tls', 'closed', 'ECONNRESET'),
    ]) {
      const result = await ask(https(host, failed));
      expect(result).toMatchObject({ outcome, measured: { value: 3, display: '3 of 4 reached' } });
      expect(saying(result)).toContain(`${host} (`);
    }
  });
  it('passes with the time that it took', async () => {
    expect(saying(await ask())).toMatch(
      /^pass\nv\.whatsapp\.net \(registration\) is reached by HTTPS from this host in 59\.2 ms$/m,
    );
  });
  it("goes by Coreapp's network for the client, and by that of this host for images", async () => {
    const all = HOSTS.map((host) => https(host, session('public'), 'coreapp'));
    expect((await ask(...all, https('v.whatsapp.net', DROPPED))).outcome).toBe('pass');
    expect((await ask(...all, https('docker.whatsapp.biz', DROPPED))).outcome).toBe('warn');
    expect((await ask(...all, https('docker.whatsapp.biz', DROPPED, 'coreapp'))).outcome).toBe('pass');
    expect((await ask(...all, https('mmg.whatsapp.net', DROPPED, 'coreapp'))).outcome).toBe('fail');
  });
  it('leaves a certificate to the check for it, and says so where the host is needed', async () => {
    const bad = session(null, 'SELF_SIGNED_CERT_IN_CHAIN');
    expect((await ask(https('v.whatsapp.net', bad))).outcome).toBe('warn');
    expect((await ask(https('graph.facebook.com', bad))).outcome).toBe('pass');
  });
  it('a name that is gone while others resolve is an observation', async () => {
    const result = await ask(https('docker.whatsapp.biz', failure('dns', 'no-such-host', 'ENOTFOUND')));
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('while v.whatsapp.net resolves');
  });
  it('cannot tell without an answer', async () => {
    expect((await ask(refused(...KEYS))).outcome).toBe('unknown');
    expect((await ask(refused(KEYS[0] ?? ''))).outcome).toBe('unknown');
  });
});

describe('network.tls-interception', () => {
  it('passes what public authorities issued', async () => {
    const result = await inspected();
    expect(result).toMatchObject({ outcome: 'pass', measured: { value: 0, display: 'all public' } });
    expect(result.findings).toHaveLength(1);
  });
  it.each([
    ['that only this machine trusts', session('system', null, 'CN=Corp CA'), 'warn', 'opens TLS on the way'],
    ['that nobody trusts', session(null, 'SELF_SIGNED_CERT_IN_CHAIN', 'CN=Corp CA'), 'fail', 'CN=Corp CA'],
    ['that has expired', session(null, 'CERT_HAS_EXPIRED'), 'fail', 'it has expired'],
    ['for another name', session(null, 'ERR_TLS_CERT_ALTNAME_INVALID'), 'fail', 'another name'],
    ['with a fault that nobody knows', session(null, 'SOMETHING_ELSE'), 'fail', 'SOMETHING_ELSE'],
  ])('a certificate %s', async (_, shown, outcome, words) => {
    const result = await inspected(https('mmg.whatsapp.net', shown));
    expect(result).toMatchObject({ outcome, measured: { value: 1, display: '1 of 4 are not public' } });
    expect(saying(result)).toContain(words);
  });
  it('tells all hosts of one issuer at once', async () => {
    const { findings } = await inspected(...HOSTS.map((host) => https(host, session('system', null, 'CN=Corp CA'))));
    expect(findings).toMatchObject([{ outcome: 'warn', subject: HOSTS.join(', ') }]);
  });
  it('is skip where no host showed a certificate, and cannot tell without an answer', async () => {
    const result = await inspected(...HOSTS.map((host) => https(host, DROPPED)));
    expect(result).toMatchObject({ outcome: 'skip', findings: [{ subject: 'network.https' }] });
    expect((await inspected(refused(...KEYS))).outcome).toBe('unknown');
  });
});
