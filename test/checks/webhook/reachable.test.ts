import { describe, expect, it } from 'vitest';
import { webhookReachable } from '../../../checks/webhook/reachable.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { failure, installedAnswers, port, reach, refused, session } from '../network/answers.ts';

const HOST = 'hooks.example.com';
const SIDES = ['host', 'coreapp'] as const;
const KEYS = SIDES.map((side) => `network "reach" "${side}" "${HOST}" "443/webhook"`);
const POST = 'network "webhook-post"';
const ask = (...over: readonly object[]) => judged(webhookReachable, Object.assign({}, installedAnswers, ...over));
const seen = (side: 'host' | 'coreapp', what: Parameters<typeof port>[1]) =>
  reach(side, HOST, [port('443/webhook', what)]);
const posted = (change: { [key: string]: Json }) => ({
  [POST]: { skipped: null, container: 'wacore', status: 200, ms: 10, failed: null, ...change },
});
const url = (address: Json) => ({
  'api "settings-application"': {
    ...(installedAnswers['api "settings-application"'] as { [key: string]: Json }),
    body: { settings: { application: { webhooks: { url: address } } } },
  },
});

describe('webhook.reachable', () => {
  it('passes with a connection and a handshake, and an answer where one was asked for', async () => {
    const result = await ask();
    expect(result.outcome).toBe('pass');
    expect(result.findings).toHaveLength(2);
    expect((await ask(posted({ skipped: 'nobody asked for it', status: null, ms: null }))).findings).toHaveLength(1);
  });
  it.each([
    ['dns', failure('dns', 'no-such-host', 'ENOTFOUND'), 'Correct the host'],
    ['tcp', failure('tcp', 'refused', 'ECONNREFUSED'), 'Start what listens'],
    ['tls', failure('tls', 'tls-failed', 'EPROTO'), 'TLS 1.2'],
  ])('fails at %s, once, with a remedy of its own', async (step, failed, remedy) => {
    const result = await ask(...SIDES.map((side) => seen(side, failed)), posted({ status: null, ms: null, failed }));
    expect(result).toMatchObject({ outcome: 'fail', measured: { value: step } });
    expect(result.findings).toHaveLength(1);
    expect(result.findings[0]?.remedy).toContain(remedy);
  });
  it("goes by Coreapp's network where that was seen, else by this host", async () => {
    const down = failure('tcp', 'refused', 'ECONNREFUSED');
    expect((await ask(seen('host', down))).outcome).toBe('pass');
    expect((await ask(seen('coreapp', down))).outcome).toBe('fail');
    expect((await ask(seen('coreapp', session('public')), refused(KEYS[0] ?? ''))).outcome).toBe('pass');
    expect((await ask(refused(KEYS[1] ?? ''))).outcome).toBe('pass');
    expect((await ask(refused(...KEYS))).outcome).toBe('unknown');
  });
  it.each([
    [200, 3000, 'pass', 'with 200 in 3 s'],
    [200, 3000.1, 'warn', 'at most 3 s needed'],
    [204, 10, 'fail', 'with 204; 200 needed'],
    [302, 10, 'fail', 'no redirect is followed'],
    [500, 10, 'fail', 'with 500; 200 needed'],
  ])('a notification that is answered with %i after %i ms', async (status, ms, outcome, words) => {
    const result = await ask(posted({ status, ms }));
    expect(result).toMatchObject({ outcome, measured: { value: status } });
    expect(saying(result)).toContain(words);
  });
  it.each([
    ['http', 'no-answer', 'answer each POST'],
    ['http', 'not-http', 'answer each POST'],
    ['tls', 'untrusted', 'See webhook.certificate'],
  ] as const)('a notification that failed at %s: %s', async (step, kind, remedy) => {
    const result = await ask(posted({ status: null, ms: null, failed: failure(step, kind) }));
    expect(result.outcome).toBe('fail');
    expect(result.findings[1]?.remedy).toContain(remedy);
  });
  it('a notification of which nothing is known hides nothing', async () => {
    const { outcome, findings } = await ask(refused(POST));
    expect(outcome).toBe('unknown');
    expect(findings.map((one) => one.outcome)).toEqual(['pass', 'unknown']);
  });
  it('keeps host and port of the address, and nothing of what follows', async () => {
    const far = reach('coreapp', 'hook.internal', [port('8443/webhook', session('public'))]);
    const result = await ask(url('https://user:canary@hook.internal:8443/canary?token=canary#canary'), far);
    expect(result.message).toContain('hook.internal:8443');
    expect(JSON.stringify(result)).not.toContain('canary');
    const six = reach('coreapp', '2001:db8::1', [port('443/webhook', session('public'))]);
    expect((await ask(url('https://[2001:db8::1]/'), six)).message).toContain('[2001:db8::1]:443');
    const plain = reach('coreapp', 'hook', [port('80/tcp', null)]);
    expect((await ask(url('http://hook/'), plain)).outcome).toBe('pass');
  });
  it.each(['', 'no address', 'ftp://hook.internal/', 7, null])(
    'is skip with %j in place of an address',
    async (address) => {
      expect((await ask(url(address))).outcome).toBe('skip');
    },
  );
  it('cannot tell without the settings', async () => {
    expect((await ask(refused('api "settings-application"'))).outcome).toBe('unknown');
  });
});
