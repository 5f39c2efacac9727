import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { type NetworkPosition, networkPosition } from '../../src/facts/database/network.ts';
import type { Finding } from '../../src/model.ts';

const DAY = 86_400_000;

const PLACES: Readonly<Record<NetworkPosition, string>> = {
  socket: 'over a socket on this host',
  loopback: 'within this host',
  private: 'within a private network',
  public: 'across networks',
  unknown: 'to an address that is not known',
};
/** Where nobody in between could listen, or the way is the operator's own. */
const INNER: ReadonlySet<NetworkPosition> = new Set(['socket', 'loopback', 'private']);

const certificate = (validTo: string | null, epochMs: number, warnDays: number): readonly Finding[] => {
  const end = validTo === null ? Number.NaN : Date.parse(validTo);
  if (Number.isNaN(end) || end - epochMs >= warnDays * DAY) return [];
  const day = new Date(end).toISOString().slice(0, 10);
  return [
    warn(end < epochMs ? `The server's certificate expired on ${day}` : `The server's certificate expires on ${day}`, {
      subject: 'certificate',
      remedy: "Renew the database server's certificate.",
    }),
  ];
};

/** Whether this very session is encrypted and with whom, judged by where the database is. */
export const databaseTls = defineCheck({
  id: 'database.tls',
  title: 'Database TLS',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches:
    "Looks at the session that was opened: cipher, certificate, and whether the certificate's name and chain hold.",
  remedy: "Turn on TLS at the server, and give its CA's certificate in WA_DB_SSL_CA.",
  requirement: z.strictObject({ warnDays: z.int().check(z.nonnegative()) }),
  limit: () => ({ op: 'is', value: 'encrypted', display: 'encrypted and verified across networks' }),
  async measure(host) {
    const login = await loginOf(host);
    const [{ target, address, addresses, tls, tlsOffered }, { epochMs }] = await Promise.all([
      host.database('connect'),
      host.system('now'),
    ]);
    const position = networkPosition({ socket: login.socket, address, addresses, host: login.host });
    return { target, position, mode: login.tls.mode, from: login.tls.from, tls, tlsOffered, epochMs };
  },
  figure: ({ tls }) => ({
    value: tls?.protocol ?? 'none',
    display: tls ? `${tls.protocol}, ${tls.verified ? 'verified' : 'not verified'}` : 'not encrypted',
  }),
  judge({ target, position, mode, from, tls, tlsOffered, epochMs }, { warnDays }) {
    const inner = INNER.has(position);
    const place = PLACES[position];
    const asked = `TLS mode ${mode} by ${from}`;
    const extra = { subject: target };
    if (!tls) {
      const offer = { true: ', though the server offers it', false: ', and the server offers none', null: '' }[
        `${tlsOffered}`
      ];
      const is = `The session is not encrypted${offer} (${asked}), ${place}`;
      if (inner) return pass(is, extra);
      const remedy = tlsOffered
        ? 'Let the login use TLS: --db-tls verify, and WA_DB_SSL_CA for the client.'
        : 'Turn on TLS at the database server.';
      return warn(`${is}: whoever is in between reads it`, { ...extra, remedy });
    }
    const is = `The session is encrypted (${tls.protocol}, ${tls.cipher}; ${asked})`;
    const old = certificate(tls.validTo, epochMs, warnDays);
    if (tls.verified) return [pass(`${is} and the server's certificate was verified`, extra), ...old];
    const fault = tls.fault ? `; it would not verify: ${tls.fault}` : '';
    const unverified = `${is}, ${place}, but the server's certificate was not verified${fault}`;
    if (inner) return [pass(unverified, extra), ...old];
    const remedy =
      "Give the CA's certificate (WA_DB_SSL_CA), and verify: --db-tls verify, WA_DB_SSL_VERIFY for the client.";
    return [warn(`${unverified}: whoever is in between could pose as the server`, { ...extra, remedy }), ...old];
  },
});
