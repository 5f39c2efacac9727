import { describe, expect, it } from 'vitest';
import { nameFault } from '../../src/archive/names.ts';
import { bundleName, memberPath, pathBook, volumeName } from '../../src/bundle/names.ts';
import { planVolumes } from '../../src/bundle/volumes.ts';

describe('the name of a bundle', () => {
  it.each([
    ['core-1', '3382-1177', 'wa-bundle_20261120T070211Z_core-1_3382-1177'],
    ['core-1', null, 'wa-bundle_20261120T070211Z_core-1'],
    ['../../etc', null, 'wa-bundle_20261120T070211Z_etc'],
    ['', null, 'wa-bundle_20261120T070211Z_host'],
    ['a b\u001b[2J', null, 'wa-bundle_20261120T070211Z_a-b-2J'],
  ])('of %j and case %j is %s', (host, caseId, name) => {
    expect(bundleName(Date.UTC(2026, 10, 20, 7, 2, 11, 450), host, caseId)).toBe(name);
  });
  it('counts further files from 2', () => {
    expect([volumeName('a', 1), volumeName('a', 2)]).toEqual(['a', 'a_volume-2']);
  });
});

describe('a path in a bundle', () => {
  it.each([
    ['../../../tmp/x', 'tmp/x'],
    ['/etc/shadow', 'etc/shadow'],
    ['C:\\win.log', 'C__win.log'],
    ['a/\u001b]52;c;x\u0007.log', 'a/_]52;c;x_.log'],
    ['a/new\nline.log', 'a/new_line.log'],
    ['a/con.log', 'a/_con.log'],
    ['a/trail. ', 'a/trail_'],
    ['', '_'],
    ['<img src=x onerror=alert(1)>.log', '_img src=x onerror=alert(1)_.log'],
    ['rtl\u202egol.exe', 'rtl_gol.exe'],
  ])('%j becomes %j', (path, safe) => {
    expect(memberPath(path)).toBe(safe);
  });
  it('is never refused by our own reader, whatever it was', () => {
    const odd = ['a'.repeat(5000), `${'d/'.repeat(300)}f`, '\ud800', 'ก'.repeat(400), '...', 'a//b', '-rf', '\u0000'];
    for (const path of odd) expect(nameFault(memberPath(path))).toBeNull();
  });
  it('is given once, also where systems tell no case apart, and never to a file and a folder', () => {
    const pathFor = pathBook();
    const given = ['a/x.log', 'A/X.LOG', 'a', 'a/x.log/y', 'a/x.tar.gz', 'a/x.tar.gz'].map(pathFor);
    expect(new Set(given.map((path) => path.toLowerCase())).size).toBe(6);
    expect(given.slice(4)).toEqual(['a/x.tar.gz', 'a/x~2.tar.gz']);
  });
});

describe('volumes', () => {
  const file = (packed: number, priority = 4) => ({ packed, priority });
  const plan = (files: readonly ReturnType<typeof file>[], single = false) =>
    planVolumes(files, { capacity: 10_000, single });
  it('are filled by priority, each file into the first that has room', () => {
    expect(plan([file(8000), file(8000, 1), file(300), file(100_000), file(0, 0)])).toEqual([3, 2, 1, null, 1]);
  });
  it('have room up to the last byte', () => {
    expect(plan([file(8400)])).toEqual([1]);
    expect(plan([file(8401)])).toEqual([null]);
  });
  it('are one alone for standard output', () => {
    expect(plan([file(8000), file(8000)], true)).toEqual([1, null]);
  });
});
