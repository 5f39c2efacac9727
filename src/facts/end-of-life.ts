import type { OperatingSystem } from './os-release.ts';

// Pure data: the last day on which the distributor gives security updates to everyone without a contract.
// Read on 2026-11-22 from the linked pages, which name the distributors' own announcements.

/** One family of releases. `parts` is how many numbers of VERSION_ID name a release; `paid` is what a contract adds. */
type Family = {
  readonly name: string;
  readonly parts: number;
  readonly paid?: string;
  readonly link: string;
  readonly ends: Readonly<Record<string, string>>;
};

const SUSE_PAID = 'SUSE Long Term Service Pack Support';

/** Families by `ID` of os-release; "centos stream" is CentOS by its pretty name. */
const FAMILIES: Readonly<Record<string, Family>> = {
  ubuntu: {
    name: 'Ubuntu',
    parts: 2,
    paid: 'Ubuntu Pro',
    link: 'https://endoflife.date/ubuntu',
    ends: {
      '12.04': '2017-04-28',
      '14.04': '2019-04-02',
      '14.10': '2015-07-23',
      '15.04': '2016-02-04',
      '15.10': '2016-07-28',
      '16.04': '2021-04-02',
      '16.10': '2017-07-20',
      '17.04': '2018-01-13',
      '17.10': '2018-07-19',
      '18.04': '2023-05-31',
      '18.10': '2019-07-18',
      '19.04': '2020-01-23',
      '19.10': '2020-07-06',
      '20.04': '2025-05-31',
      '20.10': '2021-07-22',
      '21.04': '2022-01-20',
      '21.10': '2022-07-14',
      '22.04': '2027-04-01',
      '22.10': '2023-07-20',
      '23.04': '2024-01-20',
      '23.10': '2024-07-12',
      '24.04': '2029-05-31',
      '24.10': '2025-07-10',
      '25.04': '2026-01-17',
      '25.10': '2026-07-01',
      '26.04': '2031-04-30',
    },
  },
  // Debian: the end of LTS, which is free.
  debian: {
    name: 'Debian',
    parts: 1,
    paid: 'Freexian ELTS',
    link: 'https://endoflife.date/debian',
    ends: {
      7: '2018-05-31',
      8: '2020-06-30',
      9: '2022-07-01',
      10: '2024-06-30',
      11: '2026-08-31',
      12: '2028-06-30',
      13: '2030-06-30',
    },
  },
  centos: {
    name: 'CentOS Linux',
    parts: 1,
    link: 'https://endoflife.date/centos',
    ends: { 5: '2017-03-31', 6: '2020-11-30', 7: '2024-06-30', 8: '2021-12-31' },
  },
  'centos stream': {
    name: 'CentOS Stream',
    parts: 1,
    link: 'https://endoflife.date/centos-stream',
    ends: { 8: '2024-05-31', 9: '2027-05-31', 10: '2030-05-31' },
  },
  // Red Hat: the end of the maintenance phase; before it a subscription is needed anyway.
  rhel: {
    name: 'Red Hat Enterprise Linux',
    parts: 1,
    paid: 'Extended Life Cycle Support',
    link: 'https://endoflife.date/rhel',
    ends: {
      5: '2017-03-31',
      6: '2020-11-30',
      7: '2024-06-30',
      8: '2029-05-31',
      9: '2032-05-31',
      10: '2035-05-31',
    },
  },
  rocky: {
    name: 'Rocky Linux',
    parts: 1,
    link: 'https://endoflife.date/rocky-linux',
    ends: { 8: '2029-05-31', 9: '2032-05-31', 10: '2035-05-31' },
  },
  almalinux: {
    name: 'AlmaLinux',
    parts: 1,
    link: 'https://endoflife.date/almalinux',
    ends: { 8: '2029-05-31', 9: '2032-05-31', 10: '2035-05-31' },
  },
  ol: {
    name: 'Oracle Linux',
    parts: 1,
    paid: 'Oracle Extended Support',
    link: 'https://endoflife.date/oracle-linux',
    ends: { 6: '2021-03-31', 7: '2024-12-31', 8: '2029-07-31', 9: '2032-06-30' },
  },
  // Amazon Linux 1 counts by year and month.
  amzn: {
    name: 'Amazon Linux',
    parts: 1,
    link: 'https://endoflife.date/amazon-linux',
    ends: { 2016: '2023-12-31', 2017: '2023-12-31', 2018: '2023-12-31', 2: '2026-06-30', 2023: '2029-06-30' },
  },
  sles: {
    name: 'SUSE Linux Enterprise Server',
    parts: 2,
    paid: SUSE_PAID,
    link: 'https://endoflife.date/sles',
    ends: {
      '11.3': '2016-01-31',
      '11.4': '2019-03-31',
      '12': '2016-06-30',
      '12.1': '2017-05-31',
      '12.2': '2018-03-31',
      '12.3': '2019-06-30',
      '12.4': '2020-06-30',
      '12.5': '2024-10-31',
      '15': '2019-12-31',
      '15.1': '2021-01-31',
      '15.2': '2021-12-31',
      '15.3': '2022-12-31',
      '15.4': '2023-12-31',
      '15.5': '2024-12-31',
      '15.6': '2025-12-31',
      '15.7': '2031-07-31',
      '16.0': '2027-11-30',
    },
  },
  'opensuse-leap': {
    name: 'openSUSE Leap',
    parts: 2,
    link: 'https://endoflife.date/opensuse',
    ends: {
      '42.1': '2017-05-17',
      '42.2': '2018-01-26',
      '42.3': '2019-07-01',
      '15.0': '2019-12-03',
      '15.1': '2021-02-02',
      '15.2': '2022-01-04',
      '15.3': '2022-12-31',
      '15.4': '2023-12-07',
      '15.5': '2024-12-31',
      '15.6': '2026-04-30',
      '16.0': '2027-10-31',
    },
  },
  fedora: {
    name: 'Fedora Linux',
    parts: 1,
    link: 'https://endoflife.date/fedora',
    ends: {
      32: '2021-05-25',
      33: '2021-11-30',
      34: '2022-06-07',
      35: '2022-12-13',
      36: '2023-05-16',
      37: '2023-12-05',
      38: '2024-05-21',
      39: '2024-11-26',
      40: '2025-05-13',
      41: '2025-12-15',
      42: '2026-05-27',
      43: '2026-12-09',
      44: '2027-06-02',
    },
  },
  alpine: {
    name: 'Alpine Linux',
    parts: 2,
    link: 'https://endoflife.date/alpine-linux',
    ends: {
      '3.8': '2020-05-01',
      '3.9': '2020-11-01',
      '3.10': '2021-05-01',
      '3.11': '2021-11-01',
      '3.12': '2022-05-01',
      '3.13': '2022-11-01',
      '3.14': '2023-05-01',
      '3.15': '2023-11-01',
      '3.16': '2024-05-23',
      '3.17': '2024-11-22',
      '3.18': '2025-05-09',
      '3.19': '2025-11-01',
      '3.20': '2026-04-01',
      '3.21': '2026-11-01',
      '3.22': '2027-05-01',
      '3.23': '2027-11-01',
      '3.24': '2028-06-01',
    },
  },
};

/** The last day of a distribution's free security updates, and where that is written. */
export type EndOfLife = {
  readonly release: string;
  readonly endsOn: string;
  readonly paid: string | null;
  readonly link: string;
};

/** When a distribution ends, by os-release's ID and VERSION_ID; null for those that the table does not know. */
export const endOfLife = ({ id, version, pretty }: OperatingSystem): EndOfLife | null => {
  const key = id === 'centos' && /stream/i.test(pretty) ? 'centos stream' : id;
  const family = Object.hasOwn(FAMILIES, key) ? FAMILIES[key] : undefined;
  const release = version.split('.').slice(0, family?.parts).join('.');
  const endsOn = family && Object.hasOwn(family.ends, release) ? family.ends[release] : undefined;
  if (!family || !endsOn) return null;
  return { release: `${family.name} ${release}`, endsOn, paid: family.paid ?? null, link: family.link };
};
