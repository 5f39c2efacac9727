import type { Facts } from './cluster.ts';

/** Invented figures: a disk of a production size that is half empty. */
export const FREE_BYTES: Facts['freeBytes'] = {
  data: 181_403_648_000,
  logs: 142_699_028_480,
  media: 181_403_648_000,
};
