import { describe, expect, it } from 'vitest';
import { hostLibseccomp } from '../../../checks/host/libseccomp.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { engine, info } from '../docker/answers.ts';

const LIBRARY = '/usr/lib/x86_64-linux-gnu/libseccomp.so.2';
const LIBRARIES = [
  LIBRARY,
  '/lib/x86_64-linux-gnu/libseccomp.so.2',
  '/usr/lib64/libseccomp.so.2',
  '/usr/lib/aarch64-linux-gnu/libseccomp.so.2',
  '/usr/lib/libseccomp.so.2',
];
const printed = (stdout: string, exitCode = 0) => ({ exitCode, stdout, stderr: '' });

// An old Engine without features, and a host where nothing tells libseccomp: each test adds one source.
const NOTHING: Answers = {
  'docker "engine"': engine(),
  'docker "info"': info({ libseccomp: null }),
  'exec "runc" "--version"': null,
  'exec "docker-runc" "--version"': null,
  ...Object.fromEntries(LIBRARIES.map((path) => [`exec "readlink" "-f" "${path}"`, printed(path)])),
  'exec "dpkg-query" "-s" "libseccomp2"': null,
  'exec "rpm" "-q" "libseccomp"': null,
  'exec "apk" "list" "-I" "libseccomp"': null,
};
const of = (over: Answers) => judged(hostLibseccomp, { ...NOTHING, ...over });

const RUNC = 'runc version 1.1.5+ds1\ncommit: 1.1.5+ds1-1+deb12u1\nspec: 1.0.2-dev\ngo: go1.19.8\nlibseccomp: 2.5.4';

describe('host.libseccomp', () => {
  it("takes the Engine's own runtime features first", async () => {
    const result = await of({
      'docker "info"': info({ libseccomp: '2.6.1' }),
      'exec "runc" "--version"': printed(RUNC),
    });
    expect(saying(result)).toContain("pass\nlibseccomp 2.6.1 (the features of the Engine's runtime)");
  });
  it('then what runc prints, old names included', async () => {
    expect(saying(await of({ 'exec "runc" "--version"': printed(RUNC) }))).toContain(
      'libseccomp 2.5.4 (runc --version);',
    );
    expect((await of({ 'exec "docker-runc" "--version"': printed(RUNC) })).outcome).toBe('pass');
  });
  it('then the library, then the package, and says that runc may have its own', async () => {
    const library = await of({
      [`exec "readlink" "-f" "${LIBRARY}"`]: printed('/usr/lib/x86_64-linux-gnu/libseccomp.so.2.5.4'),
    });
    expect(library.message).toContain(`the library ${LIBRARY}; a runtime that was built with its own may use another`);
    const dpkg = 'Package: libseccomp2\nStatus: install ok installed\nVersion: 2.3.3-4\n';
    expect((await of({ 'exec "dpkg-query" "-s" "libseccomp2"': printed(dpkg) })).outcome).toBe('pass');
    expect((await of({ 'exec "rpm" "-q" "libseccomp"': printed('libseccomp-2.3.1-4.el7.x86_64') })).outcome).toBe(
      'fail',
    );
    expect(
      (await of({ 'exec "apk" "list" "-I" "libseccomp"': printed('libseccomp-2.5.5-r1 x86_64 {libseccomp}') })).outcome,
    ).toBe('pass');
  });
  it('does not count a package that was removed', async () => {
    const removed = 'Package: libseccomp2\nStatus: deinstall ok config-files\nVersion: 2.5.4-1\n';
    expect((await of({ 'exec "dpkg-query" "-s" "libseccomp2"': printed(removed) })).outcome).toBe('warn');
  });
  it.each([
    ['2.3.2', 'fail'],
    ['2.3.3', 'pass'],
    ['2.3.4', 'pass'],
    ['2.10.0', 'pass'],
    ['1.9.9', 'fail'],
    ['unknown', 'unknown'],
  ])('%s: %s', async (version, outcome) => {
    expect((await of({ 'docker "info"': info({ libseccomp: version }) })).outcome).toBe(outcome);
  });
  it('quotes the table for a later one, and not for the one it names', async () => {
    expect((await of({ 'docker "info"': info({ libseccomp: '2.5.4' }) })).message).toContain('names 2.3.3 only');
    expect((await of({ 'docker "info"': info({ libseccomp: '2.3.3' }) })).message).not.toContain('names 2.3.3 only');
  });
  it('warns when no source is there', async () => {
    expect((await of({})).outcome).toBe('warn');
  });
  it('believes nothing of this machine for an Engine elsewhere', async () => {
    const remote = {
      'docker "engine"': engine({ local: false, from: 'DOCKER_HOST' }),
      'exec "runc" "--version"': printed(RUNC),
    };
    expect((await of(remote)).outcome).toBe('warn');
  });
  it('does not take runc for a default runtime of another name', async () => {
    const other = {
      'docker "info"': info({ libseccomp: null, defaultRuntime: 'crun' }),
      'exec "runc" "--version"': printed(RUNC),
    };
    expect((await of(other)).outcome).toBe('warn');
  });
  it('looks on this machine where the Engine cannot be asked', async () => {
    const absent = {
      'docker "engine"': engine({ state: 'denied', product: null }),
      'exec "runc" "--version"': printed(RUNC),
    };
    expect((await of(absent)).outcome).toBe('pass');
  });
  it('is unknown when the Engine breaks off', async () => {
    expect((await of({ 'docker "info"': new Error('it hangs') })).outcome).toBe('unknown');
  });
});
