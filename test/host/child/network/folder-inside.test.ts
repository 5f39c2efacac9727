import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderInside } from '../../../../src/host/child/network/foreign-root.ts';
import { tree } from '../../../support/tree.ts';

const names = (root: string, path: string) => folderInside(root, path, (folder) => readdirSync(folder).sort());

describe('a folder below a foreign root', () => {
  it('is read by its handle', () => {
    expect(names(tree({ 'a/b/one': '', 'a/b/two': '' }), '/a/b')).toEqual(['one', 'two']);
  });
  it('may be led to by links of that root, which never lead out of it', () => {
    const root = tree({
      'data/logs/here': '',
      'usr/logs': '-> /data/logs',
      'usr/out': '-> ../../../../../../data/logs',
    });
    expect(names(root, '/usr/logs')).toEqual(['here']);
    expect(names(root, '/usr/out')).toEqual(['here']);
    expect(names(tree({ 'usr/logs': '-> /etc' }), '/usr/logs')).toBeNull();
  });
  it('is null where there is none, and refused where it is none', () => {
    const root = tree({ 'usr/file': '', 'usr/circle': '-> circle' });
    expect(names(root, '/usr/logs')).toBeNull();
    expect(() => names(root, '/usr/file/logs')).toThrow('not a regular file');
    expect(() => names(root, '/usr/file')).toThrow('not a folder');
    expect(() => names(root, '/usr/circle')).toThrow('circles');
    execFileSync('mkfifo', [join(root, 'usr/fifo')]);
    expect(() => names(root, '/usr/fifo')).toThrow('not a folder');
  });
});
