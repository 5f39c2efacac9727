import { fail, pass, unknown } from '../../check.ts';
import type { ApiAnswers, ApiCall } from '../../host/answers/api.ts';
import type { ConnectionFailure } from '../../host/answers/connection.ts';
import type { Finding } from '../../model.ts';
import { mistrustWords } from './certificate.ts';
import { connectionRemedy, connectionWords } from './connection.ts';
import { fieldsOf, textOf } from './nodes.ts';
import { toPin } from './pin.ts';
import { type Trouble, troubleFinding, troubleOf } from './trouble.ts';

/** The client's version as every answer of it tells: "v2.57.2"; null where it does not look like one. */
export const clientVersion = (call: Pick<ApiCall, 'body'> | null): string | null => {
  const version = textOf(fieldsOf(fieldsOf(call?.body ?? undefined)?.['meta'])?.['version']);
  return version !== null && /^v?\d[\w.-]{0,30}$/.test(version) ? version : null;
};

/** What a login came to that is neither a token nor one of its named failures; null where there was no call or all was well. */
export const loginTrouble = (call: ApiCall | null): Trouble | null => (call === null ? null : troubleOf(call));

/** What the one attempt to log in came to; `failed` where a connection ended it. */
export type LoginSeen = {
  readonly url: string;
  readonly others: readonly string[];
  readonly state: ApiAnswers['login']['state'];
  readonly failed: ConnectionFailure | null;
  readonly fault: string | null;
  readonly fingerprint: string | null;
  readonly user: string | null;
  readonly expiresAt: string | null;
  readonly version: string | null;
  readonly trouble: Trouble | null;
};

/** The verdict on the way to the API, which all that asks it waits for. */
export const loginFinding = (seen: LoginSeen): Finding => {
  const { url, others, state, failed, fault, fingerprint, user, expiresAt, version, trouble } = seen;
  const who = user ? `user ${user}` : 'this user';
  const more = others.length > 0 ? `; further Webapps were not asked: ${others.join(', ')}` : '';
  switch (state) {
    case 'token':
      return pass(
        `Logged in at ${url} as ${who}${version ? `, client ${version}` : ''}${expiresAt ? `; the token is good until ${expiresAt}` : ''}${more}`,
      );
    case 'key':
      return pass(
        `The API at ${url} is asked with an API key, which is good for health, stats and metrics only${more}`,
        {
          remedy: 'Give a user for the other nodes: WA_API_USERNAME and WA_API_PASSWORD.',
        },
      );
    case 'untrusted':
      return unknown(
        `The certificate of ${url} is not trusted (${mistrustWords(fault)}), so no login was sent${fingerprint ? `; its fingerprint is ${fingerprint}` : ''}`,
        { remedy: toPin(fingerprint, url) },
      );
    case 'denied':
      return fail(`The API at ${url} refuses the password of ${who} (HTTP 401); it was tried once`, {
        remedy: 'Correct WA_API_USERNAME and WA_API_PASSWORD.',
      });
    case 'throttled':
      return unknown(`The API at ${url} takes no login for now: too many were wrong from this address (error 1015)`, {
        remedy: 'Wait for some minutes, then run the check once with the right password.',
      });
    case 'password-change':
      return fail(`The initial password of ${who} is still in place (error 1024: password change required)`, {
        remedy: 'Change it: POST /v1/users/login with "new_password", as user and its initial password.',
      });
    default:
      if (failed && state === 'unreachable')
        return fail(`The API at ${url} cannot be reached: ${connectionWords(failed)}`, {
          remedy: connectionRemedy(failed, url),
        });
      if (failed)
        return unknown(`The login at ${url} got no answer: ${connectionWords(failed)}`, {
          remedy: connectionRemedy(failed, url),
        });
      // Nobody else is asked then, so nobody else carries the verdict.
      if (trouble) {
        const told = troubleFinding(trouble);
        return told.outcome === 'skip' ? { ...told, outcome: 'unknown' } : told;
      }
      return unknown(`The login at ${url} gave neither a token nor a reason`, {
        remedy: connectionRemedy({ step: 'http', kind: 'not-http', message: '', code: null }, url),
      });
  }
};
