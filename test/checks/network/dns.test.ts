import { describe, expect, it } from 'vitest';
import { networkDns } from '../../../checks/network/dns.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, failure, refused, timed } from './answers.ts';

const HOST = 'g.whatsapp.net';
const AGAIN = failure('dns', 'no-name-answer', 'EAI_AGAIN');
const UNKNOWN = failure('dns', 'no-such-host', 'ENOTFOUND');
const ask = (...over: readonly object[]) => judged(networkDns, Object.assign({}, answers, ...over));
const ten = (first: number, later: number) => [first, ...Array<number>(9).fill(later)];
const KEYS = (['host', 'coreapp'] as const).map((side) => `network "dns" "${side}" "${HOST}"`);

describe('network.dns', () => {
  it.each([
    ['at once', ten(1, 1), 'pass'],
    ['at the limit', ten(1000, 100), 'pass'],
    ['above it', ten(1, 100.1), 'warn'],
    ['with a first that is above its own', ten(1000.1, 1), 'warn'],
    ['with one that is slow', [...ten(1, 1).slice(1), 101], 'warn'],
    ['once, as there was no more time', [5003], 'warn'],
  ])('a name that resolves %s', async (_, times, outcome) => {
    const result = await ask(timed('host', HOST, times));
    expect(result.outcome).toBe(outcome);
    expect(result.measured).toMatchObject({ value: Math.max(3.1, ...times), unit: 'ms', stat: 'max' });
  });
  it.each([
    [9, 1, 'warn', 'resolved 9 of 10 times'],
    [1, 9, 'warn', 'resolved 1 of 10 times'],
    [0, 10, 'fail', 'does not resolve'],
  ])('%i of ten that resolved, and %i that did not', async (good, bad, outcome, words) => {
    const result = await ask(timed('host', HOST, Array(good).fill(1), Array(bad).fill(AGAIN)));
    expect(result.outcome).toBe(outcome);
    expect(saying(result)).toContain(words);
  });
  it("goes by Coreapp's name servers where they were asked, and tells of those of this host", async () => {
    const result = await ask(timed('coreapp', HOST, [], [AGAIN]));
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('from the network of wacore by 192.0.2.53');
    expect(result.message).toContain('from this host 10 of 10 times');
    expect((await ask(timed('coreapp', HOST, ten(1, 1)), timed('host', HOST, [], [AGAIN]))).outcome).toBe('pass');
  });
  it('a name that is gone while others resolve is an observation, after the end of the product', async () => {
    const gone = timed('host', HOST, [], Array(10).fill(UNKNOWN));
    expect((await ask(gone)).message).toContain('while v.whatsapp.net resolves');
    expect((await ask(gone)).outcome).toBe('warn');
    expect((await ask(gone, { 'system "now"': { epochMs: Date.parse('2025-10-23T12:00:00Z') } })).outcome).toBe('fail');
    const others = ['v.whatsapp.net', 'mmg.whatsapp.net'].map((host) => timed('host', host, [], [UNKNOWN]));
    expect((await ask(gone, ...others)).outcome).toBe('fail');
    expect((await ask(timed('host', HOST, [], [UNKNOWN, AGAIN]))).outcome).toBe('fail');
  });
  it('cannot tell without an answer', async () => {
    expect((await ask(refused(KEYS[1] ?? ''))).outcome).toBe('pass');
    expect((await ask(refused(KEYS[0] ?? ''))).outcome).toBe('unknown');
  });
});
