import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DiskLeaf } from '../answers/disk.ts';

/** Text of a kernel attribute, trimmed; null where there is none or it cannot be read. */
export const attribute = (...parts: readonly string[]): string | null => {
  try {
    return readFileSync(join(...parts), 'latin1').trim();
  } catch {
    return null;
  }
};

/** Names in a kernel folder, sorted; none where there is no such folder. */
export const names = (...parts: readonly string[]): readonly string[] => {
  try {
    return readdirSync(join(...parts)).sort();
  } catch {
    return [];
  }
};

/** Where a link of the kernel's tree leads, null where there is none. */
export const followed = (...parts: readonly string[]): string | null => {
  try {
    return realpathSync(join(...parts));
  } catch {
    return null;
  }
};

const baseOf = (path: string | null): string | null => (path === null ? null : basename(path));

/** Drivers of disks that a hypervisor makes. */
const VIRTUAL_DRIVERS = new Set([
  'virtio_blk',
  'virtio_scsi',
  'vbd',
  'xen-blkfront',
  'xen_scsifront',
  'vmw_pvscsi',
  'storvsc',
  'hv_storvsc',
  'storvsc_host_t',
]);
/** Buses whose far end is a server, a pool or a hypervisor: what it says of rotation is only its word. */
const VIRTUAL_BUSES = /^(virtio|xen|iscsi|fc|zvol|nvme-(tcp|rdma|fc|loop))$/;
/** Vendor and model of disks that hypervisors, clouds and RAID controllers show in place of what is behind them. */
const VIRTUAL_NAMES =
  /QEMU|VMware|VBOX|Virtual|Msft|Red ?Hat|Parallels|Nutanix|LIO-ORG|Google|PersistentDisk|nvme_card-pd|Amazon Elastic Block|MSFT NVMe Accelerator|BlockVolume|Alibaba Cloud Elastic|^(HC|DO) +Volume|PERC|LOGICAL VOLUME|\bMR\d{3,}|MegaRAID|ServeRAID/i;

const nvmeTransport = (dir: string): string | null => {
  const controllers = ['.', ...names(dir, 'device').filter((name) => /^nvme\d+$/.test(name))];
  return controllers.map((name) => attribute(dir, 'device', name, 'transport')).find((found) => found) ?? null;
};

const busOf = (dir: string, name: string, driver: string | null): string | null => {
  if (name.startsWith('nvme')) {
    const transport = nvmeTransport(dir);
    return transport === null || transport === 'pcie' ? 'nvme' : `nvme-${transport}`;
  }
  if (/^zd\d/.test(name)) return 'zvol';
  if (name.startsWith('mmcblk')) return 'mmc';
  if (name.startsWith('pmem')) return 'pmem';
  if (driver === 'vbd' || driver === 'xen-blkfront' || name.startsWith('xvd')) return 'xen';
  if (driver === 'virtio_blk' || name.startsWith('vd')) return 'virtio';
  if (/\/session\d+\//.test(dir)) return 'iscsi';
  if (/\/rport-/.test(dir)) return 'fc';
  if (/\/usb\d+\//.test(dir)) return 'usb';
  if (/\/virtio\d+\//.test(dir)) return 'virtio';
  if (/\/ata\d+\//.test(dir)) return 'ata';
  return /^(sd|hd|dasd)/.test(name) ? 'scsi' : null;
};

/** The driver of the host adapter tells more than "sd". */
const driverOf = (sys: string, dir: string): string | null => {
  const adapter = /\/(host\d+)\//.exec(dir)?.[1];
  const named = adapter && attribute(sys, 'class/scsi_host', adapter, 'proc_name');
  if (named && named !== '<NULL>') return named;
  return baseOf(followed(dir, 'device/driver') ?? followed(dir, 'device/device/driver'));
};

/** One disk as the kernel's tree tells; `dir` is its folder there, links resolved. */
export const leafOf = (sys: string, dir: string): DiskLeaf => {
  const name = basename(dir);
  const driver = driverOf(sys, dir);
  const bus = busOf(dir, name, driver);
  const said = attribute(dir, 'device/vendor');
  // Virtio and PCI devices give a number there, not a name.
  const vendor = said && !/^0x/i.test(said) ? said : null;
  const model = attribute(dir, 'device/model') || null;
  const size = attribute(dir, 'size');
  const rotational = attribute(dir, 'queue/rotational');
  return {
    name,
    majorMinor: attribute(dir, 'dev'),
    // The kernel counts in sectors of 512 bytes, whatever the disk's own are.
    size: size && /^\d+$/.test(size) ? Number(size) * 512 : null,
    rotational: rotational === '0' || rotational === '1' ? rotational === '1' : null,
    bus,
    driver,
    vendor,
    model,
    virtual:
      VIRTUAL_DRIVERS.has(driver ?? '') ||
      VIRTUAL_BUSES.test(bus ?? '') ||
      VIRTUAL_NAMES.test(`${vendor ?? ''} ${model ?? ''}`.trim()),
  };
};
