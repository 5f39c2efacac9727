import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { dnsFinding, isNoName, seenBy } from '../../src/facts/network/dns-findings.ts';
import { day, hostName } from '../../src/facts/network/requirement.ts';
import { fromBoth } from '../../src/facts/network/views.ts';
import { duration, milliseconds } from '../../src/units.ts';

/** Whether the vendor's names resolve every time and at once, by this host's name servers and by those of Coreapp's network. */
export const networkDns = defineCheck({
  id: 'network.dns',
  title: 'Name resolution',
  group: 'network',
  phase: 'before',
  outbound: true,
  touches: "Resolves names of the vendor ten times each, from this host and from Coreapp's network.",
  remedy: 'Give name servers that answer every time and within 100 ms.',
  requirement: z.strictObject({
    hosts: z.array(hostName).check(z.minLength(1)),
    max: duration,
    firstMax: duration,
    endedOn: day,
  }),
  limit: ({ max }) => ({ op: '<=', value: max, unit: 'ms', display: `every time, within ${milliseconds(max)}` }),
  async measure(host, { hosts }) {
    const looked = await Promise.all(hosts.map((name) => fromBoth((side) => host.network('dns', side, name))));
    // Only a name that is not there any more is told by the day.
    const unknown = looked.some((views) => isNoName(seenBy(views)));
    return { epochMs: unknown ? (await host.system('now')).epochMs : null, looked };
  },
  figure({ looked }) {
    const all = looked.map(seenBy);
    const slowest = Math.max(0, ...all.flatMap(({ times }) => times));
    const failures = all.reduce((sum, one) => sum + one.failures.length, 0);
    const failed = failures > 0 ? `, ${failures} failed` : '';
    return { value: slowest, unit: 'ms', stat: 'max', display: `at most ${milliseconds(slowest)}${failed}` };
  },
  judge({ looked, epochMs }, { hosts, ...limit }) {
    const resolved = hosts.filter((_, at) => looked[at] && seenBy(looked[at]).times.length > 0);
    return hosts.flatMap((name, at) => {
      const views = looked[at];
      return views ? [dnsFinding(name, views, limit, resolved.find((one) => one !== name) ?? null, epochMs)] : [];
    });
  },
});
