import { type Draw, HEX, LOWER } from './draw.ts';
import type { Ledger, Way } from './planted.ts';

const SITES = ['sin', 'lon', 'gru', 'wa', 'mysql', 'pgsql', 'app', 'edge', 'lb', 'node'] as const;
const ROLES = ['prod', 'dr', 'a', 'blue', 'shard1', 'web', 'master', 'uat'] as const;
const ZONES = [
  ...['prod.contoso.example', 'svc.megashop.example.net', 'eu.clinic.example.org', 'internal.telco.example'],
  ...['wa.bank.example.com', 'lan.hotel.example'],
] as const;

/** Makers of addresses and names of hosts. */
export const networkOf = (draw: Draw, book: Ledger, file: string) => {
  const plant = (name: string, canary: string, way?: Way) => book.secret(file, name, canary, way);
  const byte = () => draw.between(1, 254);
  const label = () => book.fresh(() => `${draw.pick(SITES)}-${draw.pick(ROLES)}-${draw.chars(5, LOWER)}`);
  const hextet = () => draw.chars(4, HEX).replace(/^0/, 'b');
  return {
    host(way?: Way) {
      const first = label();
      const name = `${first}.${draw.pick(ZONES)}`;
      return plant('hostname', name, { needles: [first], match: 'ci', ...way });
    },
    /** A host's name without a domain. */
    shortHost(way?: Way) {
      const first = label();
      return plant('hostname', first, { match: 'ci', ...way });
    },
    ip(way?: Way) {
      const text = book.fresh(() =>
        draw.pick([
          () => `10.${byte()}.${byte()}.${byte()}`,
          () => `192.168.${byte()}.${byte()}`,
          () => `172.${draw.between(18, 31)}.${byte()}.${byte()}`,
          () => `100.${draw.between(64, 127)}.${byte()}.${byte()}`,
        ])(),
      );
      return plant('ipv4_private', text, { match: 'ip', ...way });
    },
    publicIp(way?: Way) {
      const net = draw.pick([31, 45, 57, 81, 102, 129, 179, 185, 203, 212]);
      const text = book.fresh(() => `${net}.${byte()}.${byte()}.${byte()}`);
      return plant('ipv4_public', text, { match: 'ip', ...way });
    },
    ip6(way?: Way) {
      const text = book.fresh(() =>
        draw.pick([
          () => `2a02:${hextet()}:${hextet()}:${hextet()}::${draw.between(2, 9)}f`,
          () => `2001:db8:${hextet()}:${hextet()}:${hextet()}:${hextet()}:${hextet()}:${hextet()}`,
          () => `fe80::${hextet()}:${draw.chars(2, HEX)}ff:fe${draw.chars(2, HEX)}:${hextet()}`,
          () => `fd${draw.chars(2, HEX)}:${hextet()}:${hextet()}::${hextet()}`,
        ])(),
      );
      return plant('ipv6', text, { match: 'ci', ...way });
    },
    mac(style: ':' | '-' = ':', way?: Way) {
      const pair = () => draw.chars(2, HEX);
      const text = book.fresh(() => ['02', '42', pair(), pair(), pair(), pair()].join(style));
      return plant('mac', text, { match: 'ci', ...way });
    },
  };
};
