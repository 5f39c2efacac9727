import { describe, expect, it } from 'vitest';
import { networkChat } from '../../../checks/network/chat.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, failure, port, reach, refused } from './answers.ts';

const HOST = 'g.whatsapp.net';
const DROPPED = failure('tcp', 'no-answer', 'ETIMEDOUT');
const UNKNOWN = failure('dns', 'no-such-host', 'ENOTFOUND');
const chat = (side: 'host' | 'coreapp', first: typeof DROPPED | null, second: typeof DROPPED | null) =>
  reach(side, HOST, [port('5222/tcp', first), port('443/tcp', second)]);
const ask = (...over: readonly object[]) => judged(networkChat, Object.assign({}, answers, ...over));
const KEYS = (['host', 'coreapp'] as const).map((side) => `network "reach" "${side}" "${HOST}" "5222/tcp" "443/tcp"`);

describe('network.chat', () => {
  it.each([
    ['both', null, null, 'pass', '5222 and 443'],
    ['443 alone', DROPPED, null, 'warn', 'falls back to 443'],
    ['5222 alone', null, DROPPED, 'fail', 'without which 5222 is not supported'],
    ['neither', DROPPED, DROPPED, 'fail', 'on neither port'],
  ] as const)('judges %s', async (_, first, second, outcome, words) => {
    const result = await ask(chat('host', first, second));
    expect(result.outcome).toBe(outcome);
    expect(saying(result)).toContain(words);
  });
  it.each([
    [null, DROPPED, 'fail', 'from the network of wacore'],
    [DROPPED, null, 'pass', 'from this host no port is open'],
  ] as const)(
    "goes by Coreapp's network where that was seen: host %j, Coreapp %j",
    async (host, coreapp, outcome, words) => {
      const result = await ask(chat('host', host, host), chat('coreapp', coreapp, coreapp));
      expect(result.outcome).toBe(outcome);
      expect(saying(result)).toContain(words);
    },
  );
  it('goes by what one side saw where the other was not asked, and cannot tell where none did', async () => {
    expect((await ask(refused(KEYS[1] ?? ''))).outcome).toBe('pass');
    expect((await ask(refused(KEYS[0] ?? ''), chat('coreapp', null, null))).outcome).toBe('pass');
    expect((await ask(refused(KEYS[0] ?? ''), chat('coreapp', null, DROPPED))).outcome).toBe('fail');
    expect((await ask(refused(...KEYS))).outcome).toBe('unknown');
    expect((await ask(refused(KEYS[0] ?? ''))).outcome).toBe('unknown');
  });
  it('says from where it could not be tried', async () => {
    const skipped = reach('coreapp', HOST, [port('5222/tcp', null), port('443/tcp', null)], {
      ...{ skipped: 'entering takes root', addresses: [], dns: null, ports: [] },
    });
    const result = await ask(skipped);
    expect(result.outcome).toBe('pass');
    expect(result.message).toContain('from this host (not tried from the network of wacore: entering takes root)');
  });

  const gone = [chat('host', UNKNOWN, UNKNOWN)];
  const now = (day: string) => ({ 'system "now"': { epochMs: Date.parse(day) } });
  it.each([
    ['on the last day', '2025-10-23T23:59:59.999Z', 'fail'],
    ['after it', '2025-10-24T00:00:00Z', 'warn'],
  ])('a name that is gone is an observation after the end of the product: %s', async (_, day, outcome) => {
    const result = await ask(...gone, now(day));
    expect(result.outcome).toBe(outcome);
  });
  it('and a fault where no other name resolves either, or the name servers only said nothing', async () => {
    const others = ['v.whatsapp.net', 'mmg.whatsapp.net', 'graph.facebook.com'];
    const hidden = others.map((name) => reach('host', name, [port('443/tls', UNKNOWN)]));
    expect((await ask(...gone, ...hidden)).outcome).toBe('fail');
    expect((await ask(...gone, ...hidden.slice(0, 2))).message).toContain('while graph.facebook.com resolves');
    const silent = failure('dns', 'no-name-answer', 'EAI_AGAIN');
    expect((await ask(chat('host', silent, silent))).outcome).toBe('fail');
  });
  it('and no observation where one side still knows it', async () => {
    expect((await ask(...gone, chat('coreapp', null, null))).outcome).toBe('pass');
    expect((await ask(chat('coreapp', UNKNOWN, UNKNOWN))).outcome).toBe('fail');
  });
  it('tells both reasons where they differ', async () => {
    const { message } = await ask(chat('host', DROPPED, failure('tcp', 'refused', 'ECONNREFUSED')));
    expect(message).toContain(
      '5222: TCP failed: it is no-answer (ETIMEDOUT); 443: TCP failed: it is refused (ECONNREFUSED)',
    );
  });
});
