import type { Put, Rule } from '../rule.ts';
import { isFullHost, isShortHost } from '../structure/host-names.ts';
import { credentialRule, HOST } from '../structure/names.ts';
import { isBlank, looksRandom } from '../structure/shapes.ts';

const SCHEME = /(?<![A-Za-z0-9+.-])([a-z][a-z0-9+.-]{1,30}):(?:\\?\/\\?\/|%2F%2F)/gi;
/** What ends a URL: what cannot stand in one, or the next one, which must not be read again from each of many. */
const URL_END = /[^!-\uffff]|["'`<>]|(?!^)[a-z]{2,12}:\/\//i;
/** Longest URL whose login is looked for, characters. */
const MOST = 4096;

// The login of a URL: up to the last `@` before the path, or, where a password holds a slash, up to the first with a host behind it.
const loginEnd = (rest: string): number => {
  const path = rest.search(/[/?#]/);
  const authority = path < 0 ? rest : rest.slice(0, path);
  const at = authority.lastIndexOf('@');
  if (at >= 0) return at;
  if (path < 0 || !/^[^:/?#]{0,128}:(?!\d{1,5}[/?#])/.test(rest)) return -1;
  const behind = /@(?=(?:[\w-]+(?:\.[\w-]+){0,8}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?(?:[/?#,]|$))/i.exec(
    rest.slice(0, 512),
  );
  return behind ? behind.index : -1;
};

const login = (held: string, put: Put): string => {
  const parting = /:|%3A/i.exec(held);
  if (!parting)
    return looksRandom(held, 16) || /^[0-9a-f]{24,}$/i.test(held) ? put(credentialRule('token'), held) : held;
  const [user, secret] = [held.slice(0, parting.index), held.slice(parting.index + parting[0].length)];
  const name = looksRandom(user, 20) || /^[0-9a-f]{24,}$/i.test(user) ? put(credentialRule('token'), user) : user;
  const fallback = /^(\$\{\w{1,80}:?[-=])(.*)(\})$/.exec(secret);
  if (fallback)
    return `${name}${parting[0]}${fallback[1]}${put(credentialRule('password'), fallback[2] ?? '')}${fallback[3]}`;
  return name + parting[0] + (isBlank(secret) ? secret : put(credentialRule('password'), secret));
};

const host = (rest: string, put: Put): string => {
  // Several hosts of one URL: mongodb://a,b,c/x.
  const found = /^[\w.,:-]{1,600}/.exec(rest)?.[0] ?? '';
  const cleaned = found.replace(/(?<![\w.-])[A-Za-z0-9][\w.-]{2,252}/g, (name) =>
    isFullHost(name.replace(/\.$/, ''), true) || isShortHost(name) ? put(HOST, name) : name,
  );
  return cleaned + rest.slice(found.length);
};

/** `scheme://name:password@host`, a token in place of a name (Sentry), and the host of a URL. */
export const urlLogins: Rule = {
  id: 'credential.url-password',
  tier: 'credential',
  kind: 'password',
  triggers: [':\\\\?/\\\\?/', '%2F%2F'],
  apply: (text, put) => {
    let [out, done] = ['', 0];
    SCHEME.lastIndex = 0;
    for (let found = SCHEME.exec(text); found; found = SCHEME.exec(text)) {
      const start = found.index + found[0].length;
      const window = text.slice(start, start + MOST);
      const stop = window.search(URL_END);
      const rest = stop < 0 ? window : window.slice(0, stop);
      const end = loginEnd(rest);
      const became = (end < 0 ? '' : `${login(rest.slice(0, end), put)}@`) + host(rest.slice(end + 1), put);
      out += text.slice(done, start) + became;
      done = start + rest.length;
      SCHEME.lastIndex = done;
    }
    return out + text.slice(done);
  },
};

// Go's DSN: name:password@tcp(host:3306)/db, and a login before a host and a port or a database.
const DSN =
  /(?<![\w@/:.-])([\w.-]{1,64}):([^\s"'`<>:]{1,128}(?::[^\s"'`<>:]{1,128}){0,2})@(?=(?:tcp|udp|unix)?\(|[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}:\d{2,5}\b|[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\/\w)/g;

/** A login of a data source without a scheme. */
export const dataSources: Rule = {
  id: 'credential.data-source',
  tier: 'credential',
  kind: 'password',
  triggers: ['@tcp\\(', '@\\(', '@unix\\(', '@udp\\(', '[^:/ ]:[^ ]{1,128}@[a-z0-9]'],
  apply: (text, put) =>
    text.includes('@')
      ? text.replace(DSN, (whole, user: string, secret: string) =>
          isBlank(secret) || secret.startsWith('//') || /^\d{1,5}$/.test(user)
            ? whole
            : `${user}:${put(credentialRule('password'), secret)}@`,
        )
      : text,
};

// A word of the path says that what follows opens something: hooks.slack.com/services/T/B/x, /webhook/x, /bot123:x.
const HOOK =
  /\/(services\/[\w-]{1,40}\/[\w-]{1,40}|(?:api\/)?webhooks?(?:\/\d{5,30})?|hooks?|workflows\/[\w/-]{1,60}|IncomingWebhook|callback|incoming|notify|wh|inbound|token|tokens|secret|invite|reset|verify|session|sessions|key|auth|sso|activate|unsubscribe|magic)\/([A-Za-z0-9_~.-]{12,512})(?![\w~.-]*[@:])/gi;
// A URL that says so of itself, or a name before it: webhook_url=https://x/alert/y, https://hook.x/y.
const HOOKED =
  /((?:web_?hook|callback)[\w-]{0,12}["']?\s?(?:[:=]|(?:url )?(?:changed |set )?(?:to|is|at))?\s?["']?https?:\/\/[^\s"'<>?#]{1,400}\/|https?:\/\/(?:[\w-]{0,30}\.)?(?:web)?hooks?[\w-]{0,30}\.[^\s"'<>?#]{1,400}\/)([\w~-]{14,512})(?![\w~./@-])/gi;
const BOT = /\/(bot\d{5,15}):([\w-]{20,64})/g;

/** A token in the path of a URL. */
export const pathTokens: Rule = {
  id: 'credential.path-token',
  tier: 'credential',
  kind: 'token',
  triggers: [
    'services/',
    'hooks?/',
    '/callback/',
    'incomingwebhook/',
    '/incoming/',
    '/notify/',
    '/wh/',
    '/inbound/',
    '/tokens?/',
    '/secret/',
    '/invite/',
    '/reset/',
    '/verify/',
    '/sessions?/',
    '/key/',
    '/auth/',
    '/sso/',
    '/activate/',
    '/unsubscribe/',
    '/magic/',
    'workflows/',
    '/bot[0-9]',
    'hook[a-z_ -]{0,24}[:= "\']{0,4}https?:',
    'callback[a-z_ -]{0,24}[:= "\']{0,4}https?:',
    '/hooks?[a-z0-9-]{0,30}\\.',
    'webhooks?[a-z0-9-]{0,30}\\.',
  ],
  apply: (text, put) =>
    text
      .replace(HOOK, (whole, path: string, token: string) =>
        /^services|^workflows/i.test(path) || looksRandom(token, 12)
          ? `/${path}/${put(credentialRule('token'), token)}`
          : whole,
      )
      .replace(HOOKED, (whole, lead: string, token: string) =>
        looksRandom(token, 14) ? lead + put(credentialRule('token'), token) : whole,
      )
      .replace(BOT, (_, bot: string, token: string) => `/${bot}:${put(credentialRule('token'), token)}`),
};
