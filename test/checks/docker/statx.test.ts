import { describe, expect, it } from 'vitest';
import { dockerStatx } from '../../../checks/docker/statx.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { ended, engine, info, notProbed, probed, version } from './answers.ts';

const RUNC_1_3 =
  '500: runc create failed: unable to start container process: error during container init: statx(STATX_MNT_ID_UNIQUE) /proc/self/fd: could not get mount id: operation not permitted';

const of = (over: Answers) =>
  judged(dockerStatx, {
    'docker "engine"': engine(),
    'docker "version"': version(),
    'docker "info"': info(),
    'system "statx"': { errno: 0, reason: null },
    ...over,
  });

describe('docker.statx, tried', () => {
  it('passes when the call is allowed, and asks for nothing more', async () => {
    const result = await judged(dockerStatx, { 'docker "statx"': probed(ended(0)) });
    expect(saying(result)).toBe("pass\nstatx works in a container under the Engine's own seccomp profile");
  });
  it.each([
    ['EPERM', ended(1), 'refused with EPERM'],
    ['ENOSYS', ended(38), 'answered with ENOSYS'],
    ['another errno', ended(95), 'refused with errno 95'],
    ['SIGSYS', ended({ signal: 'SIGSYS' }), 'killed (SIGSYS)'],
    ['SIGKILL', ended({ signal: 'SIGKILL' }), 'killed in its container (SIGKILL)'],
    ['a runtime that needs statx itself', ended({ startError: RUNC_1_3 }), 'cannot even start a container'],
    [
      'a start that only seccomp hinders',
      ended({ startError: '500: cannot start a stopped process' }),
      'did not start',
    ],
  ])('fails for %s', async (_, own, words) => {
    const result = await of({ 'docker "statx"': probed(own, ended(0)) });
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(words);
    expect(result.findings[0]?.remedy).toBe('Update Docker Engine, runc and libseccomp together, and restart Docker.');
  });
  it.each([
    [
      'the kernel',
      { 'system "statx"': { errno: 38, reason: null } },
      ended(38),
      'the kernel lacks it',
      'Update the kernel',
    ],
    [
      'a sandbox around the host',
      { 'system "statx"': { errno: 1, reason: null } },
      ended(1),
      'filters it',
      'itself runs in',
    ],
    ['what the Engine runs in', {}, ended(1), 'works on the host and fails', 'SystemCallFilter'],
    [
      'an unknown layer of another machine',
      { 'docker "engine"': engine({ local: false, from: 'context' }) },
      ended(38),
      'the profile is not the reason',
      "Engine's machine",
    ],
    [
      'a profile of the Engine\u2019s own',
      { 'docker "info"': info({ securityOptions: ['name=seccomp,profile=/etc/docker/strict.json'] }) },
      ended(0),
      '/etc/docker/strict.json',
      'Add "statx"',
    ],
    [
      'an old default profile',
      { 'docker "version"': version({ version: '18.03.1-ce' }) },
      ended(0),
      'Docker 18.03.1-ce does not hold',
      '18.04',
    ],
    [
      'an old libseccomp',
      { 'docker "info"': info({ libseccomp: '2.3.1' }) },
      ended(0),
      'libseccomp 2.3.1 does not know it',
      '2.3.3',
    ],
    [
      'a control that could not run',
      {},
      ended({ startError: '403: not allowed' }),
      'could not be run',
      'Update Docker',
    ],
  ])('names %s as what blocks it', async (_, over, unconfined, words, remedy) => {
    const result = await of({ 'docker "statx"': probed(ended(1), unconfined), ...over });
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(words);
    expect(result.findings[0]?.remedy).toContain(remedy);
  });
  it('says what it left behind, and how to remove it', async () => {
    const left = { ...probed(ended(0)), leftOver: ['container wa-preflight-1-ab (the Engine answered 500)'] };
    const result = await judged(dockerStatx, { 'docker "statx"': left });
    expect(result.outcome).toBe('warn');
    expect(result.findings[1]?.remedy).toBe('Remove it by hand: docker rm -f wa-preflight-1-ab');
  });
});

describe('docker.statx, only inferred', () => {
  const quick = { 'docker "statx"': notProbed('--quick leaves the probe out') };
  it('warns when every version is new enough, and says that it is no proof', async () => {
    const result = await of(quick);
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('Only inferred from versions');
    expect(result.message).toContain('--quick');
  });
  it.each([
    ['the kernel', { 'docker "info"': info({ kernel: '4.10.0-28-generic' }) }, 'kernel 4.10.0-28-generic'],
    ['Docker', { 'docker "version"': version({ version: '18.03.1-ce' }) }, 'Docker 18.03.1-ce'],
    ['libseccomp', { 'docker "info"': info({ libseccomp: '2.3.2' }) }, 'libseccomp 2.3.2'],
  ])('fails when %s is below', async (_, over, words) => {
    const result = await of({ ...quick, ...over });
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(words);
    expect(result.message).toContain('Not tried');
  });
  it('holds at the very floors', async () => {
    const floors = {
      'docker "info"': info({ kernel: '4.11.0', libseccomp: '2.3.3' }),
      'docker "version"': version({ version: '18.04.0-ce' }),
    };
    expect((await of({ ...quick, ...floors })).outcome).toBe('warn');
  });
  it('is unknown when a version is not told', async () => {
    expect((await of({ ...quick, 'docker "info"': info({ kernel: null }) })).outcome).toBe('unknown');
  });
  it('infers where the probe fails for another reason, seccomp or not', async () => {
    const broken = ended({ startError: '500: no space left on device' });
    const result = await of({ 'docker "statx"': probed(broken, broken) });
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('no space left on device');
  });
  it('is unknown when the probe gives no answer at all', async () => {
    expect((await of({ 'docker "statx"': new Error('the Engine hangs') })).outcome).toBe('unknown');
  });
});
