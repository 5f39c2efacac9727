import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';
import { endOfLife } from '../../src/facts/end-of-life.ts';
import { operatingSystem } from '../../src/facts/os-release.ts';
import { upgradeTo } from '../../src/facts/upgrade-advice.ts';

/** The distribution, recorded, and whether it still gets security updates on the day of the run. */
export const hostOs = defineCheck({
  id: 'host.os',
  title: 'Operating system',
  group: 'host',
  phase: 'before',
  touches: 'Reads /etc/os-release, or the file that older distributions have instead.',
  remedy: 'Move to a release of the distribution that its vendor still supports.',
  requirement: z.strictObject({ warnWhenEnded: z.boolean() }),
  limit: () => ({ op: 'is', value: 'supported', display: 'a supported release' }),
  measure: async (host) => {
    const [os, { epochMs }] = await Promise.all([operatingSystem(host), host.system('now')]);
    if (!os) throw new Error('no file names the distribution: neither os-release nor an older one is there');
    return { ...os, today: new Date(epochMs).toISOString().slice(0, 10), end: endOfLife(os) };
  },
  figure: ({ id, version, pretty }) => ({ value: `${id} ${version}`.trim(), display: pretty }),
  judge({ id, pretty, today, end }, { warnWhenEnded }) {
    if (pretty.trim() === '') return unknown('The distribution has no name in os-release.');
    if (!end) return pass(`${pretty}; its end of life is not known to this tool.`);
    if (today <= end.endsOn) return pass(`${pretty}, with security updates until ${end.endsOn}`, { link: end.link });
    const message = `${pretty} got its last free security updates on ${end.endsOn}; a supported release is needed.`;
    if (!warnWhenEnded) return pass(message, { link: end.link });
    const paid = end.paid ? `, or have it covered by ${end.paid}` : '';
    return warn(message, { remedy: `Move to ${upgradeTo({ id })}${paid}.`, link: end.link });
  },
});
