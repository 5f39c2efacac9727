import { type Fault, type Field, formWith, type LoginForm, type Place, secretIn, valueIn } from './login-form.ts';
import type { Secret } from './secret.ts';

const HOW_WORDS = { user: 'user and password', key: 'API key' } as const;
const TRUST_WORDS = { no: 'no', yes: 'yes, for this run' } as const;

/** What whoever shows the screen knows of the login of the API. */
export type ApiLoginShown = {
  /** How often a person was asked for one: the page opens by itself once for each. */
  readonly asked: number;
  /** Checks wait for it now. */
  readonly wanted: boolean;
  readonly url: string | null;
  readonly places: readonly Place[];
  /** What came of the login: "token", "key", "no-login", "untrusted", "denied"... */
  readonly state: string;
  readonly user: string | null;
  /** A login was found or given before, and needs no other. */
  readonly found: boolean;
  /** The certificate that nothing here trusts; null where it is trusted, or was not seen. */
  readonly untrusted: { readonly fingerprint: string; readonly subject: string; readonly fault: string | null } | null;
};

/** What was typed in, whole. Password and key are never part of a frame, nor of a dump of the screen's state. */
export type TypedApiLogin = {
  /** Null where it is the one that was found. */
  readonly url: string | null;
  /** Null: the login that was found is meant. */
  readonly login:
    | { readonly how: 'user'; readonly user: string; readonly password: Secret }
    | { readonly how: 'key'; readonly key: Secret }
    | null;
  /** The fingerprint that is trusted for this run; null for none. */
  readonly trusted: string | null;
};

const isKey = (form: LoginForm): boolean => valueIn(form, 'how') === 'key';
const isFoundUrl = (form: LoginForm, { url }: ApiLoginShown): boolean => valueIn(form, 'url').trim() === (url ?? '');

/** The certificate that a person is asked about: that of the URL that was found, and of no other. */
export const certificateIn = (form: LoginForm, shown: ApiLoginShown): ApiLoginShown['untrusted'] =>
  isFoundUrl(form, shown) ? shown.untrusted : null;

export const apiFields = (form: LoginForm, shown: ApiLoginShown): readonly Field[] => [
  { name: 'url', label: 'URL', kind: 'text' },
  ...(certificateIn(form, shown)
    ? [{ name: 'trust', label: 'trust it', kind: 'choice', words: TRUST_WORDS } as const]
    : []),
  { name: 'how', label: 'login', kind: 'choice', words: HOW_WORDS },
  ...(isKey(form)
    ? [{ name: 'key', label: 'API key', kind: 'secret' } as const]
    : ([
        { name: 'user', label: 'user', kind: 'text' },
        { name: 'password', label: 'password', kind: 'secret' },
      ] as const)),
];

/** A page to fill in: what is known goes before what was typed earlier; trust and secrets are never kept. */
export const apiForm = (shown: ApiLoginShown, before: LoginForm | null): LoginForm => {
  const earlier = (field: string) => (before ? valueIn(before, field) : '');
  const url = shown.url ?? earlier('url');
  const user = shown.user ?? earlier('user');
  const how = earlier('how') || 'user';
  const form = formWith('api', 'url', { url, user, how, trust: 'no' });
  const focus = url === '' ? 'url' : shown.untrusted ? 'trust' : how === 'key' ? 'key' : user ? 'password' : 'user';
  return { ...form, focus };
};

const urlFault = (text: string): string | null => {
  if (text === '') return 'the URL of the API is needed, such as https://localhost:9090';
  const url = URL.parse(text);
  if (url?.username || url?.password) return 'user and password have fields of their own';
  if (url?.protocol !== 'https:' || url.hostname === '') return 'a URL such as https://localhost:9090 is needed';
  const bare = ['', '/', '/v1', '/v1/'].includes(url.pathname) && url.search === '' && url.hash === '';
  return bare ? null : 'the URL is needed without a path';
};

const nothingTyped = (form: LoginForm): boolean =>
  isKey(form) ? secretIn(form, 'key').length === 0 : secretIn(form, 'password').length === 0;

/** The first thing that is wrong with what was typed; null where nothing is. */
export const apiFault = (form: LoginForm, shown: ApiLoginShown): Fault | null => {
  const url = urlFault(valueIn(form, 'url').trim());
  if (url !== null) return { field: 'url', message: url };
  if (certificateIn(form, shown) && valueIn(form, 'trust') !== 'yes')
    return { field: 'trust', message: 'no login is sent while the certificate is not trusted' };
  if (shown.found && nothingTyped(form)) return null;
  if (isKey(form)) return nothingTyped(form) ? { field: 'key', message: 'the API key is needed' } : null;
  if (valueIn(form, 'user').trim() === '') return { field: 'user', message: 'the name of the API user is needed' };
  return nothingTyped(form) ? { field: 'password', message: 'the password is needed' } : null;
};

/** What was typed, where nothing is wrong with it. */
export const apiTyped = (form: LoginForm, shown: ApiLoginShown): TypedApiLogin => {
  const certificate = certificateIn(form, shown);
  const found = shown.found && nothingTyped(form);
  const typed = isKey(form)
    ? ({ how: 'key', key: secretIn(form, 'key') } as const)
    : ({ how: 'user', user: valueIn(form, 'user').trim(), password: secretIn(form, 'password') } as const);
  return {
    url: isFoundUrl(form, shown) ? null : (URL.parse(valueIn(form, 'url').trim())?.origin ?? null),
    login: found ? null : typed,
    trusted: certificate?.fingerprint ?? null,
  };
};
