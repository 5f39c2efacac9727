import * as z from 'zod/mini';
import { defineCheck, fail, pass, warn } from '../../src/check.ts';
import { goneOf, isGone } from '../../src/facts/network/gone.ts';
import { failuresOf, isOpen, numberOf, openingRemedy } from '../../src/facts/network/reach-words.ts';
import { day, hostName, portNumber } from '../../src/facts/network/requirement.ts';
import { deciding, type Reach, reachFromBoth, sideWords, unlooked } from '../../src/facts/network/views.ts';

const openOf = ({ ports }: Reach): readonly string[] => ports.filter(isOpen).map(numberOf);

/** Whether the chat server takes connections on the ports that the client uses, from this host and from Coreapp's network. */
export const networkChat = defineCheck({
  id: 'network.chat',
  title: 'Chat server',
  group: 'network',
  phase: 'before',
  outbound: true,
  touches: "Connects to the vendor's chat server from this host and from Coreapp's network, and says nothing there.",
  remedy: 'Open outgoing TCP 443 and 5222 to the chat server, and let connections without TLS through.',
  requirement: z.strictObject({
    host: hostName,
    /** Used first. */
    port: portNumber,
    /** Without which nothing goes. */
    minimum: portNumber,
    others: z.array(hostName),
    endedOn: day,
  }),
  limit: ({ port, minimum }) => ({ op: 'is', value: [port, minimum], display: `${port} and ${minimum} open` }),
  async measure(host, { host: name, port, minimum, others }) {
    const views = await reachFromBoth(host, name, [`${port}/tcp`, `${minimum}/tcp`]);
    return { views, gone: await goneOf(host, views, others) };
  },
  figure({ views }) {
    const open = openOf(views[deciding(views)].seen as Reach);
    return { value: open.join(', ') || 'none', display: open.length > 0 ? `${open.join(' and ')} open` : 'none open' };
  },
  judge({ views, gone }, { host: name, port, minimum, endedOn }) {
    const side = deciding(views);
    const seen = views[side].seen as Reach;
    const where = sideWords(views, side);
    const beside = unlooked(views);
    if (isGone(gone, endedOn))
      return warn(
        `There is no ${name} any more ${where}, while ${gone.witness} resolves: the vendor ended the product on ${endedOn}, and may have taken its chat server away${beside}`,
        { subject: name, remedy: `Ask another name server whether ${name} is gone, or hidden here.` },
      );
    const open = openOf(seen);
    const closed = seen.ports.filter((one) => !isOpen(one));
    const [failed] = closed.flatMap((one) => one.failed ?? []);
    const other = side === 'coreapp' && views.host.seen ? openOf(views.host.seen) : null;
    const fromHost =
      other && other.join() !== open.join() ? `; from this host ${other.join(' and ') || 'no port'} is open` : '';
    const extra = { subject: name };
    if (!failed) return pass(`${name} takes connections on ${open.join(' and ')} ${where}${fromHost}${beside}`, extra);
    const why = failuresOf(closed);
    const remedy = openingRemedy(failed, side, name, closed.map(numberOf).join(' and '));
    if (open.includes(String(minimum)))
      return warn(
        `${name} takes connections on ${minimum} and not on ${port} ${where} (${why}): the client uses ${port} first and falls back to ${minimum}${fromHost}${beside}`,
        { ...extra, remedy },
      );
    const is =
      open.length > 0 ? `on ${port} and not on ${minimum}, without which ${port} is not supported,` : 'on neither port';
    return fail(`${name} takes connections ${is} ${where} (${why}); ${minimum} is the least${fromHost}${beside}`, {
      ...extra,
      remedy,
    });
  },
});
