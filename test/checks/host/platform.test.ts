import { describe, expect, it } from 'vitest';
import { hostPlatform } from '../../../checks/host/platform.ts';
import type { Json } from '../../../src/model.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { engine, identity, info, NO_CONTAINER, NO_WSL } from './answers.ts';

const server: Answers = {
  'system "identity"': identity,
  'docker "engine"': engine,
  'docker "info"': info,
  ...NO_CONTAINER,
  ...NO_WSL,
};
const who = (change: { readonly [key: string]: Json }): Answers => ({
  'system "identity"': { ...identity, ...change },
});
const on = (change: Answers) => judged(hostPlatform, { ...server, ...change });

describe('host.platform', () => {
  it('passes a Linux server on x86-64 and says its virtualization', async () => {
    expect(saying(await on({}))).toBe('pass\nLinux on x86_64 (virtualization: kvm)');
    expect((await on(who({ machine: 'amd64' }))).outcome).toBe('pass');
  });

  it.each([
    ['win32', 'Windows'],
    ['cygwin', 'Windows'],
    ['darwin', 'macOS'],
    ['freebsd', 'freebsd'],
  ])('fails %s by itself, and asks nothing of Linux there', async (platform, name) => {
    const result = await judged(hostPlatform, who({ platform }));
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(`This is ${name}`);
    expect(result.findings[0]?.remedy).toMatch(/Linux/);
  });

  it.each(['aarch64', 'arm64', 'i686', 'i386', 'armv7l', 'ppc64le', 's390x', 'riscv64'])(
    'fails %s',
    async (machine) => {
      const result = await on(who({ machine }));
      expect(result.outcome).toBe('fail');
      expect(result.message).toContain(machine);
    },
  );

  // Each sign alone is enough, since kernels are custom-built there, and each is shown.
  const wsl: readonly (readonly [string, 1 | 2, Answers, string])[] = [
    ['release of WSL 1', 1, who({ release: '4.4.0-19041-Microsoft' }), '4.4.0-19041-Microsoft'],
    ['release of an early WSL 1', 1, who({ release: '4.4.0-43-Microsoft' }), '4.4.0-43-Microsoft'],
    ['release of WSL 2', 2, who({ release: '5.15.153.1-microsoft-standard-WSL2' }), 'microsoft-standard-WSL2'],
    ['release of an early WSL 2', 2, who({ release: '4.19.84-microsoft-standard' }), '4.19.84-microsoft-standard'],
    ['own build that kept the name', 2, who({ release: '6.6.36.3-WSL2-custom' }), '6.6.36.3-WSL2-custom'],
    [
      '/proc/version of WSL 2',
      2,
      { 'readFile "/proc/version"': 'Linux version 6.6.0 (root@1) (x86_64-msft-linux-gcc) microsoft-standard-WSL2 #1' },
      '/proc/version microsoft-standard-WSL2',
    ],
    ['WSLInterop', 2, { 'readFile "/proc/sys/fs/binfmt_misc/WSLInterop"': 'enabled\n' }, 'binfmt_misc/WSLInterop'],
    ['WSLInterop-late', 2, { 'readFile "/proc/sys/fs/binfmt_misc/WSLInterop-late"': 'enabled\n' }, 'WSLInterop-late'],
    ['an empty /run/WSL', 2, { 'list "/run/WSL"': [] }, '/run/WSL'],
    ['Windows drives', 2, who({ traces: ['drvfs'] }), 'drvfs'],
    ['file system of WSL 1', 1, who({ traces: ['wslfs'] }), 'WSL 1 file system'],
    ['kernel command line', 2, who({ traces: ['wsl-command-line'] }), 'command line'],
    ['container=wsl', 2, who({ container: 'wsl' }), 'container=wsl'],
  ];
  it.each(wsl)('fails WSL by %s alone', async (_, generation, change, sign) => {
    const result = await on(change);
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(`WSL ${generation}`);
    expect(result.message).toContain(sign);
    expect(saying(result)).not.toContain('container (');
  });

  it('shows all signs of a real WSL 2 together, DMI among them', async () => {
    const { message } = await on({
      ...who({ release: '5.15.90.1-microsoft-standard-WSL2' }),
      'list "/run/WSL"': ['1_interop'],
      'readFile "/sys/class/dmi/id/sys_vendor"': 'Microsoft Corporation\n',
      'readFile "/sys/class/dmi/id/product_name"': 'Virtual Machine\n',
    });
    expect(message).toContain(
      'release 5.15.90.1-microsoft-standard-WSL2, /run/WSL, DMI Microsoft Corporation Virtual Machine',
    );
  });

  it.each(['5.15.0-1053-azure', '6.8.0-1010-azure', '5.15.138.1-4.cm2', '6.6.51.1-5.azl3'])(
    'passes Azure and Hyper-V: the same DMI, kernel %s',
    async (release) => {
      const result = await on({
        ...who({ release, virtualization: 'microsoft' }),
        'readFile "/sys/class/dmi/id/sys_vendor"': 'Microsoft Corporation\n',
        'readFile "/sys/class/dmi/id/product_name"': 'Virtual Machine\n',
      });
      expect(result.outcome).toBe('pass');
    },
  );

  it('does not look below binfmt_misc where it is not mounted: that would mount it', async () => {
    const { 'readFile "/proc/sys/fs/binfmt_misc/WSLInterop"': _, ...unasked } = { ...server, ...who({ traces: [] }) };
    expect((await judged(hostPlatform, unasked)).outcome).toBe('pass');
  });

  it.each<[string, Answers, string]>([
    [
      'OperatingSystem',
      { 'docker "info"': { ...info, operatingSystem: 'Docker Desktop' } },
      'OperatingSystem Docker Desktop',
    ],
    ["the Engine's kernel", { 'docker "info"': { ...info, kernel: '6.6.12-linuxkit' } }, '6.6.12-linuxkit'],
    ['our own kernel', who({ release: '5.10.104-linuxkit' }), 'release 5.10.104-linuxkit'],
    [
      'its socket, even when it does not answer',
      { 'docker "engine"': { ...engine, endpoint: 'unix:///home/a/.docker/desktop/docker.sock', state: 'refused' } },
      '.docker/desktop/docker.sock',
    ],
  ])('fails Docker Desktop by %s', async (_, change, sign) => {
    const result = await on(change);
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('Docker Desktop');
    expect(result.message).toContain(sign);
  });

  it('asks an Engine that does not answer for nothing', async () => {
    const silent = {
      ...server,
      'docker "engine"': { ...engine, state: 'silent' },
      'docker "info"': new Error('asked'),
    };
    expect((await judged(hostPlatform, silent)).outcome).toBe('pass');
  });

  it('keeps the other signs when the Engine hangs, and is unknown where there are none', async () => {
    const hung = { 'docker "info"': new Error('no answer to docker "info" within 10 s') };
    expect((await on({ ...hung, ...who({ release: '4.4.0-19041-Microsoft' }) })).outcome).toBe('fail');
    const alone = await on(hung);
    expect(alone.outcome).toBe('unknown');
    expect(alone.message).toContain('within 10 s');
    expect((await on({ 'docker "engine"': new Error('broken') })).outcome).toBe('unknown');
  });

  const id = '3f4e1c0d9b8a'.repeat(5);
  it.each<[string, Answers, string]>([
    ['docker, cgroup v1', { 'readFile "/proc/self/cgroup"': `5:memory:/docker/${id}\n` }, `cgroup /docker/${id}`],
    ['docker, systemd', { 'readFile "/proc/self/cgroup"': `0::/system.slice/docker-${id}.scope\n` }, '.scope'],
    ['docker, cgroup namespace', { 'readFile "/.dockerenv"': '', 'readFile "/proc/2/comm"': null }, '/.dockerenv'],
    [
      'docker, all PIDs of the host',
      { 'readFile "/.dockerenv"': '', ...who({ traces: ['engine-files'] }) },
      '/etc/hosts',
    ],
    ['podman', { 'readFile "/run/.containerenv"': 'engine="podman"\n' }, '/run/.containerenv'],
    ['podman by its variable', who({ container: 'podman' }), 'container=podman'],
    ['LXC', who({ container: 'lxc' }), 'container=lxc'],
    ['LXC by its cgroup', { 'readFile "/proc/self/cgroup"': '4:memory:/lxc/web\n' }, '/lxc/web'],
    ['LXD by its cgroup', { 'readFile "/proc/self/cgroup"': '0::/lxc.payload.web/system.slice\n' }, 'lxc.payload.web'],
    ['systemd-nspawn', who({ container: 'systemd-nspawn' }), 'systemd-nspawn'],
    ['OpenVZ', who({ container: 'openvz' }), 'openvz'],
    ['Kubernetes by its variable', who({ kubernetes: true }), 'KUBERNETES_SERVICE_HOST'],
    ['Kubernetes by its cgroup', { 'readFile "/proc/self/cgroup"': '1:cpu:/kubepods/besteffort/pod1/2\n' }, 'kubepods'],
    [
      'containerd without any file',
      { ...who({ traces: ['overlay-root'] }), 'readFile "/proc/2/comm"': 'sh\n' },
      'overlay',
    ],
  ])('warns in a container: %s', async (_, change, sign) => {
    const result = await on(change);
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain(sign);
    expect(result.message).toMatch(/kernel and clock are the host's; memory and CPU limits.*the container's own/);
  });

  it.each<[string, Answers]>([
    ["the Engine's own cgroup", { 'readFile "/proc/self/cgroup"': '0::/system.slice/docker.service\n' }],
    ["containerd's own cgroup", { 'readFile "/proc/self/cgroup"': '0::/system.slice/containerd.service\n' }],
    ['a live system', who({ traces: ['overlay-root'] })],
    ['no cgroups at all', { 'readFile "/proc/self/cgroup"': null, 'readFile "/proc/2/comm"': null }],
  ])('takes %s for no container', async (_, change) => {
    expect((await on(change)).outcome).toBe('pass');
  });

  it('passes a machine made from an image: /.dockerenv is there, and so are the threads of the kernel', async () => {
    const result = await on({ 'readFile "/.dockerenv"': '' });
    expect(result.outcome).toBe('pass');
    expect(result.message).toContain('/.dockerenv is there');
  });

  it('keeps every trouble at once', async () => {
    const result = await on({
      ...who({ release: '5.15.0-microsoft-standard-WSL2', machine: 'aarch64', container: 'docker' }),
      'docker "info"': { ...info, operatingSystem: 'Docker Desktop' },
    });
    expect(result.findings.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'fail', 'warn']);
  });

  it('cannot tell without an identity', async () => {
    expect((await judged(hostPlatform, {})).outcome).toBe('unknown');
    expect((await on(who({ platform: 'plan9' }))).outcome).toBe('unknown');
  });
});
