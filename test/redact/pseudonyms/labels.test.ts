import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, test } from 'vitest';
import { literalsOf } from '../../../src/redact/literals.ts';
import { labelsOf } from '../../../src/redact/pseudonyms/labels.ts';
import { namer } from '../../../src/redact/pseudonyms/namer.ts';
import { credentialRule, EMAIL, HOST, IP, MAC, PHONE } from '../../../src/redact/structure/names.ts';

const key = new Uint8Array(32).fill(3);
const labels = labelsOf(key, false);
const MANY = 10_000;
const several = (make: (n: number) => string) => [...new Set(Array.from({ length: MANY }, (_, n) => make(n)))];
const spread = (n: number) => Math.imul(n + 1, 0x9e3779b1) >>> 0;
const dotted = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.');
const kindOf = (address: string) =>
  /^10\./.test(address)
    ? '10'
    : /^172\.(1[6-9]|2\d|3[01])\./.test(address)
      ? '172'
      : /^192\.168\./.test(address)
        ? '192'
        : 'public';

describe('labels', () => {
  test.each([
    ['credentials', credentialRule('password'), (n: number) => `p${n}`],
    ['phones', PHONE, (n: number) => `66${800000000 + n}`],
    ['e-mail', EMAIL, (n: number) => `a${n}@b.com`],
    ['hosts', HOST, (n: number) => `h-${n}.a${n % 50}.acme.org`],
    [
      'MACs',
      MAC,
      (n: number) =>
        `02:42:${spread(n)
          .toString(16)
          .padStart(8, '0')
          .replace(/..(?=.)/g, '$&:')}`,
    ],
    ['public addresses', IP, (n: number) => dotted((spread(n) % 0x5e000000) + 0x0b000000)],
    ['private addresses', IP, (n: number) => `10.${n >>> 8}.${n & 255}.7`],
    ['IPv6', IP, (n: number) => `2a03:2880:${(n >>> 4).toString(16)}::${(n + 1).toString(16)}`],
  ] as const)('10,000 %s get as many labels', (_, rule, make) => {
    const values = several(make);
    expect(new Set(values.map((value) => labels(rule, value))).size).toBe(values.length);
  });

  test('say the kind alone, and are the same for the same value and key', () => {
    expect(labels(credentialRule('password'), 'x')).toMatch(/^\[password-[a-z2-7]{8}\]$/);
    expect(labels(credentialRule('password'), 'x'.repeat(500))).toHaveLength(
      labels(credentialRule('password'), 'x').length,
    );
    expect(labelsOf(key, false)(PHONE, '+66 81-234-5678')).toBe(labels(PHONE, '0066812345678'));
    expect(labelsOf(new Uint8Array(32), false)(PHONE, '66812345678')).not.toBe(labels(PHONE, '66812345678'));
  });

  test('addresses stay in their kind and keep their subnets', () => {
    for (const address of several((n) => dotted(spread(n))).filter(
      (one) => !/^(?:0|127|22[4-9]|2[3-5]\d)\./.test(one),
    )) {
      const moved = labels(IP, address);
      expect(isIPv4(moved)).toBe(true);
      expect(kindOf(moved)).toBe(kindOf(address));
    }
    for (const [one, other] of [
      ['10.1.2.3', '10.1.2.200'],
      ['192.168.7.1', '192.168.7.9'],
      ['88.1.2.3', '88.1.2.4'],
      ['172.20.1.1', '172.20.1.2'],
    ] as const) {
      const subnet = (address: string) => labels(IP, address).split('.').slice(0, 3).join('.');
      expect(subnet(one)).toBe(subnet(other));
      expect(labels(IP, one)).not.toBe(labels(IP, other));
    }
    expect(isIPv6(labels(IP, 'fe80::42:acff:fe11:2'))).toBe(true);
    expect(labels(IP, 'fe80::42:acff:fe11:2')).toMatch(/^fe80::/);
    expect(labels(IP, '::ffff:10.1.2.3')).toBe(`::ffff:${labels(IP, '10.1.2.3')}`);
    for (const plain of ['127.0.0.1', '0.0.0.0', '255.255.255.0', '224.0.0.1', '::1', '169.254.169.254'])
      expect(labels(IP, plain)).toBe(plain);
  });

  test('a MAC is locally administered and no group', () => {
    expect(Number.parseInt(labels(MAC, '00:50:62:0f:ef:d7').slice(0, 2), 16) & 3).toBe(2);
    expect(labels(MAC, 'FA-16-D2-2E-84-A8')).toMatch(/^[0-9A-F]{2}(-[0-9A-F]{2}){5}$/);
  });

  test('hosts of a domain share it, a short name is the first label of the full one', () => {
    const [one, other] = [labels(HOST, 'a-1.dc2.acme.org'), labels(HOST, 'b-1.DC2.acme.org')];
    expect(one).toMatch(/^host-[a-z2-7]{8}\.domain-[a-z2-7]{8}\.example$/);
    expect(one.split('.')[1]).toBe(other.split('.')[1]);
    expect(labels(HOST, 'A-1')).toBe(one.split('.')[0]);
    // Where the short name was taken out of the full one before, it stays what it is.
    expect(labels(HOST, `${labels(HOST, 'a-1')}.dc2.acme.org`)).toBe(one);
  });

  test('with the network kept only the network is kept, and a map hears each pair', () => {
    const heard: string[] = [];
    const kept = labelsOf(key, true, (label, value) => heard.push(`${label} ${value}`));
    expect(kept(IP, '10.1.2.3')).toBe('10.1.2.3');
    const label = kept(PHONE, '66812345678');
    expect(heard).toEqual([`${label} 66812345678`]);
    expect(kept(PHONE, label)).toBe(label);
  });

  test('names of files stay names', () => {
    const name = namer(labels, literalsOf([{ rule: HOST, value: 'fra-prod-7' }]));
    expect(name('app/webapp/fra-prod-7-waweb-1/web.log')).toMatch(/^app\/webapp\/host-[a-z2-7]{8}-waweb-1\/web\.log$/);
    expect(name('misc/chat-5591891018588.txt')).toMatch(/^misc\/chat-phone-[a-z2-7]{8}\.txt$/);
    expect(name('app/coreapp/wacore-1/container.log')).toBe('app/coreapp/wacore-1/container.log');
    expect(name('log/core-20240228141156.log.3.gz')).toBe('log/core-20240228141156.log.3.gz');
  });
});
