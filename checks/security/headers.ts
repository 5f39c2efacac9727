import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';
import { endpointOf } from '../../src/facts/api/answer.ts';
import { connectionWords } from '../../src/facts/api/connection.ts';

type Headers = Readonly<Record<string, string>>;

const isFramed = (headers: Headers): boolean =>
  /^\s*(deny|sameorigin)\b/i.test(headers['x-frame-options'] ?? '') ||
  /frame-ancestors/i.test(headers['content-security-policy'] ?? '');

/** The headers that are looked for, and when one of them says what it should. */
const LOOKED_FOR: readonly (readonly [name: string, isGood: (headers: Headers) => boolean])[] = [
  [
    'Strict-Transport-Security',
    (headers) => /max-age\s*=\s*"?0*[1-9]/i.test(headers['strict-transport-security'] ?? ''),
  ],
  ['X-Frame-Options', isFramed],
  ['X-Content-Type-Options', (headers) => /nosniff/i.test(headers['x-content-type-options'] ?? '')],
];

/** Headers by which browsers protect the pages of the API; on `/`, since answers of nodes need none. */
export const securityHeaders = defineCheck({
  id: 'security.headers',
  title: 'HTTP headers of the API',
  group: 'security',
  phase: 'after',
  touches: 'GET / of the API without credentials; only its headers are looked at.',
  remedy: 'Let Webapp, or a proxy in front of it, send the headers that the message names.',
  requirement: z.strictObject({
    headers: z.array(z.enum(['Strict-Transport-Security', 'X-Frame-Options', 'X-Content-Type-Options'])),
  }),
  limit: ({ headers }) => ({ op: 'is', value: headers, display: headers.join(', ') }),
  async measure(host, { headers: wanted }) {
    const { url } = await endpointOf(host);
    const { headers, status, failed } = await host.api('root');
    if (failed || status === null)
      throw new Error(`GET / got no answer${failed ? `: ${connectionWords(failed)}` : ''}`);
    if (status >= 500) throw new Error(`GET / answers HTTP ${status}`);
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const missing = LOOKED_FOR.filter(([name, isGood]) => wanted.some((one) => one === name) && !isGood(lower));
    return { url, missing: missing.map(([name]) => name) };
  },
  figure: ({ missing }) => ({
    value: missing.length,
    unit: '{header}',
    display: missing.length > 0 ? `missing ${missing.join(', ')}` : 'all sent',
  }),
  judge({ url, missing }) {
    if (missing.length === 0) return pass(`${url}/ sends all headers that protect its pages`);
    return warn(`${url}/ does not send ${missing.join(', ')}, which protect its pages in a browser`, {
      remedy: 'Let a proxy in front of Webapp add these headers.',
    });
  },
});
