import * as z from 'zod/mini';
import { defineCheck, fail, pass, warn } from '../../src/check.ts';
import { failuresOf } from '../../src/facts/network/reach-words.ts';
import { hostName, portNumber } from '../../src/facts/network/requirement.ts';
import { deciding, type Reach, reachFromBoth, sideWords } from '../../src/facts/network/views.ts';
import type { NetworkAnswers } from '../../src/host/answers/network.ts';

type Setting = NetworkAnswers['proxies']['settings'][number];

const isProxy = ({ name }: Setting): boolean => !/^no_proxy$/i.test(name);
/** Set for the client itself, now or when its containers are made anew. */
const isForClient = ({ where }: Setting): boolean => /^(container |Docker's client configuration)/.test(where);

const told = (settings: readonly Setting[]): string =>
  settings.map(({ where, name, value }) => `${name}=${value} (${where})`).join(', ');

/** A connection came about, whatever was then said on it. */
const isReached = ({ ports }: Reach): boolean => ports.some(({ steps }) => steps.some(({ step }) => step === 'tcp'));

/** Whether the way out leads through an HTTP proxy alone, which the chat protocol cannot take. */
export const networkProxy = defineCheck({
  id: 'network.proxy',
  title: 'HTTP proxy',
  group: 'network',
  phase: 'before',
  outbound: true,
  touches:
    "Reads the proxy variables of this process, of Docker and of the client's containers, and connects to the vendor's hosts without them.",
  remedy: "Let Coreapp's connections on 443 and 5222 out without a proxy.",
  requirement: z.strictObject({
    host: hostName,
    ports: z.array(portNumber).check(z.minLength(1)),
    others: z.array(z.strictObject({ host: hostName, port: portNumber })),
  }),
  limit: () => ({ op: 'is', value: 'direct', display: 'connections without a proxy' }),
  async measure(host, { host: name, ports, others }) {
    const [{ settings }, chat, ...rest] = await Promise.all([
      host.network('proxies'),
      reachFromBoth(
        host,
        name,
        ports.map((port) => `${port}/tcp`),
      ),
      ...others.map((other) => reachFromBoth(host, other.host, [`${other.port}/tls`])),
    ]);
    const side = deciding(chat);
    const reached = [chat, ...rest].some((views) => views[side].seen && isReached(views[side].seen));
    const why = reached ? null : failuresOf((chat[side].seen as Reach).ports);
    return { settings, where: sideWords(chat, side), reached, why };
  },
  figure: ({ settings }) => {
    const proxies = settings.filter(isProxy);
    return { value: proxies.length, unit: '{setting}', display: proxies.length > 0 ? 'a proxy is set' : 'none set' };
  },
  judge({ settings, where, reached, why }, { host: name }) {
    const proxies = settings.filter(isProxy);
    if (proxies.length === 0) return pass("No HTTP proxy is set for this process, Docker or the client's containers");
    if (!reached)
      return fail(
        `A proxy is set (${told(proxies)}), and without it nothing of the vendor's is reached ${where}, ${name} neither (${why}): the chat protocol is not HTTP and goes through no HTTP proxy`,
        { remedy: 'Let outgoing TCP 443 and 5222 out directly, without a proxy.' },
      );
    const client = proxies.filter(isForClient);
    if (client.length > 0)
      return warn(
        `A proxy is set for the client's containers (${told(client)}), though connections get out ${where} without it: whether the client uses it, the vendor does not say`,
        {
          remedy:
            'Take the proxy variables from the containers of the client and from "proxies" of Docker\'s config.json.',
        },
      );
    return pass(
      `A proxy is set (${told(proxies)}), and the client needs none: connections get out ${where} without it`,
    );
  },
});
