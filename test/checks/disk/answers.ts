import type { DiskAnswers, DiskLeaf } from '../../../src/host/answers/disk.ts';
import type { LatencyRounds } from '../../../src/host/answers/latency.ts';
import { latencyOf } from '../../../src/latency.ts';
import type { Answers } from '../../support/judged.ts';

type Place = DiskAnswers['place'];

const PATH = '/var/lib/docker';

/** A physical disk of 500 GB that does not rotate. */
export const disk: DiskLeaf = {
  name: 'sda',
  majorMinor: '8:0',
  size: 500e9,
  rotational: false,
  bus: 'ata',
  driver: 'ahci',
  vendor: 'ATA',
  model: 'Samsung SSD 870',
  virtual: false,
};
export const virtualDisk: DiskLeaf = {
  ...disk,
  ...{ name: 'vda', majorMinor: '254:0', bus: 'virtio', driver: 'virtio_blk', vendor: null, model: null },
  ...{ rotational: true, virtual: true },
};

const place: Place = {
  path: PATH,
  existing: PATH,
  mount: { point: '/', type: 'ext4', source: '/dev/sda1', options: ['rw'] },
  kind: 'block',
  size: 492e9,
  free: 400e9,
  available: 375e9,
  inodes: { total: 30e6, available: 29e6 },
  layers: ['ext4', 'sda1 (partition)'],
  leaves: [disk],
  readOnly: false,
};

/** Rounds of a hundred samples each, whose p50 and p99 are the given ones, ms. */
const rounds = (...figures: readonly { readonly p50: number; readonly p99: number }[]): LatencyRounds =>
  latencyOf(
    figures.map(({ p50, p99 }) => {
      const durations = Array.from({ length: 100 }, (_, at) => (at < 90 ? p50 : p99));
      const starts = durations.map((_, at) => durations.slice(0, at).reduce((sum, one) => sum + one, 0));
      return { starts, durations, length: durations.reduce((sum, one) => sum + one, 0) };
    }),
  );

/** Rounds that differ in p99 alone. */
export const tails = (...p99: readonly number[]): LatencyRounds =>
  rounds(...p99.map((one) => ({ p50: 0.2, p99: one })));

export const writes = (latency: LatencyRounds): DiskAnswers['write-latency'] => ({
  method: 'append and fdatasync',
  bytes: 1_150_000,
  stoppedEarly: false,
  latency,
});

export const reads = (p50: number, more: Partial<DiskAnswers['read-latency']> = {}): DiskAnswers['read-latency'] => ({
  method: 'random reads',
  bytes: 33_554_432,
  direct: true,
  stoppedEarly: false,
  latency: rounds({ p50, p99: p50 * 3 }, { p50, p99: p50 * 2 }, { p50, p99: p50 * 2 }),
  iops1: 1000 / p50,
  iops16: 8000 / p50,
  ...more,
});

/** What a host says of its disk; a null takes a question away, so that asking it all the same is seen. */
export const diskAnswers = (change: Partial<Place>, more: Answers = {}): Answers => ({
  'disk "target"': { path: PATH, from: 'docker' },
  [`disk "place" "${PATH}"`]: { ...place, ...change },
  ...Object.fromEntries(Object.entries(more).map(([topic, answer]) => [`disk "${topic}" "${PATH}"`, answer])),
});
