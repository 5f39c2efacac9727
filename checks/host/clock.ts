import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { CLOCK_SOURCES, type ClockState } from '../../src/facts/clock-sources.ts';
import { containerSigns } from '../../src/facts/container-signs.ts';
import type { Host } from '../../src/host/host.ts';
import { duration, milliseconds } from '../../src/units.ts';

/** What programs say whose service does not run: another way of asking them helps nothing. */
const NOT_RUNNING = /not been booted with systemd|Failed to connect to bus|Cannot talk to daemon/;

/** The first program that tells; one that is not there, or whose service is not, is not asked twice. */
const asked = async (host: Host): Promise<(ClockState & { readonly from: string }) | null> => {
  const missing = new Set<string>();
  for (const { command, read } of CLOCK_SOURCES) {
    const [program, ...args] = command;
    if (missing.has(program)) continue;
    const answer = await host.exec(program, ...args);
    if (!answer || NOT_RUNNING.test(answer.stdout + answer.stderr)) missing.add(program);
    const told = answer && read(answer);
    if (told) return { ...told, from: command.join(' ') };
  }
  return null;
};

/** Whether the clock follows a time server, and by how much it is off where that is told. */
export const hostClock = defineCheck({
  id: 'host.clock',
  title: 'Clock',
  group: 'host',
  phase: 'before',
  touches: 'Runs chronyc, ntpq, timedatectl, ntpstat or adjtimex, to read only; the first that tells counts.',
  remedy: 'Start a time service, such as chrony or systemd-timesyncd.',
  requirement: z.strictObject({ maxOffset: duration }),
  limit: ({ maxOffset }) => ({
    op: 'is',
    value: 'synchronised',
    display: `within ${milliseconds(maxOffset)}`,
  }),
  measure: async (host) => {
    const identity = await host.system('identity');
    const [told, signs] = await Promise.all([asked(host), containerSigns(host, identity)]);
    return { told, inContainer: signs.sure.length > 0 };
  },
  figure: ({ told }) => ({
    value: told?.synchronised ?? null,
    display: told ? `${told.synchronised ? '' : 'not '}synchronised` : 'not known',
  }),
  judge({ told, inContainer }, { maxOffset }) {
    const whose = inContainer ? " In a container the clock is the host's." : '';
    if (!told)
      return unknown(
        `No program here tells whether the clock is synchronised (chrony, ntpd, systemd, adjtimex).${whose}`,
      );
    const { synchronised, offsetMs, from } = told;
    if (!synchronised)
      return warn(`The clock is not synchronised (${from}); it should follow a time server.${whose}`, {
        remedy:
          'Start a time service, such as chrony or systemd-timesyncd, and wait until it reports being synchronised.',
      });
    const off = offsetMs === null ? '' : `, off by ${milliseconds(Math.abs(offsetMs))}`;
    if (Math.abs(offsetMs ?? 0) > maxOffset)
      return fail(`The clock is synchronised${off} (${from}); at most ${milliseconds(maxOffset)} is allowed.${whose}`, {
        remedy: 'Step the clock to the right time with the time service, for example "chronyc makestep".',
      });
    return pass(`The clock is synchronised${off} (${from}).${whose}`);
  },
});
