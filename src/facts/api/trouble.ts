import { fail, skip, unknown, warn } from '../../check.ts';
import type { ApiCall } from '../../host/answers/api.ts';
import type { Finding } from '../../model.ts';
import { connectionWords } from './connection.ts';
import { type Blame, ERROR_CODES, type ErrorCode, UNKNOWN_CODE } from './error-codes.ts';
import { internalError } from './internal-error.ts';
import { type ApiError, errorsIn } from './nodes.ts';

/** An answer that is none: an HTTP status other than 2xx, or `errors` in place of what was asked for. */
export type Trouble = {
  readonly path: string;
  readonly status: number | null;
  readonly code: number | null;
  readonly title: string;
  readonly details: string | null;
  /** The login was an API key. */
  readonly byKey: boolean;
};

const isGood = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** What is wrong with an answer; null where nothing is. A call without any answer throws: nothing is known of the node. */
export const troubleOf = ({ path, status, body, failed, auth }: ApiCall): Trouble | null => {
  if (failed) throw new Error(`${path} gave no answer: ${connectionWords(failed)}`);
  if (status === null) throw new Error(`${path} gave no answer`);
  const [first] = errorsIn(body ?? undefined);
  if (!first && isGood(status)) return null;
  const { code, title, details } = first ?? { code: null, title: '', details: null };
  return { path, status, code, title, details, byKey: auth === 'apikey' };
};

const EXPIRED = /expir|upgrade|newer version|too old|update (the|your)/i;
const row = (blame: Blame, title: string, means: string, remedy: string): ErrorCode => ({
  title,
  blame,
  means,
  remedy,
});

/** What the details of "access denied" tell beyond the role of the login. */
const denied = (details: string): ErrorCode | null => {
  if (/biz_link_on_prem_reg_blocked/.test(details))
    return row(
      'fault',
      '',
      'the vendor registers no more numbers with this product, which has ended',
      'Register the number with the Cloud API.',
    );
  if (EXPIRED.test(details))
    return row(
      'fault',
      '',
      'the build of the client has expired',
      'Move to the Cloud API: no build of this client works after the end of the product.',
    );
  return null;
};

/** An error as the table and its own details explain it. */
const explained = ({ code, details }: Pick<ApiError, 'code' | 'details'>): ErrorCode => {
  const known = (code === null ? undefined : ERROR_CODES[code]) ?? UNKNOWN_CODE;
  if (code === 1014) return { ...known, ...internalError(details) };
  return (code === 1005 && details && denied(details)) || known;
};

/** Beside it, 401 says that nobody is logged in, whatever the code. */
const PASSWORD_CHANGE = 1024;

/** Statuses that come without a code, as those of something in front of Webapp do. */
const bare = (status: number, byKey: boolean): ErrorCode => {
  if (status === 401)
    return row(
      'call',
      '',
      byKey ? 'the API key is not accepted' : 'the login is not accepted any more',
      byKey
        ? 'Give the key that Webapp has in WA_API_KEY, and restart Webapp if it was set after its start.'
        : 'Run the check again; if it stays, look for a second Webapp with another WA_WEB_JWT_CRYPTO_KEY.',
    );
  if (status === 403) return explained({ code: 1005, details: null });
  if (status === 404) return explained({ code: 1006, details: null });
  if (status === 412) return explained({ code: 1022, details: null });
  if (status === 429) return explained({ code: 1015, details: null });
  if (status >= 502 && status <= 504)
    return row(
      'fault',
      '',
      'what stands in front of Webapp gets no answer from it',
      'Start Webapp, or correct its address in the proxy or load balancer in front of it.',
    );
  if (status >= 500) return explained({ code: 1000, details: null });
  if (status >= 300 && status < 400)
    return row('call', '', 'it redirects, and redirects are not followed', 'Give the address it leads to: --api-url.');
  return row(
    'call',
    '',
    'such an answer is not known',
    "Find out what answers there: it may not be the client's Webapp.",
  );
};

const FINDINGS = {
  fault: fail,
  passing: warn,
  starting: skip,
  rights: skip,
  absent: skip,
  call: unknown,
  message: warn,
};

/** Who carries the verdict of what is told here too. */
const CARRIERS: Partial<Record<Blame, string>> = { starting: 'api.ready' };

/** What an error means and how it is mended, and whether it is the deployment's. */
export const blameOf = ({ status, code, details, byKey, title }: Omit<Trouble, 'path'>): ErrorCode => {
  const isPlain = (code === null && title === '') || (status === 401 && code !== PASSWORD_CHANGE);
  const { title: known, ...rest } = isPlain ? bare(status ?? 0, byKey) : explained({ code, details });
  return { ...rest, title: title || known };
};

const named = ({ code, status }: Pick<Trouble, 'code' | 'status'>, title: string): string => {
  const bareWords = status === null ? 'an error without a code' : `HTTP ${status}`;
  const what = code === null ? bareWords : `error ${code}`;
  return title ? `${what} (${title})` : what;
};

/** The words of an error: "error 1014 (Internal error): its details; what it means". */
export const troubleWords = (trouble: Omit<Trouble, 'path'>): string => {
  const { title, means } = blameOf(trouble);
  const said = trouble.details?.trim().replace(/[.;]$/, '');
  return `${named(trouble, title)}: ${said ? `${said}; ` : ''}${means}`;
};

/** Nodes that any login may ask, and that every version has. */
const ALWAYS_THERE = new Set(['/v1/health', '/v1/support', '/v1/stats/app']);

/** The one finding that an answer in trouble comes to, with its remedy. */
export const troubleFinding = (trouble: Trouble, subject?: string): Finding => {
  const { blame, remedy } = blameOf(trouble);
  const about = CARRIERS[blame] ?? subject;
  const [path = ''] = trouble.path.split('?');
  const tell = (blame === 'rights' || blame === 'absent') && ALWAYS_THERE.has(path) ? unknown : FINDINGS[blame];
  return tell(`${trouble.path} answers ${troubleWords(trouble)}`, { ...(about && { subject: about }), remedy });
};
