import { endianness } from 'node:os';
import { expect, test } from 'vitest';
import { routeWords, routeWordsIpv6 } from '../../../../src/host/live/sources/route-words.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
const hexOf = (...bytes: readonly number[]) =>
  Buffer.from(endianness() === 'LE' ? bytes.toReversed() : bytes)
    .toString('hex')
    .toUpperCase();

test('routes of the kernel are told in addresses that a redactor knows, other columns as they are', () => {
  const line = [
    'eth0',
    hexOf(10, 213, 77, 0),
    hexOf(10, 213, 77, 1),
    '0003',
    '0',
    '0',
    '20260101',
    hexOf(255, 255, 255, 0),
  ];
  expect(routeWords(`${HEAD}   \n${line.join('\t')}\t0\t0\t0      \n`)).toBe(
    `${HEAD}\neth0\t10.213.77.0\t10.213.77.1\t0003\t0\t0\t20260101\t255.255.255.0\t0\t0\t0\n`,
  );
});

test('routes of IPv6 likewise', () => {
  const zero = '0'.repeat(32);
  expect(routeWordsIpv6(`20010db800fa00170000000000000031 80 ${zero} 00 ${zero} 00000100 00000001 eth0\n`)).toMatch(
    /^2001:0db8:00fa:0017:0000:0000:0000:0031 80 0000:.* 00000100 00000001 eth0\n$/,
  );
});
