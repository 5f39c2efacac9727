import { describe, expect, it } from 'vitest';
import { cpuOfFiles } from '../../../src/host/live/cpu.ts';
import { identity } from '../../../src/host/live/identity.ts';
import { kernelList } from '../../../src/host/live/kernel-files.ts';
import { memoryOfFiles } from '../../../src/host/live/memory.ts';
import { virtualization } from '../../../src/host/live/virtualization.ts';
import { tree } from '../../support/tree.ts';

const GiB = 2 ** 30;
const MIB_128 = '8000000\n';
const processor = (number: number, socket: number, core: number) =>
  `processor\t: ${number}\nmodel name\t: Intel(R) Xeon(R) Gold 6248\nphysical id\t: ${socket}\ncore id\t\t: ${core}\nflags\t\t: fpu hypervisor\n\n`;

describe('cpu', () => {
  it('counts cores by their place: two sockets of two cores with two threads each', () => {
    const places = [0, 1].flatMap((socket) =>
      [0, 1].flatMap((core) => [[socket, core] as const, [socket, core] as const]),
    );
    const root = tree({ 'proc/cpuinfo': places.map(([socket, core], at) => processor(at, socket, core)).join('') });
    expect(cpuOfFiles(root)).toMatchObject({
      logical: 8,
      physical: 4,
      model: 'Intel(R) Xeon(R) Gold 6248',
      usable: null,
    });
  });

  it('asks the topology where cpuinfo does not say it, as on ARM', () => {
    const files = Object.fromEntries(
      [0, 1, 2, 3].flatMap((cpu) => [
        [`sys/devices/system/cpu/cpu${cpu}/topology/physical_package_id`, '0\n'],
        [`sys/devices/system/cpu/cpu${cpu}/topology/core_id`, `${cpu % 2}\n`],
      ]),
    );
    const root = tree({
      'proc/cpuinfo': [0, 1, 2, 3].map((cpu) => `processor\t: ${cpu}\nBogoMIPS\t: 50.00\n\n`).join(''),
      ...files,
    });
    expect(cpuOfFiles(root)).toMatchObject({ logical: 4, physical: 2, model: null });
  });

  it('does not guess cores that nothing tells', () => {
    expect(cpuOfFiles(tree({ 'proc/cpuinfo': 'processor\t: 0\n\nprocessor\t: 1\n' }))).toMatchObject({
      logical: 2,
      physical: null,
    });
    expect(cpuOfFiles(tree({}))).toBeNull();
  });

  it.each([
    ['0-3', '0-3', 4],
    ['0-127', '0-3', 4],
    ['1', '0-3', 1],
    ['0,2-3', '0-3', 3],
    ['2', '0-1', 1],
    ['0,64', '0-3', 1],
  ])('of the mask %s with %s online, %i are usable', (allowed, online, usable) => {
    const root = tree({
      'proc/cpuinfo': [0, 1, 2, 3].map((cpu) => processor(cpu, 0, cpu)).join(''),
      'proc/self/status': `Name:\tnode\nCpus_allowed:\tf\nCpus_allowed_list:\t${allowed}\n`,
      'sys/devices/system/cpu/online': `${online}\n`,
    });
    expect(cpuOfFiles(root)?.usable).toBe(usable);
  });

  it('reads lists of the kernel, at most 8192 numbers a range', () => {
    expect([...kernelList('0-2,5,7-8\n')]).toEqual([0, 1, 2, 5, 7, 8]);
    expect(kernelList('0-999999999').size).toBe(8192);
    expect(kernelList('').size).toBe(0);
  });
});

describe('memory', () => {
  const meminfo = 'MemTotal:       16265432 kB\nMemFree:         1000000 kB\nMemAvailable:   12000000 kB\n';

  it('reads what is there, and what is built in by its blocks, switched on or not', () => {
    const blocks = Object.fromEntries(
      Array.from({ length: 128 }, (_, at) => [
        `sys/devices/system/memory/memory${at}/online`,
        at < 120 ? '1\n' : '0\n',
      ]),
    );
    const root = tree({ 'proc/meminfo': meminfo, 'sys/devices/system/memory/block_size_bytes': MIB_128, ...blocks });
    expect(memoryOfFiles(root)).toEqual({
      total: 16265432 * 1024,
      available: 12000000 * 1024,
      installed: 16 * GiB,
      limit: null,
      limitFrom: null,
    });
  });

  it('does not know what is built in without the blocks', () => {
    expect(memoryOfFiles(tree({ 'proc/meminfo': meminfo }))?.installed).toBeNull();
  });

  it('adds up what is available on kernels before 3.14', () => {
    const old = 'MemTotal: 4000 kB\nMemFree: 1000 kB\nBuffers: 200 kB\nCached: 300 kB\n';
    expect(memoryOfFiles(tree({ 'proc/meminfo': old }))?.available).toBe(1500 * 1024);
  });

  it('says nothing without /proc/meminfo', () => {
    expect(memoryOfFiles(tree({}))).toBeNull();
    expect(memoryOfFiles(tree({ 'proc/meminfo': 'garbage' }))).toBeNull();
  });
});

describe('virtualization', () => {
  const x86 = (hypervisor: boolean) => `processor : 0\nflags\t\t: fpu vme${hypervisor ? ' hypervisor' : ''} sse\n`;
  const dmi = (vendor: string, product: string) => ({
    'sys/class/dmi/id/sys_vendor': `${vendor}\n`,
    'sys/class/dmi/id/product_name': `${product}\n`,
  });
  const CLOCKS = 'sys/devices/system/clocksource/clocksource0/available_clocksource';
  it.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['bare metal', { 'proc/cpuinfo': x86(false), ...dmi('Dell Inc.', 'PowerEdge R740') }, 'none'],
    ['QEMU', { 'proc/cpuinfo': x86(true), ...dmi('QEMU', 'Standard PC (Q35 + ICH9, 2009)') }, 'kvm'],
    ['EC2 Nitro', { 'proc/cpuinfo': x86(true), ...dmi('Amazon EC2', 'm5.large') }, 'amazon'],
    ['EC2 bare metal', { 'proc/cpuinfo': x86(false), ...dmi('Amazon EC2', 'm5.metal') }, 'none'],
    ['Google', { 'proc/cpuinfo': x86(true), ...dmi('Google', 'Google Compute Engine') }, 'google'],
    ['Azure', { 'proc/cpuinfo': x86(true), ...dmi('Microsoft Corporation', 'Virtual Machine') }, 'microsoft'],
    ['a Surface', { 'proc/cpuinfo': x86(false), ...dmi('Microsoft Corporation', 'Surface Pro') }, 'none'],
    ['VMware', { 'proc/cpuinfo': x86(true), ...dmi('VMware, Inc.', 'VMware Virtual Platform') }, 'vmware'],
    ['VirtualBox', { 'proc/cpuinfo': x86(true), ...dmi('innotek GmbH', 'VirtualBox') }, 'oracle'],
    ['Xen by DMI', { 'proc/cpuinfo': x86(true), ...dmi('Xen', 'HVM domU') }, 'xen'],
    ['Xen PV', { 'proc/cpuinfo': x86(true), 'sys/hypervisor/type': 'xen\n' }, 'xen'],
    [
      'Xen dom0',
      { 'proc/cpuinfo': x86(true), 'proc/xen/capabilities': 'control_d\n', 'sys/hypervisor/type': 'xen\n' },
      'none',
    ],
    ['Firecracker', { 'proc/cpuinfo': x86(true), [CLOCKS]: 'tsc kvm-clock \n' }, 'kvm'],
    [
      'Hyper-V without DMI',
      { 'proc/cpuinfo': x86(true), [CLOCKS]: 'hyperv_clocksource_tsc_page acpi_pm\n' },
      'microsoft',
    ],
    ['an unknown hypervisor', { 'proc/cpuinfo': x86(true) }, 'vm-other'],
    [
      'ARM under KVM',
      { 'proc/cpuinfo': 'processor : 0\n', 'proc/device-tree/hypervisor/compatible': 'linux,kvm\0' },
      'kvm',
    ],
    ['ARM, nothing told', { 'proc/cpuinfo': 'processor : 0\nFeatures : fp asimd\n' }, null],
    ['no /proc', {}, null],
  ])('of %s', (_, files, kind) => {
    expect(virtualization(tree(files))).toBe(kind);
  });
});

describe.skipIf(process.platform !== 'linux')('identity of a made-up Linux (needs Linux)', () => {
  it('believes the files of the kernel more than uname', () => {
    const root = tree({
      'proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n',
      'proc/sys/kernel/version': '#1 SMP\n',
      'proc/sys/kernel/arch': 'aarch64\n',
    });
    expect(identity(root, {})).toMatchObject({
      release: '5.15.153.1-microsoft-standard-WSL2',
      version: '#1 SMP',
      machine: 'aarch64',
      container: null,
      kubernetes: false,
      traces: [],
    });
  });

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, string | null]>([
    ['our own variable', {}, { container: 'podman' }, 'podman'],
    ["process 1's variable", { 'proc/1/environ': 'PATH=/bin\0container=lxc\0TERM=linux\0' }, {}, 'lxc'],
    ["systemd's file", { 'run/systemd/container': 'systemd-nspawn\n' }, {}, 'systemd-nspawn'],
    ['OpenVZ', { 'proc/vz/veinfo': '' }, {}, 'openvz'],
    ["OpenVZ's host", { 'proc/vz/veinfo': '', 'proc/bc/0': '' }, {}, null],
    ['none', { 'proc/1/environ': 'PATH=/bin\0mycontainer=x\0' }, {}, null],
  ])('names the container by %s', (_, files, env, name) => {
    expect(identity(tree(files), env).container).toBe(name);
  });

  it('knows Kubernetes by its variable', () => {
    expect(identity(tree({}), { KUBERNETES_SERVICE_HOST: '10.0.0.1' }).kubernetes).toBe(true);
  });

  it.each<[string, string, string]>([
    ['binfmt_misc', '30 20 0:9 / /proc/sys/fs/binfmt_misc rw - binfmt_misc binfmt_misc rw', ''],
    ['binfmt_misc', '30 20 0:9 / /proc/sys/fs/binfmt_misc rw - tmpfs copy rw', ''],
    ['drvfs', '30 20 0:9 / /mnt/c rw - 9p C:\\134 rw,aname=drvfs;path=C:\\134,trans=fd', ''],
    ['drvfs', '30 20 0:9 / /mnt/c rw - drvfs C:\\134 rw,uid=0', ''],
    ['wslfs', '1 0 0:2 / / rw - wslfs rootfs rw', ''],
    ['overlay-root', '1 0 0:2 / / rw - ext4 /dev/vda rw\n2 1 0:40 / / rw - overlay overlay rw,upperdir=/x', ''],
    ['engine-files', '9 1 8:1 /var/lib/docker/containers/3f/hosts /etc/hosts rw - ext4 /dev/vda rw', ''],
    ['engine-files', '9 1 8:1 /var/lib/kubelet/pods/1-2/etc-hosts /etc/hosts rw - ext4 /dev/vda rw', ''],
    ['engine-files', '9 1 0:25 /containers/storage/overlay-containers/1/userdata/hosts /etc/hosts rw - tmpfs t rw', ''],
    ['wsl-command-line', '', 'initrd=\\initrd.img WSL_ROOT_INIT=1 panic=-1 nr_cpus=8'],
  ])('finds the trace %s', (trace, mount, cmdline) => {
    const root = tree({ 'proc/self/mountinfo': `${mount}\n`, 'proc/cmdline': cmdline });
    expect(identity(root, {}).traces).toEqual([trace]);
  });

  it('finds no trace where an automount only waits, or a file server is mounted', () => {
    const lines = [
      '30 20 0:9 / /proc/sys/fs/binfmt_misc rw - autofs systemd-1 rw',
      '31 20 0:9 / /mnt/share rw - 9p share rw,trans=virtio',
      '32 20 8:1 /etc/resolv.conf /etc/resolv.conf rw - ext4 /dev/vda rw',
    ];
    expect(identity(tree({ 'proc/self/mountinfo': lines.join('\n') }), {}).traces).toEqual([]);
  });
});
