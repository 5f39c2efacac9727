import * as z from 'zod/mini';
import { rounds } from './latency.ts';
import { type Answers, bytes, count, maybe, text } from './shapes.ts';

const leaf = z.object({
  name: text,
  majorMinor: maybe(text),
  size: maybe(bytes),
  rotational: maybe(z.boolean()),
  /** "nvme", "virtio", "xen", "scsi", "ata", "usb", "mmc", "zvol"... as the kernel's tree tells. */
  bus: maybe(text),
  driver: maybe(text),
  vendor: maybe(text),
  model: maybe(text),
  /** A disk that a hypervisor, a server or a RAID controller shows: its rotational flag proves nothing. */
  virtual: z.boolean(),
});

/** What `disk(topic, path)` answers. */
export const disk = {
  /** The folder whose disk is judged, and why that one. */
  target: z.object({ path: text.check(z.minLength(1)), from: z.enum(['option', 'docker', 'default']) }),
  /** Where a path really lives: nearest existing folder, its mount, its file system's sizes, the devices below. */
  place: z.object({
    path: text,
    /** The nearest folder that exists, symbolic links resolved. */
    existing: text,
    mount: z.object({ point: text, type: text, source: text, options: z.array(text) }),
    kind: z.enum(['block', 'network', 'memory', 'pool', 'unknown']),
    size: bytes,
    free: bytes,
    /** What an unprivileged process may still use: less than `free` by the reserved blocks. */
    available: bytes,
    inodes: maybe(z.object({ total: count, available: count })),
    /** From the mount down: "overlay", "dm-0 (lvm)", "md0 (raid1)", "loop0"... */
    layers: z.array(text),
    leaves: z.array(leaf),
    readOnly: z.boolean(),
  }),
  /** Whether a benchmark may write there; why not: --quick, no right, no space. */
  permit: z.object({ refused: maybe(text) }),
  /** 2300-byte appends, each with fdatasync, in an unlinked file there. */
  'write-latency': z.object({ method: text, bytes, stoppedEarly: z.boolean(), latency: rounds }),
  /** Random 4 KiB reads of an unlinked file there; `direct` says whether O_DIRECT went past the page cache. */
  'read-latency': z.object({
    method: text,
    bytes,
    direct: z.boolean(),
    stoppedEarly: z.boolean(),
    latency: rounds,
    iops1: z.number().check(z.nonnegative()),
    iops16: maybe(z.number().check(z.nonnegative())),
  }),
};

export type DiskAnswers = Answers<typeof disk>;
export type DiskLeaf = z.infer<typeof leaf>;
