import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { endpointOf } from '../../src/facts/api/answer.ts';

const REMEDY = 'Let only TLS listen on the port of the API, in Webapp and in a proxy in front of it.';

/** Whether the API's port answers without TLS: then a token may be sent that everybody reads. */
export const securityPlainHttp = defineCheck({
  id: 'security.plain-http',
  title: 'Plain HTTP',
  group: 'security',
  phase: 'after',
  touches: 'GET / without TLS and without credentials on the port of the API.',
  remedy: REMEDY,
  requirement: z.strictObject({ state: z.literal('refused') }),
  limit: ({ state }) => ({ op: 'is', value: state, display: state }),
  async measure(host) {
    const { url } = await endpointOf(host);
    const { state, status, location } = await host.api('plain-http');
    return { url, state, status, location };
  },
  figure: ({ state, status }) => ({ value: state, display: status === null ? state : `${state}, HTTP ${status}` }),
  judge({ url, state, status, location }) {
    const at = url.replace('https://', '');
    switch (state) {
      case 'closed':
      case 'not-http':
        return pass(`${at} does not speak HTTP without TLS`);
      case 'redirects':
        return warn(
          `${at} answers plain HTTP with a redirect${location ? ` to ${location}` : ''}: what a caller sent by then went over the network in clear text`,
          { remedy: REMEDY },
        );
      case 'answers':
        if (status !== null && status >= 400) return pass(`${at} refuses plain HTTP (HTTP ${status})`);
        return fail(`${at} answers plain HTTP${status === null ? '' : ` (HTTP ${status})`}; it must be refused`, {
          remedy: REMEDY,
        });
      default:
        return unknown(`${at} did not answer whether it speaks plain HTTP`, { remedy: 'Run the check again.' });
    }
  },
});
