import { describe, expect, it } from 'vitest';
import { hostClock } from '../../../checks/host/clock.ts';
import { type Answers, judged } from '../../support/judged.ts';
import { identity, NO_CONTAINER } from './answers.ts';

const printed = (stdout: string, exitCode = 0, stderr = '') => ({ exitCode, stdout, stderr });
const CHRONY = 'exec "chronyc" "-n" "-c" "tracking"';
const CHRONY_TEXT = 'exec "chronyc" "-n" "tracking"';
const NTPQ = 'exec "ntpq" "-n" "-c" "rv"';
const SHOW = 'exec "timedatectl" "show" "-p" "NTPSynchronized"';
const STATUS = 'exec "timedatectl" "status"';
const NTPSTAT = 'exec "ntpstat"';
const ADJTIMEX = 'exec "adjtimex" "--print"';
const BUSYBOX = 'exec "busybox" "adjtimex"';
const NOTHING: Answers = Object.fromEntries([CHRONY, NTPQ, SHOW, NTPSTAT, ADJTIMEX, BUSYBOX].map((key) => [key, null]));
const on = (answers: Answers) =>
  judged(hostClock, { 'system "identity"': identity, ...NO_CONTAINER, ...NOTHING, ...answers });

const tracking = (offset: string, leap = 'Normal', stratum = 3) =>
  printed(
    `C0A80101,192.168.1.1,${stratum},1763812800.123456789,${offset},0.000001,0.00002,-1.5,0.001,0.02,0.003,0.0004,64.2,${leap}`,
  );
const trackingText = (leap: string, time = '0.000012345 seconds slow of NTP time') =>
  printed(
    `Reference ID    : 192.168.1.1 (192.168.1.1)\nStratum         : 3\nSystem time     : ${time}\nLeap status     : ${leap}`,
  );
const rv = (status: string, offset: string) =>
  printed(
    `associd=0 status=${status}, 2 events, clock_sync,\nversion="ntpd 4.2.8p15", leap=00, stratum=3,\noffset=${offset}, frequency=-1.2`,
  );
const oldStatus = (word: string) =>
  printed(
    `      Local time: Sun 2026-11-22 12:00:00 UTC\n  Universal time: Sun 2026-11-22 12:00:00 UTC\n Network time on: yes\nNTP synchronized: ${word}\n RTC in local TZ: no`,
  );
const adjtimex = (status: string) =>
  printed(`    mode:         0\n    maxerror:     16000000\n    status:       ${status}\n    return value: 0`);

const NO_DAEMON = printed('506 Cannot talk to daemon', 1);
const NO_SYSTEMD = printed('', 1, "System has not been booted with systemd as init system (PID 1). Can't operate.");

describe('host.clock', () => {
  it.each<[string, Answers, 'pass' | 'warn', number | null]>([
    ['chrony', { [CHRONY]: tracking('0.000012') }, 'pass', 0.012],
    ['chrony, behind', { [CHRONY]: tracking('-0.250000') }, 'pass', -250],
    ['chrony, exactly at the limit', { [CHRONY]: tracking('10.000000') }, 'pass', 10_000],
    ['chrony, beyond the limit', { [CHRONY]: tracking('10.001000') }, 'warn', 10_001],
    ['chrony, far behind', { [CHRONY]: tracking('-3600.0') }, 'warn', -3_600_000],
    ['chrony, not synchronised', { [CHRONY]: tracking('0.000000', 'Not synchronised', 0) }, 'warn', null],
    [
      'old chrony',
      { [CHRONY]: printed('Unrecognized command', 1), [CHRONY_TEXT]: trackingText('Normal') },
      'pass',
      -0.012345,
    ],
    [
      'old chrony, not synchronised',
      { [CHRONY]: printed('', 1), [CHRONY_TEXT]: trackingText('Not synchronised') },
      'warn',
      null,
    ],
    ['ntpd', { [NTPQ]: rv('0615 leap_none, sync_ntp', '-0.345') }, 'pass', -0.345],
    ['ntpd, not synchronised', { [NTPQ]: rv('c016 leap_alarm, sync_unspec', '0.000') }, 'warn', null],
    ['systemd', { [SHOW]: printed('NTPSynchronized=yes') }, 'pass', null],
    ['systemd, not synchronised', { [SHOW]: printed('NTPSynchronized=no') }, 'warn', null],
    ['systemd 229', { [SHOW]: printed('', 1, 'Unknown operation show'), [STATUS]: oldStatus('yes') }, 'pass', null],
    ['systemd 229, not synchronised', { [SHOW]: printed('', 1), [STATUS]: oldStatus('no') }, 'warn', null],
    ['systemd 237', { [SHOW]: printed('', 1), [STATUS]: printed('System clock synchronized: yes') }, 'pass', null],
    ['ntpstat', { [NTPSTAT]: printed('synchronised to NTP server (10.0.0.1) at stratum 3') }, 'pass', null],
    [
      'ntpstat, not synchronised',
      { [NTPSTAT]: printed('unsynchronised\n  polling server every 64 s', 1) },
      'warn',
      null,
    ],
    ['adjtimex', { [ADJTIMEX]: adjtimex('8193') }, 'pass', null],
    ['adjtimex, not synchronised', { [ADJTIMEX]: adjtimex('64') }, 'warn', null],
    ['adjtimex in hex', { [ADJTIMEX]: adjtimex('0x2041') }, 'warn', null],
    ['busybox, not synchronised', { [BUSYBOX]: adjtimex('64 (UNSYNC)') }, 'warn', null],
    ['busybox', { [BUSYBOX]: adjtimex('1 (PLL)') }, 'pass', null],
  ])('reads %s', async (_, answers, outcome, offsetMs) => {
    const result = await on(answers);
    expect(result.outcome).toBe(outcome);
    const { told } = result.measured as unknown as { told: { offsetMs: number | null } };
    if (offsetMs === null) expect(told.offsetMs).toBeNull();
    else expect(told.offsetMs).toBeCloseTo(offsetMs, 6);
    if (outcome === 'warn') expect(result.findings[0]?.remedy).toBeTruthy();
  });

  it('goes on where a program is there but does not know', async () => {
    const result = await on({
      [CHRONY]: NO_DAEMON,
      [CHRONY_TEXT]: new Error('asked twice'),
      [NTPQ]: printed('', 0, 'ntpq: read: Connection refused'),
      [SHOW]: NO_SYSTEMD,
      [STATUS]: new Error('asked twice'),
      [NTPSTAT]: printed('Unable to talk to NTP daemon. Is it running?', 2),
      [BUSYBOX]: adjtimex('64 (UNSYNC)'),
    });
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('busybox adjtimex');
  });

  it('is unknown where nothing can tell', async () => {
    expect((await on({})).outcome).toBe('unknown');
    expect((await on({ [BUSYBOX]: printed('', 1, 'adjtimex: applet not found') })).outcome).toBe('unknown');
    expect((await on({ [SHOW]: new Error('no answer') })).outcome).toBe('unknown');
  });

  it("says in a container that the clock is the host's", async () => {
    const inside = { 'system "identity"': { ...identity, container: 'lxc' } };
    expect((await on({ ...inside, [SHOW]: printed('NTPSynchronized=yes') })).message).toContain(
      "the clock is the host's",
    );
    expect((await on(inside)).message).toContain("the clock is the host's");
  });
});
