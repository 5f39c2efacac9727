import { uptime } from 'node:os';
import type { Evidence } from '../../evidence.ts';
import { type Source, SourceError } from '../../source.ts';
import { cpu } from '../cpu.ts';
import { identity } from '../identity.ts';
import { kernelLine, kernelText } from '../kernel-files.ts';
import { listeners } from '../listeners.ts';
import { memory } from '../memory.ts';
import { answersFile } from './evidence-files.ts';
import { sizesFile } from './file-system-sizes.ts';
import { fileSource } from './foreign.ts';
import type { AllPatience } from './patience.ts';
import { programSource } from './program-source.ts';
import { dataOf, wholeOf } from './source-of.ts';

/** Settings of the kernel that the client, its database or Docker have been seen to fail by. */
const SYSCTLS = [
  ...['kernel/hostname', 'kernel/osrelease', 'kernel/pid_max', 'kernel/threads-max', 'kernel/panic_on_oom'],
  ...['kernel/core_pattern', 'kernel/seccomp/actions_avail', 'fs/file-max', 'fs/file-nr', 'fs/nr_open'],
  ...['fs/aio-max-nr', 'fs/inotify/max_user_instances', 'fs/inotify/max_user_watches', 'vm/overcommit_memory'],
  ...['vm/overcommit_ratio', 'vm/swappiness', 'vm/max_map_count', 'vm/dirty_ratio', 'vm/dirty_background_ratio'],
  ...['vm/min_free_kbytes', 'net/core/somaxconn', 'net/core/netdev_max_backlog', 'net/ipv4/ip_forward'],
  ...['net/ipv4/ip_local_port_range', 'net/ipv4/tcp_keepalive_time', 'net/ipv4/tcp_keepalive_intvl'],
  ...['net/ipv4/tcp_keepalive_probes', 'net/ipv4/tcp_fin_timeout', 'net/ipv4/tcp_tw_reuse', 'net/ipv4/tcp_syncookies'],
  ...[
    'net/ipv4/tcp_max_syn_backlog',
    'net/ipv4/tcp_mtu_probing',
    'net/ipv4/tcp_retries2',
    'net/ipv6/conf/all/disable_ipv6',
  ],
  ...['net/bridge/bridge-nf-call-iptables', 'net/netfilter/nf_conntrack_max', 'net/netfilter/nf_conntrack_count'],
];

/** Files of the kernel as people read them. */
const KERNEL_TEXTS: Readonly<Record<string, readonly [path: string, origin: string]>> = {
  'kernel.txt': ['/proc/version', 'the kernel and how it was built'],
  'cpuinfo.txt': ['/proc/cpuinfo', 'processors'],
  'meminfo.txt': ['/proc/meminfo', 'memory, in the words of the kernel'],
  'swaps.txt': ['/proc/swaps', 'swap areas'],
  'mounts.txt': ['/proc/self/mountinfo', 'mounts'],
  'diskstats.txt': ['/proc/diskstats', 'reads and writes of disks since the start'],
  'partitions.txt': ['/proc/partitions', 'disks and partitions'],
  'limits.txt': ['/proc/self/limits', 'limits of this process'],
  'cgroup.txt': ['/proc/self/cgroup', 'control groups of this process'],
  'vmstat.txt': ['/proc/vmstat', 'paging and OOM counters'],
};

type Base = { readonly part: 'host'; readonly priority: 1 };
const BASE: Base = { part: 'host', priority: 1 };

const kernelFiles = (): readonly Source[] =>
  Object.entries(KERNEL_TEXTS).map(([name, [path, origin]]) =>
    wholeOf({ ...BASE, path: `host/${name}`, collector: path, origin, form: 'text' }, async () => {
      const text = kernelText(path);
      if (text === null) throw new SourceError('absent', `there is no ${path} that could be read (ENOENT or EACCES)`);
      return text;
    }),
  );

/** What the run was answered, else asked now. */
const systemFile = (evidence: Evidence, topic: string, ask: () => Promise<unknown> | unknown): Source => {
  const key = `system ${JSON.stringify(topic)}`;
  const origin = `the answer to ${key}`;
  return dataOf({ ...BASE, path: `host/${topic}.json`, collector: key, origin }, () => {
    const entry = evidence[key];
    return entry && 'value' in entry ? entry.value : ask();
  });
};

const moment = (): unknown => ({
  at: new Date().toISOString(),
  hostname: kernelLine('/proc/sys/kernel/hostname'),
  uptimeSeconds: Math.round(uptime()),
  loadAverage: kernelLine('/proc/loadavg'),
  commandLine: kernelLine('/proc/cmdline'),
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  pressure: Object.fromEntries(['cpu', 'memory', 'io'].map((what) => [what, kernelText(`/proc/pressure/${what}`)])),
});

const sysctls = (): unknown =>
  Object.fromEntries(SYSCTLS.map((name) => [name.replaceAll('/', '.'), kernelLine(`/proc/sys/${name}`)]));

const FILES: Readonly<Record<string, string>> = {
  'host/os-release.txt': '/etc/os-release',
  'host/fstab.txt': '/etc/fstab',
  'host/limits.conf.txt': '/etc/security/limits.conf',
  'host/chrony.conf.txt': '/etc/chrony/chrony.conf',
};

/** Facts of this host: by the run's answers where it has them, by files of the kernel, and by programs where there is no file. */
export const hostFacts = (evidence: Evidence, all: AllPatience): readonly Source[] => {
  const { files, programs } = all;
  const time = { withinMs: 5000, most: 64 * 1024 };
  return [
    systemFile(evidence, 'identity', identity),
    systemFile(evidence, 'cpu', cpu),
    systemFile(evidence, 'memory', memory),
    systemFile(evidence, 'listeners', listeners),
    dataOf({ ...BASE, path: 'host/now.json', collector: '/proc', origin: 'the host at this moment' }, moment),
    dataOf({ ...BASE, path: 'host/sysctl.json', collector: '/proc/sys', origin: 'settings of the kernel' }, sysctls),
    ...kernelFiles(),
    sizesFile(all),
    answersFile(evidence, 'host', 'host/disk.json', 'answers about disks', (key) => key.startsWith('disk ')),
    answersFile(evidence, 'host', 'host/proxies.json', 'proxies that are set', (key) => key === 'network "proxies"'),
    programSource(
      { ...BASE, path: 'host/time-sync.txt', origin: 'synchronisation of the clock', form: 'text' },
      [
        { name: 'chronyc', args: ['-n', 'tracking'], ...time },
        { name: 'timedatectl', args: ['status'], ...time },
        { name: 'ntpq', args: ['-pn'], ...time },
      ],
      programs,
    ),
    ...Object.entries(FILES).map(([path, file]) => fileSource({ ...BASE, path, file, form: 'text' }, files)),
  ];
};
