import { describe, expect, it } from 'vitest';
import { addressesOf, candidatesOf, resolvingOf } from '../../../../src/host/child/network/name-files.ts';

describe('a resolv.conf', () => {
  it.each([
    ['', { servers: ['127.0.0.1'], search: [], ndots: 1 }],
    ['nameserver 127.0.0.11\noptions ndots:0\n', { servers: ['127.0.0.11'], search: [], ndots: 0 }],
    [
      '# made by an Engine\nsearch a.example b.example\nnameserver 192.0.2.1\nnameserver 2001:db8::1\r\n',
      { servers: ['192.0.2.1', '2001:db8::1'], search: ['a.example', 'b.example'], ndots: 1 },
    ],
    ['search a.example\ndomain b.example', { servers: ['127.0.0.1'], search: ['b.example'], ndots: 1 }],
    ['domain b.example c.example\nsearch .', { servers: ['127.0.0.1'], search: ['.'], ndots: 1 }],
    [
      ';nameserver 192.0.2.9\nnameserver no-address\noptions timeout:1 ndots:99 rotate',
      { servers: ['127.0.0.1'], search: [], ndots: 15 },
    ],
    [
      [1, 2, 3, 4].map((last) => `nameserver 192.0.2.${last}`).join('\n'),
      { servers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'], search: [], ndots: 1 },
    ],
  ])('%j', (text, resolving) => {
    expect(resolvingOf(text)).toEqual(resolving);
  });
});

describe('the names that are asked for', () => {
  const search = ['a.example', 'b.example.'];
  it.each([
    ['db', 1, ['db.a.example', 'db.b.example', 'db']],
    ['db', 0, ['db', 'db.a.example', 'db.b.example']],
    ['db.wa', 1, ['db.wa', 'db.wa.a.example', 'db.wa.b.example']],
    ['db.wa', 2, ['db.wa.a.example', 'db.wa.b.example', 'db.wa']],
    ['db.wa.', 5, ['db.wa']],
  ])('%s with ndots %i', (host, ndots, names) => {
    expect(candidatesOf(host, { servers: [], search, ndots })).toEqual(names);
  });
  it('is the name itself below the root domain', () => {
    expect(candidatesOf('db', { servers: [], search: ['.'], ndots: 1 })).toEqual(['db']);
  });
});

describe('a hosts file', () => {
  const hosts = [
    '127.0.0.1\tlocalhost',
    '::1 localhost ip6-localhost # loopback',
    '#192.0.2.3 db',
    '192.0.2.4 db.example DB # db2',
    '192.0.2.5 db',
    '192.0.2.4 db',
    'nonsense db',
    '',
  ].join('\r\n');
  it.each([
    ['localhost', ['127.0.0.1', '::1']],
    ['db', ['192.0.2.4', '192.0.2.5']],
    ['Db.Example', ['192.0.2.4']],
    ['db.example.', ['192.0.2.4']],
    ['db2', []],
    ['192.0.2.4', []],
  ])('knows %s', (host, addresses) => {
    expect(addressesOf(host, hosts)).toEqual(addresses);
  });
});
