import { describe, expect, it } from 'vitest';
import { tarHeaders } from '../../src/archive/tar-header.ts';
import { paxRecords, tarHead } from '../../src/archive/tar-read-header.ts';

describe('a tar header', () => {
  it.each([[0], [1], [8 ** 11 - 1], [8 ** 11], [2 ** 40 + 1]])('of %d bytes is read back, in 512 bytes', (size) => {
    const header = tarHeaders('top/a', size);
    expect(header).toHaveLength(512);
    expect(tarHead(header)).toEqual({ name: 'top/a', size, type: '0' });
  });

  it('has the same length whatever the size is', () => {
    for (const name of ['a', `${'x/'.repeat(100)}y`, 'é', 'z'.repeat(200)])
      expect(tarHeaders(name, 2 ** 40)).toHaveLength(tarHeaders(name, 0).length);
  });

  it.each([[95], [96], [97], [98], [990], [991], [992]])(
    'a name of %d bytes has a pax record that counts itself',
    (length) => {
      const name = 'é'.repeat(length / 2);
      const headers = tarHeaders(name, 5);
      const { size, type } = tarHead(headers.subarray(0, 512));
      expect(type).toBe('x');
      expect(paxRecords(headers.subarray(512, 512 + size))).toEqual(new Map([['path', name]]));
    },
  );
});
