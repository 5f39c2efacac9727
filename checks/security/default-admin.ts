import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown } from '../../src/check.ts';
import { endpointOf } from '../../src/facts/api/answer.ts';
import { connectionWords } from '../../src/facts/api/connection.ts';
import { errorsIn } from '../../src/facts/api/nodes.ts';

/** Whether the published initial login of the API still works; tried once, and only when it is wanted. */
export const securityDefaultAdmin = defineCheck({
  id: 'security.default-admin',
  title: 'Initial password of the API',
  group: 'security',
  phase: 'after',
  optIn: '--test-default-admin',
  touches:
    'One POST /v1/users/login as admin with the password that the vendor published; a token that it gets is thrown away.',
  remedy: 'Change the password of admin: POST /v1/users/login with "new_password".',
  requirement: z.strictObject({ state: z.literal('changed') }),
  limit: ({ state }) => ({ op: 'is', value: state, display: state }),
  async measure(host) {
    const { url } = await endpointOf(host);
    const { status, body, failed } = await host.api('default-admin');
    if (failed || status === null)
      throw new Error(`the login got no answer${failed ? `: ${connectionWords(failed)}` : ''}`);
    return { url, status, codes: errorsIn(body).flatMap(({ code }) => code ?? []) };
  },
  figure: ({ status, codes }) => ({
    value: status,
    display: [`HTTP ${status}`, ...codes.map((code) => `error ${code}`)].join(', '),
  }),
  judge({ url, status, codes }) {
    const remedy = 'Change it now: POST /v1/users/login as admin with "new_password", 8 to 64 characters.';
    if (codes.includes(1024))
      return fail(`The initial password of admin is still in place at ${url} (error 1024); it must be changed`, {
        remedy,
      });
    if (status >= 200 && status < 300)
      return fail(`Everybody can log in at ${url} as admin with the published password`, { remedy });
    if (status === 429 || codes.includes(1015))
      return unknown(`${url} takes no login for now: too many were wrong from this address`, {
        remedy: 'Wait for some minutes, then run the check once.',
      });
    if (status === 401) return pass(`The initial password of admin does not work at ${url}`);
    return unknown(
      `${url} answers the login with HTTP ${status}${codes.length > 0 ? ` and error ${codes.join(', ')}` : ''}, which tells nothing of the password`,
      {
        remedy: 'Mend what api.login names, then run the check once.',
      },
    );
  },
});
