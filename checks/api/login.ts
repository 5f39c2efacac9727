import * as z from 'zod/mini';
import { defineCheck, skip, Unasked } from '../../src/check.ts';
import { HOW_LOGIN, HOW_URL } from '../../src/facts/api/answer.ts';
import { clientVersion, loginFinding, loginTrouble } from '../../src/facts/api/login.ts';

/** Whether the API can be reached, trusted and logged in to. Carries the verdict for all that asks it. */
export const apiLogin = defineCheck({
  id: 'api.login',
  title: 'Login of the API',
  group: 'api',
  phase: 'after',
  touches:
    'Connects to the API, verifies its certificate, and logs in once: POST /v1/users/login. It is logged out at the end.',
  remedy: 'Mend what the message names: address, certificate, user and password, in this order.',
  requirement: z.strictObject({ state: z.literal('logged in') }),
  limit: ({ state }) => ({ op: 'is', value: state, display: state }),
  async measure(host) {
    const endpoint = await host.api('endpoint');
    const { url, none, failed, others, tls } = endpoint;
    if (url === null)
      throw new Unasked(
        skip(`There is no API to look at (${none ?? 'none was given'}). ${HOW_URL}`, { remedy: HOW_URL }),
      );
    const at = { url, others, failed, fingerprint: tls?.chain[0]?.fingerprint ?? null, fault: tls?.fault ?? null };
    if (failed)
      return { ...at, state: 'unreachable' as const, user: null, expiresAt: null, version: null, trouble: null };
    const { state, places, user, expiresAt, call } = await host.api('login');
    if (state === 'no-login' || state === 'no-api') {
      const begun = places.filter((place) => place.state === 'incomplete');
      const where = (begun.length > 0 ? begun : places).map(({ place, detail }) =>
        detail ? `${place}: ${detail}` : place,
      );
      throw new Unasked(
        skip(
          `There is no login of the API at ${url}${where.length > 0 ? ` (looked at ${where.join('; ')})` : ''}. ${HOW_LOGIN}`,
          {
            remedy: HOW_LOGIN,
          },
        ),
      );
    }
    const lost = call?.failed ?? null;
    return {
      ...at,
      failed: lost,
      state,
      user,
      expiresAt,
      version: clientVersion(call),
      trouble: lost ? null : loginTrouble(call),
    };
  },
  figure: ({ state, version }) => {
    const display = state === 'token' || state === 'key' ? 'logged in' : state;
    return { value: state, display: version ? `${display}, client ${version}` : display };
  },
  judge: loginFinding,
});
