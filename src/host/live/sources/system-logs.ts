import { type Source, SourceError } from '../../source.ts';
import { kernelNames } from '../kernel-files.ts';
import { foreignBytes } from './foreign.ts';
import type { AllPatience } from './patience.ts';
import { programSource } from './program-source.ts';
import { readingOf, sourceOf } from './source-of.ts';

type Window = { readonly since: number; readonly until: number };

/** What kernels say when memory is short, a disk or its file system fails, or a process hangs or crashes. */
const TROUBLE =
  /out of memory|oom[-_ ]?(kill|reaper)|killed process|i\/o error|blk_update_request|buffer i\/o|ext4-fs|xfs|btrfs|remount|read-only|nvme|ata\d|scsi|sd[a-z]\b|vd[a-z]\b|blocked for more than|hung[_ ]task|soft lockup|segfault|general protection|hardware error|machine check|thermal|nf_conntrack|link is (down|up)|nfs:|clocksource|overlayfs/i;

const KERNEL_MOST = 1 << 20;
const JOURNAL_MOST = 4 << 20;
const stamp = (ms: number): string => `@${Math.floor(ms / 1000)}`;

/** Messages of the kernel about memory, disks, crashes and hangs. */
const kernelMessages = ({ programs }: AllPatience): Source =>
  programSource(
    {
      path: 'host/kernel-messages.log',
      part: 'host',
      origin: 'kernel messages about memory, disks, crashes',
      form: 'log',
      priority: 3,
    },
    [
      { name: 'dmesg', args: ['--time-format', 'iso', '--nopager'], withinMs: 5000, most: KERNEL_MOST, keep: TROUBLE },
      {
        name: 'journalctl',
        args: ['-k', '-o', 'short-iso', '--no-pager', '-n', '20000'],
        withinMs: 5000,
        most: KERNEL_MOST,
        keep: TROUBLE,
      },
      { name: 'dmesg', args: [], withinMs: 5000, most: KERNEL_MOST, keep: TROUBLE },
    ],
    programs,
  );

const DAEMON_LOGS = ['/var/log/docker.log', '/var/log/upstart/docker.log'];
const SYSLOGS = ['/var/log/syslog', '/var/log/messages'];
const DAEMON_LINE = /docker|containerd/i;

const plainFile = ({ files }: AllPatience, names: readonly string[], keep: RegExp | null, path: string): Source =>
  sourceOf(
    { path, part: 'journal', collector: 'file', origin: names.join(', '), form: 'log', priority: 3 },
    async (signal) => {
      for (const name of names) {
        const found = await foreignBytes(files, name, signal);
        if (!found) continue;
        const whole = found.bytes.length === found.size;
        const lines = found.bytes.subarray(whole ? 0 : found.bytes.indexOf(0x0a) + 1).toString('latin1');
        const text = keep
          ? lines
              .split(/(?<=\n)/)
              .filter((line) => keep.test(line))
              .join('')
          : lines;
        const reason = `the newest ${Math.ceil(found.bytes.length / 1024)} KiB of ${name} were looked at`;
        return readingOf(Buffer.from(text, 'latin1'), whole ? null : { state: 'cut', reason });
      }
      throw new SourceError('absent', `there is no ${names.join(' and no ')} (ENOENT)`);
    },
  );

/** The journal of Docker's daemons, or where this host keeps none, what its log files hold of them. */
export const systemLogs = ({ since, until }: Window, all: AllPatience): readonly Source[] => {
  const units = ['-u', 'docker', '-u', 'containerd', '-u', 'docker.socket'];
  const args = [...units, '--since', stamp(since), '--until', stamp(until), '-o', 'short-iso', '--no-pager'];
  const journal = { path: 'journal/docker.log', part: 'journal', form: 'log', priority: 3 } as const;
  const origin = `journal of docker and containerd, ${new Date(since).toISOString()} to ${new Date(until).toISOString()}`;
  const withSystemd = kernelNames('/run/systemd/system').length > 0 || kernelNames('/run/log/journal').length > 0;
  return [
    kernelMessages(all),
    ...(withSystemd
      ? [
          programSource(
            { ...journal, origin },
            [{ name: 'journalctl', args, withinMs: 8000, most: JOURNAL_MOST }],
            all.programs,
          ),
        ]
      : [
          plainFile(all, DAEMON_LOGS, null, 'journal/docker.log'),
          plainFile(all, SYSLOGS, DAEMON_LINE, 'journal/syslog-docker.log'),
        ]),
  ];
};
