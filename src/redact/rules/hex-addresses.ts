import type { Rule } from '../rule.ts';
import { HEX_IP } from '../structure/names.ts';

const FOUR = '[0-9A-F]{8}';
const SIX = '[0-9a-f]{32}';
// Tables of the kernel: /proc/net/route, /proc/net/tcp and its like, /proc/net/ipv6_route, /proc/net/if_inet6.
const ROUTE = new RegExp(`^([\\w.@:-]{1,20}\\s{1,8})(${FOUR})(\\s{1,8})(${FOUR})(\\s{1,8}[0-9A-F]{4}\\s)`, 'gm');
const SOCKET = new RegExp(
  `^(\\s{0,8}\\d{1,8}: )(${FOUR}|[0-9A-F]{32})(:[0-9A-F]{4} )(${FOUR}|[0-9A-F]{32})(:[0-9A-F]{4} [0-9A-F]{2} )`,
  'gm',
);
const ROUTE_SIX = new RegExp(`^(${SIX})( [0-9a-f]{2} )(${SIX})( [0-9a-f]{2} )(${SIX})(?= [0-9a-f]{8} )`, 'gm');
const ADDRESS_SIX = new RegExp(`^(${SIX})(?= [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} )`, 'gm');

/** Addresses in the kernel's own tables, in hexadecimal: each becomes what it is elsewhere. */
export const hexAddresses: Rule = {
  id: HEX_IP.id,
  tier: HEX_IP.tier,
  kind: HEX_IP.kind,
  triggers: [
    '[0-9a-f]{8}[ \\t]{1,8}[0-9a-f]{8}[ \\t]{1,8}[0-9a-f]{4}[ \\t]',
    '[0-9]: [0-9a-f]{8}:[0-9a-f]{4} ',
    '[0-9]: [0-9a-f]{32}:[0-9a-f]{4} ',
    '^[0-9a-f]{32} [0-9a-f]{2} ',
  ],
  apply: (text, put) => {
    const hex = (value: string): string => put(HEX_IP, value);
    return text
      .replace(
        ROUTE,
        (_, lead: string, to: string, gap: string, by: string, rest: string) =>
          `${lead}${hex(to)}${gap}${hex(by)}${rest}`,
      )
      .replace(
        SOCKET,
        (_, lead: string, from: string, port: string, to: string, rest: string) =>
          `${lead}${hex(from)}${port}${hex(to)}${rest}`,
      )
      .replace(
        ROUTE_SIX,
        (_, to: string, bits: string, from: string, more: string, by: string) =>
          `${hex(to)}${bits}${hex(from)}${more}${hex(by)}`,
      )
      .replace(ADDRESS_SIX, hex);
  },
};
