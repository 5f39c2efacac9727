import { kernelLine, kernelNames, kernelText } from './kernel-files.ts';

// Names as systemd-detect-virt(1) gives them.
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^Microsoft Corporation .*Virtual Machine/, 'microsoft'],
  [/VMware/, 'vmware'],
  [/VirtualBox|^innotek/, 'oracle'],
  [/^Amazon EC2/, 'amazon'],
  [/^Google Google Compute Engine|^Google Compute/, 'google'],
  [/^Xen|HVM domU/, 'xen'],
  [/^Parallels/, 'parallels'],
  [/^Apple .*Virtual/, 'apple'],
  [
    /QEMU|KVM|Bochs|OpenStack|^DigitalOcean|^Hetzner .*vServer|^Alibaba Cloud|^Scaleway|^UpCloud|^Vultr|^Akamai|Nutanix/,
    'kvm',
  ],
];
const CLOCKS: readonly (readonly [RegExp, string])[] = [
  [/kvm-clock/, 'kvm'],
  [/hyperv_clocksource/, 'microsoft'],
  [/\bxen\b/, 'xen'],
];

const named = (table: typeof MAKERS, text: string | null): string | undefined =>
  text ? table.find(([pattern]) => pattern.test(text))?.[1] : undefined;

/** The control domain of Xen sees Xen's traces and is no guest. */
const controlsXen = (root: string): boolean =>
  (kernelText(`${root}/proc/xen/capabilities`) ?? '').includes('control_d');

/**
 * The kind of virtual machine by DMI, Xen's folder, the device tree, clock sources and the hypervisor flag of the
 * processor; "none" where x86 says that there is no hypervisor, null where nothing tells. `root` is for made-up trees.
 */
export const virtualization = (root = ''): string | null => {
  const flags = /^flags\s*:(.*)$/m.exec(kernelText(`${root}/proc/cpuinfo`) ?? '')?.[1]?.split(' ');
  const dmi = ['sys_vendor', 'product_name'].map((file) => kernelLine(`${root}/sys/class/dmi/id/${file}`) ?? '');
  const maker = named(MAKERS, dmi.join(' ').trim());
  // Bare-metal machines of EC2 name their maker too, but show no hypervisor.
  const bare = flags !== undefined && !flags.includes('hypervisor');
  if (maker && !(bare && maker === 'amazon')) return maker;
  if (controlsXen(root)) return 'none';
  const xen = kernelLine(`${root}/sys/hypervisor/type`);
  if (xen) return xen;
  const tree = kernelText(`${root}/proc/device-tree/hypervisor/compatible`);
  if (tree) return tree.includes('xen') ? 'xen' : 'kvm';
  if (kernelNames(`${root}/proc/device-tree`).includes('fw-cfg')) return 'kvm';
  const clocks = kernelLine(`${root}/sys/devices/system/clocksource/clocksource0/available_clocksource`);
  const clock = named(CLOCKS, clocks);
  if (clock) return clock;
  if (flags === undefined) return null;
  return bare ? 'none' : 'vm-other';
};
