import { describe, expect, it } from 'vitest';
import { faultWords, isOfAuthority, issuerOf } from '../../../src/facts/network/fault-words.ts';
import { isOver } from '../../../src/facts/network/gone.ts';
import { isUnknownName, openingRemedy } from '../../../src/facts/network/reach-words.ts';
import { hostName, httpsHost } from '../../../src/facts/network/requirement.ts';
import { targetOf } from '../../../src/facts/network/webhook.ts';
import { failure, port, session } from '../../checks/network/answers.ts';

describe('the end of the product', () => {
  it.each([
    ['2025-10-23T23:59:59.999Z', false],
    ['2025-10-24T00:00:00.000Z', true],
  ])('at %s', (time, over) => expect(isOver('2025-10-23', Date.parse(time))).toBe(over));
  it('is never over by a day that is none', () => expect(isOver('someday', Date.now())).toBe(false));
});

describe('a name that is there for nobody', () => {
  it.each([
    [failure('dns', 'no-such-host', 'ENOTFOUND'), true],
    [failure('dns', 'no-such-host', 'ENODATA'), true],
    [failure('dns', 'no-such-host', 'EINVAL'), false],
    [failure('dns', 'no-name-answer', 'EAI_AGAIN'), false],
    [failure('tcp', 'refused', 'ECONNREFUSED'), false],
    [null, false],
  ])('%j: %s', (failed, unknown) => expect(isUnknownName({ ports: [port('443/tcp', failed)] })).toBe(unknown));
  it('is told of at least one port', () => expect(isUnknownName({ ports: [] })).toBe(false));
});

describe('the words of a certificate', () => {
  it('are our own for what is known, and the code for what is not', () => {
    expect(faultWords('CERT_HAS_EXPIRED')).toBe('it has expired');
    expect(faultWords('BRAND_NEW')).toBe('BRAND_NEW');
  });
  it('tell whose fault it is', () => {
    expect(isOfAuthority('SELF_SIGNED_CERT_IN_CHAIN')).toBe(true);
    expect(isOfAuthority('CERT_HAS_EXPIRED')).toBe(false);
    expect(isOfAuthority(null)).toBe(false);
    expect(issuerOf(session('public', null, 'CN=Root'))).toBe('CN=Root');
    expect(issuerOf({ chain: [] })).toBe('nobody who is named');
  });
});

it('the remedy fits the step and the side', () => {
  const dns = failure('dns', 'no-name-answer');
  expect(openingRemedy(dns, 'host', 'h', '443')).toContain('of this host');
  expect(openingRemedy(dns, 'coreapp', 'h', '443')).toContain('daemon.json');
  expect(openingRemedy(failure('tcp', 'refused'), 'coreapp', 'h', '443')).toContain("forwarding for Docker's networks");
  expect(openingRemedy(failure('tls', 'closed'), 'host', 'h', '443')).toContain('as they are');
});

it('a spec names hosts and ports that can be some', () => {
  expect(httpsHost.parse({ host: 'localhost', needed: true, for: 'x' })).toMatchObject({ port: 443, by: 'client' });
  expect(httpsHost.safeParse({ host: 'localhost', port: 70_000, needed: true, for: 'x' }).success).toBe(false);
  for (const host of ['', 'a b', 'a/b', '-x"', 'x'.repeat(254)])
    expect(hostName.safeParse(host).success, host).toBe(false);
  for (const host of ['localhost', '127.0.0.1', '::1', 'g.whatsapp.net'])
    expect(hostName.safeParse(host).success).toBe(true);
});

it('an address of IPv6 stands in brackets before its port', () => {
  expect(targetOf({ host: '2001:db8::1', port: 443, https: true })).toBe('[2001:db8::1]:443');
  expect(targetOf({ host: 'hook', port: 8443, https: true })).toBe('hook:8443');
});
