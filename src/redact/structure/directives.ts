import type { Put } from '../rule.ts';
import { credentialRule } from './names.ts';
import { isBase64, isBlank, isProse, isScrambled, looksRandom } from './shapes.ts';
import { meaningOf } from './words.ts';

const label = (kind: string, secret: string, put: Put): string => put(credentialRule(kind), secret);

const DIRECTIVE = /(?<![\w-])([A-Za-z][\w.-]{2,60})([ \t]{1,8}["']?)([^\s"';,()<>\ue000-\uf8ff]{10,512})/g;

// `ENV DB_PASSWORD x`, `setenv API_TOKEN x`: a name and a value with a blank between, and the line says so.
const ASSIGNED =
  /(?<![\w.-])((?:ENV|setx|#define|setenv|set -(?:x|gx|Ux|xg)|SetEnv|fastcgi_param)[ \t]{1,4}([A-Za-z_]\w{1,80})[ \t]{1,4})(["']?)([^\s"'=]{3,512})/g;

const assigned = (text: string, put: Put): string =>
  text.replace(ASSIGNED, (whole, lead: string, name: string, quote: string, value: string) => {
    const meaning = meaningOf(name);
    if (meaning?.is !== 'credential' || isBlank(value) || /^\d{1,5}$|^\/[\w./-]+$/.test(value)) return whole;
    return lead + quote + label(meaning.kind, value, put);
  });

const isKey = (kind: string, certain: boolean, value: string): boolean => {
  if (kind === 'certificate' && isBase64(value, 100)) return true;
  if (!certain || !looksRandom(value, 12)) return false;
  if (!/\d/.test(value)) return isScrambled(value);
  return (/[a-z]/.test(value) && /[A-Z]/.test(value)) || /^[0-9a-f]{32,}$/.test(value);
};

// A line of settings that is a name and a value: `auth_pass x`.
const SETTING =
  /^([ \t]{0,40})([A-Za-z][\w.-]{2,60})([ \t]{1,8})(["']?)([^\s"';\ue000-\uf8ff]{6,256})(?=\4;?[ \t]{0,8}\r?$)/gm;

const setting = (text: string, put: Put): string =>
  text.replace(SETTING, (whole, indent: string, name: string, gap: string, quote: string, value: string) => {
    const meaning = meaningOf(name);
    if (meaning?.is !== 'credential' || !meaning.certain || isBlank(value) || isProse(value)) return whole;
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w./:-]/].filter((kind) => kind.test(value)).length;
    if (kinds < 2 || /^[\d.,:]+[a-z]{0,3}$|^\/|^\w{2,12}:\/\//i.test(value) || /^[A-Z]?[a-z_-]+$/.test(value))
      return whole;
    return indent + name + gap + quote + label(meaning.kind, value, put);
  });

// `X-Api-Key t44rDB...`: a name and a value with nothing between, where the value can be nothing but a key. What is no value may
// be the next name: `set aws_secret_access_key 3JB...`.
const directives = (text: string, put: Put): string => {
  let [out, done] = ['', 0];
  DIRECTIVE.lastIndex = 0;
  for (let found = DIRECTIVE.exec(text); found; found = DIRECTIVE.exec(text)) {
    const [whole, name = '', gap = '', value = ''] = found;
    const meaning = meaningOf(name);
    if (meaning?.is === 'credential' && isKey(meaning.kind, meaning.certain, value)) {
      out += text.slice(done, found.index) + name + gap + label(meaning.kind, value, put);
      done = found.index + whole.length;
    } else DIRECTIVE.lastIndex = found.index + name.length;
  }
  return out + text.slice(done);
};

/** Names and values with nothing but blanks between: `ENV NAME x`, lines of settings, headers. */
export const cleanDirectives = (text: string, put: Put): string => directives(setting(assigned(text, put), put), put);
