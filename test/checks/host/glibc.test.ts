import { describe, expect, it } from 'vitest';
import { hostGlibc } from '../../../checks/host/glibc.ts';
import { type Answers, judged } from '../../support/judged.ts';
import { identity, osRelease } from './answers.ts';

const GETCONF = 'exec "getconf" "GNU_LIBC_VERSION"';
const LDD = 'exec "ldd" "--version"';
const printed = (stdout: string, stderr = '', exitCode = 0) => ({ exitCode, stdout, stderr });
const host = (answers: Answers) =>
  judged(hostGlibc, { 'system "identity"': identity, ...osRelease('ubuntu', '18.04'), ...answers });

describe('host.glibc', () => {
  it.each([
    ['2.28', 'pass'],
    ['2.28.1', 'pass'],
    ['2.29', 'pass'],
    ['2.31', 'pass'],
    ['2.36', 'pass'],
    ['2.41', 'pass'],
    ['2.100', 'pass'],
    ['3.0', 'pass'],
    ['2.27', 'fail'],
    ['2.27.9000', 'fail'],
    ['2.26', 'fail'],
    ['2.23', 'fail'],
    ['2.19', 'fail'],
    ['2.17', 'fail'],
    ['2.12', 'fail'],
    ['2.5', 'fail'],
    ['2.3.4', 'fail'],
    ['1.99', 'fail'],
  ])('judges getconf "glibc %s": %s', async (version, outcome) => {
    const result = await host({ [GETCONF]: printed(`glibc ${version}`) });
    expect(result.outcome).toBe(outcome);
    expect(result.measured?.display).toBe(`glibc ${version}`);
    if (outcome === 'fail') expect(result.findings[0]?.remedy).toContain('Ubuntu 24.04 LTS');
  });

  it.each([
    ['ldd (Ubuntu GLIBC 2.23-0ubuntu11.3) 2.23', '2.23', 'fail'],
    ['ldd (Ubuntu EGLIBC 2.19-0ubuntu6.15) 2.19', '2.19', 'fail'],
    ['ldd (Ubuntu GLIBC 2.27-3ubuntu1.6) 2.27', '2.27', 'fail'],
    ['ldd (Ubuntu GLIBC 2.35-0ubuntu3.8) 2.35', '2.35', 'pass'],
    ['ldd (Debian EGLIBC 2.13-38+deb7u12) 2.13', '2.13', 'fail'],
    ['ldd (Debian GLIBC 2.24-11+deb9u4) 2.24', '2.24', 'fail'],
    ['ldd (Debian GLIBC 2.28-10+deb10u3) 2.28', '2.28', 'pass'],
    ['ldd (Debian GLIBC 2.36-9+deb12u10) 2.36', '2.36', 'pass'],
    ['ldd (GNU libc) 2.12', '2.12', 'fail'],
    ['ldd (GNU libc) 2.17', '2.17', 'fail'],
    ['ldd (GNU libc) 2.26', '2.26', 'fail'],
    ['ldd (GNU libc) 2.28', '2.28', 'pass'],
    ['ldd (GNU libc) 2.34', '2.34', 'pass'],
    ['ldd (GNU libc) 2.39.9000', '2.39.9000', 'pass'],
    ['ldd (GNU C Library) 2.31', '2.31', 'pass'],
    ['ldd (Gentoo 2.37-r3 (patchset 10)) 2.37', '2.37', 'pass'],
    ['ldd (GNU libc) stable release version 2.22', '2.22', 'fail'],
  ])('reads %s where getconf is silent', async (line, version, outcome) => {
    const text = `${line}\nCopyright (C) 2020 Free Software Foundation, Inc.\nWritten by Roland McGrath and Ulrich Drepper.`;
    for (const getconf of [null, printed('', 'getconf: GNU_LIBC_VERSION: unknown variable', 1), printed('undefined')]) {
      const result = await host({ [GETCONF]: getconf, [LDD]: printed(text) });
      expect(result.outcome).toBe(outcome);
      expect(result.measured?.value).toBe(version);
    }
  });

  it.each([
    ['musl libc (x86_64)\nVersion 1.2.4\nDynamic Program Loader\nUsage: /lib/ld-musl-x86_64.so.1 [options]', '1.2.4'],
    ['musl libc (x86_64)\nVersion 1.1.24\nDynamic Program Loader', '1.1.24'],
    ['musl libc\nVersion 1.1.16\nDynamic Program Loader', '1.1.16'],
  ])('recognises musl, which speaks on stderr and exits 1', async (stderr, version) => {
    const result = await host({ [GETCONF]: printed('', 'unknown variable', 1), [LDD]: printed('', stderr, 1) });
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('not glibc');
    expect(result.message).toContain(version);
    expect(result.findings[0]?.remedy).toBe('Use a distribution with glibc, such as Debian 13 or Ubuntu 24.04 LTS.');
  });

  it('warns of another C library', async () => {
    const result = await host({ [GETCONF]: null, [LDD]: printed('ldd (uClibc-ng) 1.0.42') });
    expect(result.outcome).toBe('warn');
  });

  it.each<[string, Answers]>([
    ['neither is there', { [GETCONF]: null, [LDD]: null }],
    ['ldd is something else', { [GETCONF]: null, [LDD]: printed('busybox: applet not found', '', 127) }],
    ['both are empty', { [GETCONF]: printed(''), [LDD]: printed('') }],
    ['getconf cannot be run', { [GETCONF]: new Error('getconf could not be run: EACCES') }],
  ])('cannot tell when %s', async (_, answers) => {
    expect((await host(answers)).outcome).toBe('unknown');
  });

  it('advises something also where the distribution has a strange name', async () => {
    const result = await host({ [GETCONF]: printed('glibc 2.17'), ...osRelease('constructor', '1') });
    expect(result.findings[0]?.remedy).toContain('a supported distribution');
  });

  it('looks for no glibc on another system', async () => {
    const result = await judged(hostGlibc, { 'system "identity"': { ...identity, platform: 'darwin' } });
    expect(result.outcome).toBe('unknown');
  });
});
