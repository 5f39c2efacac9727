import { describe, expect, it } from 'vitest';
import { networkProxy } from '../../../checks/network/proxy.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, failure, port, reach, refused } from './answers.ts';

const CHAT = 'g.whatsapp.net';
const OTHER = 'v.whatsapp.net';
const DROPPED = failure('tcp', 'no-answer', 'ETIMEDOUT');
const ask = (...over: readonly object[]) => judged(networkProxy, Object.assign({}, answers, ...over));
const set = (...settings: readonly (readonly [string, string])[]) => ({
  'network "proxies"': {
    settings: settings.map(([where, name]) => ({ where, name, value: 'http://proxy.internal:3128' })),
  },
});
const chat = (what: typeof DROPPED | null, side: 'host' | 'coreapp' = 'host') =>
  reach(side, CHAT, [port('5222/tcp', what), port('443/tcp', what)]);
const other = (what: typeof DROPPED | null) => reach('host', OTHER, [port('443/tls', what)]);
const OURS = ['this process', 'HTTPS_PROXY'] as const;

describe('network.proxy', () => {
  it('passes where none is set, whatever is reached', async () => {
    expect((await ask()).outcome).toBe('pass');
    expect((await ask(chat(DROPPED), other(DROPPED))).outcome).toBe('pass');
    expect((await ask(set(['this process', 'NO_PROXY'], ['this process', 'no_proxy']))).message).toContain(
      'No HTTP proxy',
    );
  });
  it.each([
    ['this process', 'pass'],
    ['the Docker Engine', 'pass'],
    ["Docker's client configuration (default)", 'warn'],
    ['container wacore', 'warn'],
  ])('one of %s is %s where connections get out without it', async (where, outcome) => {
    const result = await ask(set([where, 'HTTP_PROXY']));
    expect(result.outcome).toBe(outcome);
    expect(saying(result)).toContain(`HTTP_PROXY=http://proxy.internal:3128 (${where})`);
  });
  it('fails where nothing gets out without it', async () => {
    const result = await ask(set(OURS), chat(DROPPED), other(DROPPED));
    expect(result).toMatchObject({ outcome: 'fail', measured: { value: 1, display: 'a proxy is set' } });
    expect(result.message).toContain('goes through no HTTP proxy');
  });
  it.each([
    ['a chat server that is reached', chat(null), other(DROPPED)],
    ['another host that is', chat(DROPPED), other(null)],
    [
      'a host that only refuses TLS',
      chat(DROPPED),
      reach('host', OTHER, [{ ...port('443/tls', failure('tls', 'closed')), steps: [{ step: 'tcp', ms: 1 }] }]),
    ],
  ])('does not fail for %s', async (_, one, two) => {
    expect((await ask(set(OURS), one, two)).outcome).toBe('pass');
  });
  it("goes by Coreapp's network where that was seen", async () => {
    expect((await ask(set(OURS), chat(DROPPED, 'coreapp'))).outcome).toBe('fail');
    expect((await ask(set(OURS), chat(DROPPED), other(DROPPED), chat(null, 'coreapp'))).outcome).toBe('pass');
  });
  it('cannot tell without an answer', async () => {
    expect((await ask(refused('network "proxies"'))).outcome).toBe('unknown');
    const keys = (['host', 'coreapp'] as const).map(
      (side) => `network "reach" "${side}" "${CHAT}" "5222/tcp" "443/tcp"`,
    );
    expect((await ask(refused(...keys))).outcome).toBe('unknown');
  });
});
