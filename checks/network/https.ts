import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { goneOf } from '../../src/facts/network/gone.ts';
import { httpsFinding, type LookedHost, portIn, sideFor } from '../../src/facts/network/https-findings.ts';
import { day, type HttpsHost, httpsHost, portOf } from '../../src/facts/network/requirement.ts';
import { reachFromBoth } from '../../src/facts/network/views.ts';

/** Whether the vendor's HTTPS hosts are reached: name, connection and handshake, from this host and from Coreapp's network. */
export const networkHttps = defineCheck({
  id: 'network.https',
  title: 'HTTPS hosts',
  group: 'network',
  phase: 'before',
  outbound: true,
  touches:
    "Connects to the vendor's HTTPS hosts from this host and from Coreapp's network: a TLS handshake and no more.",
  remedy: 'Open outgoing TCP 443 to the host that the finding names.',
  requirement: z.strictObject({ hosts: z.array(httpsHost).check(z.minLength(1)), endedOn: day }),
  limit: ({ hosts }) => {
    const needed = hosts.filter((one) => one.needed).map(({ host }) => host);
    return { op: 'is', value: needed, display: `${needed.join(', ') || 'none'} reached` };
  },
  async measure(host, { hosts }) {
    const names = hosts.map((one) => one.host);
    const look = async (wanted: HttpsHost): Promise<LookedHost> => {
      const views = await reachFromBoth(host, wanted.host, [portOf(wanted)]);
      const others = names.filter((name) => name !== wanted.host);
      return { views, gone: await goneOf(host, views, others) };
    };
    return { looked: await Promise.all(hosts.map(look)) };
  },
  figure({ looked }, { hosts }) {
    const reached = looked.filter(({ views }, at) => !portIn(views, sideFor(hosts[at] as HttpsHost, views))?.failed);
    return { value: reached.length, unit: '{host}', display: `${reached.length} of ${hosts.length} reached` };
  },
  judge: ({ looked }, { hosts, endedOn }) =>
    hosts.flatMap((wanted, at) => {
      const one = looked[at];
      return one ? [httpsFinding(wanted, one, endedOn)] : [];
    }),
});
