import { describe, expect, it } from 'vitest';
import { hostKernel } from '../../../checks/host/kernel.ts';
import { type Answers, judged } from '../../support/judged.ts';
import { identity, osRelease } from './answers.ts';

const kernel = (release: string, more: Answers = {}, platform = 'linux') =>
  judged(hostKernel, {
    'system "identity"': { ...identity, release, platform },
    'system "statx"': { errno: 38, reason: null },
    ...osRelease('debian', '9'),
    ...more,
  });

const ENOUGH = `
  4.11 4.11.0 4.11.0-rc1 4.11.12-100.fc24.x86_64 4.12.14-122.37-default 4.12.14-lp150.12.82-default
  4.13.0-1019-gcp 4.14.0 4.14.117-perf+ 4.14.355-275.572.amzn2.x86_64 4.15.0-213-generic 4.15.18-30-pve
  4.18.0-553.el8.x86_64 4.18.0-553.22.1.el8_10.x86_64 4.19.0-27-amd64 4.19.0-0.bpo.19-amd64 4.19.84-microsoft-standard
  4.20.0-042000rc1-generic 5.0.0 5.3.18-150300.59.174-default 5.4.0-196-generic 5.4.17-2136.335.4.el8uek.x86_64
  5.10.0-0.deb10.16-amd64 5.10.0-32-cloud-amd64 5.10.226-214.880.amzn2.x86_64 5.10.104-linuxkit
  5.14.0-427.13.1.el9_4.x86_64 5.14.21-150500.55.68-default 5.15.0-1053-azure 5.15.153.1-microsoft-standard-WSL2
  5.15.0-1070-aws 5.15.158-2-pve 5.15.131-talos 6.1.0-28-amd64 6.1.115-126.197.amzn2023.x86_64 6.1.0-rpi7-rpi-v8
  6.4.0-150600.23.25-default 6.5.0-1018-oem 6.6.51-0-lts 6.6.51-0-virt 6.6.36.3-WSL2-custom 6.8.0-49-generic
  6.8.12-4-pve 6.11.5-300.fc41.x86_64 6.12.0-55.el10.x86_64 6.18-rc1 6.18.44-fc-v669 7.0.0 10.0.1 100.2
  4.100.0 5.15.0+ 6.1.0_custom
`;
const TOO_LOW = `
  4.1 4.1.0 4.1.12-124.48.2.el7uek.x86_64 4.1.1 4.10 4.10.0-42-generic 4.10.17-1-pve 4.9.0-19-amd64 4.9.0-rc8+
  4.9.330-linuxkit 4.4.0-19041-Microsoft 4.4.0-43-Microsoft 4.4.0-210-generic 4.4.180-94.164-default 4.8.0-58-generic
  4.0.4-301.fc22.x86_64 3.10.0-1160.el7.x86_64 3.10.0-1160.119.1.el7.x86_64 3.10.0-123.13.2.el7.x86_64 3.13.0-170-generic
  3.16.0-11-amd64 3.19.0 3.2.0-6-amd64 2.6.32-754.35.1.el6.x86_64 2.6.32-042stab145.3 2.6.18-419.el5 4.2.0-42-generic
  4.3 4.5.7 4.6.0-1-amd64 4.7.10
`;
const words = (text: string) => text.trim().split(/\s+/);

describe('host.kernel', () => {
  it.each(words(ENOUGH))('passes %s, and does not try statx', async (release) => {
    expect((await kernel(release, { 'system "statx"': new Error('asked all the same') })).outcome).toBe('pass');
  });

  it.each(words(TOO_LOW))('fails %s', async (release) => {
    const result = await kernel(release);
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(`Linux ${release}, 4.11 or later is needed`);
    expect(result.findings[0]?.remedy).toContain('Debian 13');
  });

  it('holds at least 60 versions', () => expect(words(ENOUGH + TOO_LOW).length).toBeGreaterThanOrEqual(60));

  it('shows the proof where statx works below the floor', async () => {
    const result = await kernel('3.10.0-1160.el7.x86_64', { 'system "statx"': { errno: 0, reason: null } });
    expect(result.outcome).toBe('warn');
    expect(result.message).toMatch(/statx.*works on this host/);
  });

  it('says why statx was not proven', async () => {
    const result = await kernel('4.9.0-19-amd64', { 'system "statx"': { errno: null, reason: 'left out by --quick' } });
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('left out by --quick');
  });

  it('is unknown, not passed, when the proof cannot be asked for', async () => {
    expect((await kernel('4.9.0-19-amd64', { 'system "statx"': new Error('no child process') })).outcome).toBe(
      'unknown',
    );
  });

  it('knows the newer kernel of a release that has one', async () => {
    const ubuntu = await kernel('4.4.0-210-generic', osRelease('ubuntu', '16.04'));
    expect(ubuntu.findings[0]?.remedy).toContain('linux-generic-hwe-16.04');
    const centos = await kernel('3.10.0-1160.el7.x86_64', osRelease('centos', '7'));
    expect(centos.findings[0]?.remedy).toContain('Rocky Linux 9');
  });

  it.each(['unknown', 'linux', '-', 'v', 'abc 5.10'])('cannot tell from "%s"', async (release) => {
    expect((await kernel(release)).outcome).toBe('unknown');
  });

  it('does not take the version of another system for Linux', async () => {
    expect((await kernel('23.6.0', {}, 'darwin')).outcome).toBe('unknown');
    expect((await kernel('10.0.22631', {}, 'win32')).outcome).toBe('unknown');
  });
});
