import type { ExecAnswer } from '../host/answers/answers.ts';

/** What one program says of the clock; `offsetMs` is its distance from true time where it tells. */
export type ClockState = { readonly synchronised: boolean; readonly offsetMs: number | null };

/** A program that may know, and how to read it; null where it does not tell (not running, not understood). */
export type ClockSource = {
  readonly command: readonly [program: string, ...args: readonly string[]];
  readonly read: (answer: NonNullable<ExecAnswer>) => ClockState | null;
};

const state = (synchronised: boolean, offsetMs?: number): ClockState => ({
  synchronised,
  offsetMs: offsetMs !== undefined && Number.isFinite(offsetMs) ? offsetMs : null,
});

/** `chronyc -c tracking`: commas; the fifth field is the offset in seconds, the last one the leap status. */
const chronyFields: ClockSource['read'] = ({ exitCode, stdout }) => {
  const fields = stdout.trim().split('\n').at(-1)?.split(',') ?? [];
  if (exitCode !== 0 || fields.length < 14) return null;
  const synchronised = fields[13] !== 'Not synchronised' && fields[2] !== '0';
  return state(synchronised, synchronised ? Number(fields[4]) * 1000 : undefined);
};

/** `chronyc tracking` of versions that know no -c. */
const chronyLines: ClockSource['read'] = ({ exitCode, stdout }) => {
  const leap = /^Leap status\s*:\s*(.+?)\s*$/m.exec(stdout)?.[1];
  if (exitCode !== 0 || !leap) return null;
  const [, seconds, side] = /^System time\s*:\s*([\d.]+) seconds (fast|slow)/m.exec(stdout) ?? [];
  const offset = seconds === undefined ? undefined : Number(seconds) * (side === 'slow' ? -1000 : 1000);
  return leap === 'Not synchronised' ? state(false) : state(true, offset);
};

/** `ntpq -c rv`: "leap_none, sync_ntp, ..." and an offset in ms. */
const ntpVariables: ClockSource['read'] = ({ stdout }) => {
  const [, leap, sync] = /status=[0-9a-f]+ (leap_\w+), (sync_\w+)/.exec(stdout) ?? [];
  if (!leap || !sync) return null;
  const synchronised = leap !== 'leap_alarm' && sync !== 'sync_unspec';
  const offset = /\boffset=([-+]?[\d.]+)/.exec(stdout)?.[1];
  return state(synchronised, synchronised && offset !== undefined ? Number(offset) : undefined);
};

/** `timedatectl`: "NTPSynchronized=yes"; systemd before 239: "NTP synchronized: yes". */
const timedate: ClockSource['read'] = ({ exitCode, stdout }) => {
  const told = /^\s*(?:NTPSynchronized=|NTP synchronized: |System clock synchronized: )(yes|no)\s*$/m.exec(stdout)?.[1];
  return exitCode === 0 && told ? state(told === 'yes') : null;
};

/** `ntpstat`: its exit code tells, 0 synchronised, 1 not, 2 no answer. */
const ntpStatus: ClockSource['read'] = ({ exitCode, stdout }) => {
  if (exitCode === 0 && /^synchronised/m.test(stdout)) return state(true);
  return exitCode === 1 && /^unsynchronised/m.test(stdout) ? state(false) : null;
};

/** Flag STA_UNSYNC of adjtimex(2): the kernel's own word. */
const UNSYNCHRONISED = 0x40;
const kernelFlags: ClockSource['read'] = ({ exitCode, stdout }) => {
  const flags = /\bstatus:\s+(0x[0-9a-f]+|\d+)/i.exec(stdout)?.[1];
  return exitCode === 0 && flags ? state((Number(flags) & UNSYNCHRONISED) === 0) : null;
};

/** The programs in the order in which they are asked: those that know the offset first. The first that tells counts. */
export const CLOCK_SOURCES: readonly ClockSource[] = [
  { command: ['chronyc', '-n', '-c', 'tracking'], read: chronyFields },
  { command: ['chronyc', '-n', 'tracking'], read: chronyLines },
  { command: ['ntpq', '-n', '-c', 'rv'], read: ntpVariables },
  { command: ['timedatectl', 'show', '-p', 'NTPSynchronized'], read: timedate },
  { command: ['timedatectl', 'status'], read: timedate },
  { command: ['ntpstat'], read: ntpStatus },
  { command: ['adjtimex', '--print'], read: kernelFlags },
  { command: ['busybox', 'adjtimex'], read: kernelFlags },
];
