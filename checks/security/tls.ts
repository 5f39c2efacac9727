import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { endpointOf } from '../../src/facts/api/answer.ts';
import type { Finding } from '../../src/model.ts';

const REMEDY =
  'Set WA_WEB_SECURITY_LEVEL=MODERN for Webapp, and let a proxy in front of it offer TLS 1.2 and 1.3 only.';

const versions = z.array(z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']));

/** Which versions of TLS the API agrees to, tried one by one; never judged by a setting. */
export const securityTls = defineCheck({
  id: 'security.tls',
  title: 'TLS of the API',
  group: 'security',
  phase: 'after',
  touches: 'One handshake with the API for each version of TLS, and one with weak ciphers; nothing is sent on them.',
  remedy: REMEDY,
  requirement: z.strictObject({ wanted: versions, old: versions }),
  limit: ({ wanted }) => ({ op: 'in', value: wanted, display: `${wanted.join(' or ')} only` }),
  async measure(host) {
    const { url, failed } = await host.api('endpoint');
    const isRefused = url !== null && failed?.step === 'tls' && failed.kind === 'tls-failed';
    if (!isRefused) await endpointOf(host);
    const { versions: tried, weak } = await host.api('tls-versions');
    const of = (wanted: string) => tried.filter(({ state }) => state === wanted).map(({ version }) => version);
    const accepted = of('accepted');
    // One that speaks no TLS at all is told by api.login alone.
    if (isRefused && accepted.length === 0) await endpointOf(host);
    return {
      url: url ?? '',
      accepted,
      refused: of('refused'),
      untried: of('cannot-try'),
      silent: of('no-answer'),
      weak,
    };
  },
  figure: ({ accepted }) => ({ value: accepted.join(', '), display: accepted.join(', ') || 'none accepted' }),
  judge({ url, accepted, refused, untried, silent, weak }, { wanted, old }) {
    const taken = wanted.filter((version) => accepted.includes(version));
    const unsure = wanted.filter((version) => silent.includes(version) || untried.includes(version));
    // Where it takes nothing else, that it has to go without them is said already.
    const outdated = taken.length > 0 ? old.filter((version) => accepted.includes(version)) : [];
    const [least] = wanted;
    const findings: readonly Finding[] = [
      ...(taken.length === 0 && unsure.length > 0
        ? [unknown(`${url} did not tell whether it takes ${unsure.join(' or ')}`, { remedy: 'Run the check again.' })]
        : []),
      ...(taken.length === 0 && unsure.length === 0
        ? [
            fail(
              `${url} takes ${accepted.join(' and ') || 'no version'}, and none of ${wanted.join(' and ')}; one of them is needed`,
              { remedy: REMEDY },
            ),
          ]
        : []),
      ...(taken.length > 0 && least && refused.includes(least)
        ? [
            warn(
              `${url} takes ${taken.join(' and ')} but not ${least}: callers that know no newer one cannot connect`,
              {
                subject: least,
                remedy: 'Set WA_WEB_SECURITY_LEVEL=INTERMEDIATE for Webapp, or let all callers use TLS 1.3.',
              },
            ),
          ]
        : []),
      ...(outdated.length > 0
        ? [
            warn(`${url} still takes ${outdated.join(' and ')}, which are outdated`, {
              subject: outdated.join(', '),
              remedy: REMEDY,
            }),
          ]
        : []),
      ...(weak.length > 0 && taken.length > 0
        ? [
            warn(`${url} agrees to weak ciphers: ${weak.slice(0, 8).join(', ')}`, {
              subject: 'ciphers',
              remedy: REMEDY,
            }),
          ]
        : []),
    ];
    if (findings.length > 0) return findings;
    const open = old.filter((version) => untried.includes(version) || silent.includes(version));
    const but = open.length > 0 ? `; whether it takes ${open.join(' or ')} could not be tried from here` : '';
    return pass(`${url} takes ${taken.join(' and ')}, and nothing older${but}`);
  },
});
