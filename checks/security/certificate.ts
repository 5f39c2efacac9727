import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { endpointOf } from '../../src/facts/api/answer.ts';
import { certificateFindings } from '../../src/facts/api/certificate-findings.ts';
import { dayOf } from '../../src/facts/api/utc.ts';

/** The certificates that the API shows, each of the chain: time, name, who vouches for it, keys. */
export const securityCertificate = defineCheck({
  id: 'security.certificate',
  title: 'Certificate of the API',
  group: 'security',
  phase: 'after',
  touches: 'Connects to the API and looks at its certificates; nothing is sent.',
  remedy: 'Give Webapp a certificate of a known authority: key, certificate and at least one intermediate.',
  requirement: z.strictObject({ warnDays: z.int().check(z.nonnegative()), minBits: z.int().check(z.positive()) }),
  limit: ({ warnDays }) => ({
    op: '>=',
    value: warnDays,
    unit: 'd',
    display: `> ${warnDays} days left, name and authority known`,
  }),
  async measure(host) {
    const { url, from, tls } = await endpointOf(host);
    const { epochMs } = await host.system('now');
    const [leaf] = tls?.chain ?? [];
    if (!tls || !leaf) throw new Error(`${url} showed no certificate`);
    return { url, given: !from?.startsWith('container '), tls, epochMs };
  },
  figure: ({ tls, epochMs }) => {
    const ends = tls.chain.map(({ validTo }) => Date.parse(validTo)).filter((at) => !Number.isNaN(at));
    const first = ends.length > 0 ? Math.min(...ends) : null;
    return {
      value: first === null ? null : Math.floor((first - epochMs) / 86_400_000),
      unit: 'd',
      display: `${first === null ? 'no end told' : `until ${dayOf(first)}`}, ${tls.trusted ? `trusted by ${tls.by ?? 'this host'}` : 'not trusted'}`,
    };
  },
  judge: certificateFindings,
});
