import { describe, expect, it } from 'vitest';
import { addressPosition, networkPosition, sameAddress } from '../../../src/facts/database/network.ts';

describe('where an address lies', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['[::1]', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['localhost', 'loopback'],
    ['10.0.0.1', 'private'],
    ['10.255.255.255', 'private'],
    ['9.255.255.255', 'public'],
    ['11.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['192.169.1.1', 'public'],
    ['100.63.0.1', 'public'],
    ['100.64.0.1', 'private'],
    ['100.127.0.1', 'private'],
    ['100.128.0.1', 'public'],
    ['169.254.1.1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['fd00::1', 'private'],
    ['fe80::1%eth0', 'private'],
    ['::FFFF:0A00:0001', 'private'],
    ['0:0:0:0:0:ffff:192.168.1.1', 'private'],
    ['::ffff:cb00:7107', 'public'],
    ['::ffff:7f00:1', 'loopback'],
    ['0::0', 'loopback'],
    ['fcff:1::1', 'private'],
    ['[fd12:3456:789a::1]', 'private'],
    ['fec0::1', 'private'],
    ['febf::1', 'private'],
    ['fe7f::1', 'public'],
    ['fd::1', 'public'],
    ['fe8::1', 'public'],
    ['ff02::1', 'public'],
    ['64:ff9b::a00:1', 'public'],
    ['LOCALHOST.', 'loopback'],
    ['db.internal.', 'unknown'],
    ['2001:db8::1', 'public'],
    ['::2', 'public'],
    ['203.0.113.7', 'public'],
    ['db-1', 'unknown'],
    ['127.0.0.1.example.com', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (address, position) => {
    expect(addressPosition(address)).toBe(position);
  });

  it('is that of the farthest address that may be meant', () => {
    const target = { socket: null, address: null, addresses: [], host: 'db' };
    expect(networkPosition({ ...target, socket: '/run/x.sock' })).toBe('socket');
    expect(networkPosition(target)).toBe('unknown');
    expect(networkPosition({ ...target, host: '10.0.0.1' })).toBe('private');
    expect(networkPosition({ ...target, addresses: ['10.0.0.1', '203.0.113.7'] })).toBe('public');
    expect(networkPosition({ ...target, addresses: ['10.0.0.1', '203.0.113.7'], address: '10.0.0.1' })).toBe('private');
  });

  it('does not depend on its spelling', () => {
    expect(sameAddress('FE80::1%eth0', 'fe80::1')).toBe(true);
    expect(sameAddress('::ffff:10.0.0.1', '10.0.0.1')).toBe(true);
    expect(sameAddress('[::1]', '::1')).toBe(true);
    expect(sameAddress('0:0::1', '::1')).toBe(true);
    expect(sameAddress('FD00:0:0:0::00A1', 'fd00::a1')).toBe(true);
    expect(sameAddress('::ffff:0a00:1', '10.0.0.1')).toBe(true);
    expect(sameAddress('fd00::1', 'fd00::2')).toBe(false);
    expect(sameAddress('10.0.0.1', '10.0.0.11')).toBe(false);
  });
});
