import { afterEach, describe, expect, it } from 'vitest';
import type { Mount } from '../../../src/host/child/mounts.ts';
import { below } from '../../../src/host/child/topology.ts';
import { type FakeDevice, fakeTree } from './fake-tree.ts';

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const mount = (change: Partial<Mount>): Mount => ({
  ...{ id: 1, majorMinor: '8:1', root: '/', point: '/', type: 'ext4', source: '/dev/sda1' },
  ...{ options: ['rw'], superOptions: ['rw'] },
  ...change,
});

const look = (
  devices: readonly FakeDevice[],
  change: Partial<Mount>,
  more: {
    readonly extra?: Readonly<Record<string, string>>;
    readonly mounts?: Readonly<Record<string, Mount>>;
    readonly pool?: readonly string[];
  } = {},
) => {
  const { sys, dev, remove } = fakeTree(devices, more.extra);
  removals.push(remove);
  const mountOf = (path: string) => more.mounts?.[path] ?? null;
  return below({ sys, dev, mountOf, poolDevices: () => more.pool ?? [] }, mount(change));
};

const flags = (rotational: 0 | 1, model = '', vendor = ''): Record<string, string> => ({
  size: '1953525168',
  'queue/rotational': String(rotational),
  ...(model && { 'device/model': model }),
  ...(vendor && { 'device/vendor': vendor }),
});
const ATA = 'pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block';
const SSD = flags(0, 'Samsung SSD 870 ', 'ATA     ');
const part = (dir: string, majorMinor: string): FakeDevice => ({ dir, majorMinor, files: { partition: '1' } });

const sda: FakeDevice = { dir: `${ATA}/sda`, majorMinor: '8:0', files: SSD };
const nvme = (n: number, model = 'SAMSUNG MZVL2512'): FakeDevice => ({
  dir: `pci0000:00/0000:01:0${n}.0/nvme/nvme${n}/nvme${n}n1`,
  majorMinor: `259:${n}`,
  files: { ...flags(0, model), 'device/transport': 'pcie' },
  driver: 'nvme',
});

describe('disks', () => {
  it('finds the disk of a partition, trimmed, with its size and adapter', () => {
    const devices = [sda, part(`${ATA}/sda/sda1`, '8:1')];
    expect(look(devices, {}, { extra: { 'class/scsi_host/host0/proc_name': 'ahci' } })).toEqual({
      kind: 'block',
      layers: ['ext4', 'sda1 (partition)'],
      leaves: [
        {
          ...{ name: 'sda', majorMinor: '8:0', size: 1_000_204_886_016, rotational: false, bus: 'ata', driver: 'ahci' },
          ...{ vendor: 'ATA', model: 'Samsung SSD 870', virtual: false },
        },
      ],
    });
  });

  const leaf = (dir: string, files: Record<string, string>, driver?: string, adapter?: string) => {
    const device = { dir, majorMinor: '8:1', files, ...(driver && { driver }) };
    const extra: Record<string, string> = adapter ? { 'class/scsi_host/host2/proc_name': adapter } : {};
    return look([device], {}, { extra }).leaves[0];
  };
  const scsi = 'pci0/0000:03/host2/target2:0:0/2:0:0:0/block/sda';
  it.each([
    ['NVMe', 'pci0/nvme/nvme0/nvme0n1', flags(0, 'WDC PC SN730'), 'nvme', '', 'nvme', false],
    ['Amazon EBS', 'pci0/nvme/nvme0/nvme0n1', flags(0, 'Amazon Elastic Block Store'), 'nvme', '', 'nvme', true],
    ['Google', 'pci0/nvme/nvme0/nvme0n1', flags(0, 'nvme_card-pd'), 'nvme', '', 'nvme', true],
    ['QEMU NVMe', 'pci0/nvme/nvme0/nvme0n1', flags(0, 'QEMU NVMe Ctrl'), 'nvme', '', 'nvme', true],
    ['virtio', 'pci0/virtio1/block/vda', flags(1, '', '0x1af4'), 'virtio_blk', '', 'virtio', true],
    [
      'virtio-scsi',
      'pci0/virtio3/host2/t/block/sda',
      flags(1, 'QEMU HARDDISK', 'QEMU'),
      'sd',
      'virtio_scsi',
      'virtio',
      true,
    ],
    ['Xen', 'vbd-51712/block/xvda', flags(0), 'vbd', '', 'xen', true],
    ['VMware', scsi, flags(1, 'Virtual disk', 'VMware'), 'sd', 'vmw_pvscsi', 'scsi', true],
    [
      'Hyper-V',
      'LNXSYSTM:00/VMBUS:00/host2/t/block/sda',
      flags(1, 'Virtual Disk', 'Msft'),
      'sd',
      'storvsc',
      'scsi',
      true,
    ],
    ['Google SCSI', scsi, flags(0, 'PersistentDisk', 'Google'), 'sd', '', 'scsi', true],
    ['RAID controller', scsi, flags(1, 'PERC H730 Mini', 'DELL'), 'sd', 'megaraid_sas', 'scsi', true],
    ['iSCSI', 'platform/host2/session1/t/block/sda', flags(1, 'VIRTUAL-DISK', 'IET'), 'sd', '', 'iscsi', true],
    ['USB', 'pci0/usb2/2-1/host2/t/block/sda', flags(1, 'Elements', 'WD'), 'sd', 'uas', 'usb', false],
    ['SAS', scsi, flags(1, 'ST4000NM0025', 'SEAGATE'), 'sd', 'mpt3sas', 'scsi', false],
    ['eMMC', 'platform/mmc0/mmc0:0001/block/mmcblk0', flags(0), 'mmcblk', '', 'mmc', false],
    ['zvol', 'virtual/block/zd0', flags(0), '', '', 'zvol', true],
  ] as const)('knows %s', (_, dir, files, driver, adapter, bus, virtual) => {
    expect(leaf(dir, { ...files }, driver, adapter)).toMatchObject({ bus, virtual });
  });

  it('knows NVMe over a network', () => {
    const files = { ...flags(0, 'Linux'), 'device/transport': 'tcp' };
    expect(leaf('virtual/nvme-fabrics/ctl/nvme0/nvme0n1', files)).toMatchObject({ bus: 'nvme-tcp', virtual: true });
  });

  it('tells no rotation where the kernel tells none, and no vendor where there is a number', () => {
    expect(leaf('pci0/virtio1/block/vda', { size: '', 'device/vendor': '0x1af4' })).toMatchObject({
      ...{ rotational: null, size: null, vendor: null },
    });
  });
});

describe('what is built of disks', () => {
  const dm = (n: number, uuid: string, name: string, ...slaves: readonly string[]): FakeDevice => ({
    dir: `virtual/block/dm-${n}`,
    majorMinor: `253:${n}`,
    files: { ...flags(0), 'dm/uuid': uuid, 'dm/name': name },
    slaves,
    aliases: [`mapper/${name}`],
  });
  const md = (level: string, ...slaves: readonly string[]): FakeDevice => ({
    ...{ dir: 'virtual/block/md0', majorMinor: '9:0', files: { ...flags(0), 'md/level': level }, slaves },
  });

  it('follows dm-crypt on LVM on RAID on partitions of two NVMe disks', () => {
    const devices = [
      ...[nvme(0), nvme(1)],
      part(`${nvme(0).dir}/nvme0n1p2`, '259:10'),
      part(`${nvme(1).dir}/nvme1n1p2`, '259:11'),
      md('raid1', 'nvme0n1p2', 'nvme1n1p2'),
      dm(0, 'LVM-abc', 'vg-data', 'md0'),
      dm(1, 'CRYPT-LUKS2-abc', 'secret', 'dm-0'),
    ];
    const { kind, layers, leaves } = look(devices, { majorMinor: '253:1', type: 'xfs' });
    expect(kind).toBe('block');
    expect(layers).toEqual([
      ...['xfs', 'dm-1 (crypt secret)', 'dm-0 (lvm vg-data)', 'md0 (raid1)'],
      ...['nvme0n1p2 (partition)', 'nvme1n1p2 (partition)'],
    ]);
    expect(leaves.map(({ name }) => name)).toEqual(['nvme0n1', 'nvme1n1']);
  });

  it('sees all disks of a mixed RAID', () => {
    const hdd: FakeDevice = { dir: `${ATA}/sdb`, majorMinor: '8:16', files: flags(1, 'WDC WD40') };
    const { leaves } = look([sda, hdd, md('raid0', 'sda', 'sdb')], { majorMinor: '9:0' });
    expect(leaves.map(({ rotational }) => rotational)).toEqual([false, true]);
  });

  it('names multipath and its partitions', () => {
    const devices = [sda, dm(0, 'mpath-3600', 'mpatha', 'sda'), dm(1, 'part1-mpath-3600', 'mpatha1', 'dm-0')];
    expect(look(devices, { majorMinor: '253:1' }).layers).toEqual([
      ...['ext4', 'dm-1 (partition mpatha1)', 'dm-0 (multipath mpatha)'],
    ]);
  });

  it('follows bcache', () => {
    const bcache = { dir: 'virtual/block/bcache0', majorMinor: '252:0', slaves: ['sda'] };
    expect(look([sda, bcache], { majorMinor: '252:0' })).toMatchObject({ layers: ['ext4', 'bcache0 (bcache)'] });
  });

  it('follows a loop device to the disk of its file, whatever its own flag says', () => {
    const loop = {
      dir: 'virtual/block/loop0',
      majorMinor: '7:0',
      files: { ...flags(0), 'loop/backing_file': '/x/disk.img' },
    };
    const mounts = { '/x/disk.img': mount({ majorMinor: '8:0' }) };
    const found = look([sda, loop], { majorMinor: '7:0' }, { mounts });
    expect(found).toMatchObject({ kind: 'block', layers: ['ext4', 'loop0', 'ext4'], leaves: [{ name: 'sda' }] });
    expect(look([sda, loop], { majorMinor: '7:0' })).toMatchObject({ kind: 'unknown', leaves: [] });
  });

  it.each([
    ['zram0', 'memory'],
    ['ram0', 'memory'],
    ['sr0', 'unknown'],
    ['nbd0', 'network'],
    ['rbd0', 'network'],
  ])('never takes %s for an SSD', (name, kind) => {
    const device = { dir: `virtual/block/${name}`, majorMinor: '8:1', files: { ...flags(0), size: '0' } };
    expect(look([device], {})).toMatchObject({ kind, leaves: [] });
  });

  it('finds all devices of a btrfs', () => {
    const sdb: FakeDevice = { dir: `${ATA}/sdb`, majorMinor: '8:16', files: SSD };
    const extra = { 'fs/btrfs/8f-1/devices/sda': '', 'fs/btrfs/8f-1/devices/sdb': '', 'fs/btrfs/features/x': '' };
    const found = look([sda, sdb], { majorMinor: '0:33', type: 'btrfs', source: '/dev/sda' }, { extra });
    expect(found.leaves.map(({ name }) => name)).toEqual(['sda', 'sdb']);
  });

  it('finds the device of a btrfs on a mapped name', () => {
    const found = look([sda, dm(0, 'LVM-abc', 'vg-root', 'sda')], {
      ...{ majorMinor: '0:33', type: 'btrfs', source: '/dev/mapper/vg-root' },
    });
    expect(found.layers).toEqual(['btrfs', 'dm-0 (lvm vg-root)']);
  });

  it('follows an overlay to its upper folder, where that can be seen', () => {
    const overlay = { majorMinor: '0:50', type: 'overlay', superOptions: ['rw', 'upperdir=/var/lib/up,per'] };
    const mounts = { '/var/lib/up,per': mount({ majorMinor: '8:0' }) };
    expect(look([sda], overlay, { mounts })).toMatchObject({ kind: 'block', layers: ['overlay', 'ext4'] });
    expect(look([sda], overlay)).toMatchObject({ kind: 'unknown', leaves: [] });
  });

  it('asks ZFS for its devices', () => {
    const zfs = { majorMinor: '0:60', type: 'zfs', source: 'tank/docker' };
    expect(look([sda], zfs, { pool: ['/dev/sda'] })).toMatchObject({ kind: 'pool', leaves: [{ name: 'sda' }] });
    expect(look([sda], zfs)).toMatchObject({ kind: 'pool', leaves: [] });
  });

  it.each(['nfs', 'nfs4', 'cifs', 'smb3', 'ceph', '9p', 'virtiofs', 'fuse.sshfs', 'fuse.glusterfs'])(
    'takes %s for a network',
    (type) => {
      expect(look([], { majorMinor: '0:70', type })).toMatchObject({ kind: 'network', leaves: [] });
    },
  );

  it('takes tmpfs for memory, and what it does not know for unknown', () => {
    expect(look([], { majorMinor: '0:70', type: 'tmpfs' }).kind).toBe('memory');
    expect(look([], { majorMinor: '0:70', type: 'fuse.something' }).kind).toBe('unknown');
    expect(look([], { majorMinor: '8:77' }).kind).toBe('unknown');
  });

  it('ends on devices that stand on each other', () => {
    expect(look([dm(0, 'x', 'a', 'dm-1'), dm(1, 'x', 'b', 'dm-0')], { majorMinor: '253:0' }).kind).toBe('unknown');
  });
});
