import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, warn } from '../../src/check.ts';
import { faultWords, issuerOf } from '../../src/facts/network/fault-words.ts';
import { portIn, sideFor } from '../../src/facts/network/https-findings.ts';
import { httpsHost, portOf } from '../../src/facts/network/requirement.ts';
import { reachFromBoth, sideWords } from '../../src/facts/network/views.ts';
import type { TlsSession } from '../../src/host/answers/connection.ts';
import type { Finding } from '../../src/model.ts';

type Shown = { readonly host: string; readonly where: string; readonly session: TlsSession };

const NOBODY = skip('None of the HTTPS hosts showed a certificate: see network.https.', { subject: 'network.https' });

const WITHOUT = 'Take these hosts out of TLS inspection, so that the client sees the certificates of the vendor.';

/** What all of those have in common who show certificates of one issuer that is the same kind of wrong. */
const findingOf = (group: readonly Shown[]): Finding => {
  const [{ session, where }] = group as readonly [Shown, ...Shown[]];
  const hosts = group.map(({ host }) => host).join(', ');
  const { by, fault } = session;
  const issuer = issuerOf(session);
  const extra = { subject: hosts };
  if (by === 'public') return pass(`${hosts}: issued by a public authority (${issuer}), ${where}`, extra);
  if (fault === null)
    return warn(
      `${hosts}: issued by ${issuer}, ${where}, which this machine trusts and the world does not: somebody opens TLS on the way, and the client's image knows no such authority`,
      { ...extra, remedy: WITHOUT },
    );
  return fail(
    `${hosts}: the certificate of ${issuer} is not good ${where}: ${faultWords(fault)}; somebody else answers, or opens TLS on the way`,
    {
      ...extra,
      remedy: WITHOUT,
    },
  );
};

/** Who issued the certificates that the vendor's HTTPS hosts are seen to show: a public authority, or somebody in between. */
export const networkTlsInterception = defineCheck({
  id: 'network.tls-interception',
  title: 'TLS inspection',
  group: 'network',
  phase: 'after',
  outbound: true,
  touches: "Looks at the certificates that the vendor's HTTPS hosts show in a TLS handshake.",
  remedy: 'Take the hosts of the vendor out of TLS inspection.',
  requirement: z.strictObject({ hosts: z.array(httpsHost).check(z.minLength(1)) }),
  limit: () => ({ op: 'is', value: 'public', display: 'issued by public authorities' }),
  async measure(host, { hosts }) {
    const views = await Promise.all(hosts.map((one) => reachFromBoth(host, one.host, [portOf(one)])));
    const shown = views.flatMap((one, at): readonly Shown[] => {
      const wanted = hosts[at];
      if (!wanted) return [];
      const side = sideFor(wanted, one);
      const session = portIn(one, side)?.tls;
      return session ? [{ host: wanted.host, where: sideWords(one, side), session }] : [];
    });
    if (shown.length === 0) throw new Unasked(NOBODY);
    return { shown };
  },
  figure({ shown }) {
    const others = shown.filter(({ session }) => session.by !== 'public').length;
    return {
      value: others,
      unit: '{host}',
      display: others > 0 ? `${others} of ${shown.length} are not public` : 'all public',
    };
  },
  judge({ shown }) {
    const kind = ({ session }: Shown) => JSON.stringify([session.by, session.fault, issuerOf(session)]);
    return Object.values(Object.groupBy(shown, kind)).flatMap((group) => (group ? [findingOf(group)] : []));
  },
});
