import type { Put } from '../rule.ts';
import { cleanNamed } from './cleaned.ts';
import { credentialRule, PHONE } from './names.ts';
import { isPossible, isTime } from './phones.ts';
import { decoded, isBase64, isBlank, looksRandom } from './shapes.ts';
import { meaningOf } from './words.ts';

/** A string or number of JSON or YAML, and what stands about it. */
export type Scalar = {
  readonly name: string;
  readonly parent: string;
  readonly value: string;
  /** In an array: the element before, and the first word of a command line. */
  readonly before: string;
  readonly command: string;
  /** A document of Kubernetes of the kind Secret: everything under `data` is secret. */
  readonly secretMaps: boolean;
  readonly around: string;
};

const OPTION = /^--?[A-Za-z][\w.-]*$/;
const LOGIN = /^(?:-u|--user|--proxy-user|--basic|-U)$/;

// An element behind an option of a command line: ["--secret", "x"], ["-p", "x"], ["-u", "name:x"].
const afterOption = ({ before, command, value }: Scalar, put: Put): string | null => {
  if (!OPTION.test(before) || value.startsWith('-')) return null;
  const login = LOGIN.test(before) ? /^([\w.@-]{1,64}[:%])(.+)$/.exec(value) : null;
  if (login) return `${login[1]}${put(credentialRule('password'), login[2] ?? '')}`;
  const meaning = meaningOf(before.replace(/^-+/, ''));
  if (meaning?.is === 'credential' && !isBlank(value)) return put(credentialRule(meaning.kind), value);
  if (meaning) return cleanNamed({ name: before, parent: '', place: 'data', around: '' }, value, put)?.text ?? null;
  const short = before === '-p' && /docker|podman|login|sshpass|mongo|mysql|htpasswd|helm|skopeo/.test(command);
  return (short || (before === '-a' && command.includes('redis'))) && !/^\d+(?::\d+)?$/.test(value)
    ? put(credentialRule('password'), value)
    : null;
};

const glued = ({ command, value }: Scalar, put: Put): string | null => {
  const found = /mysql|mariadb|sshpass/.test(command) ? /^(-p)(\S{3,})$/.exec(value) : null;
  return found ? `-p${put(credentialRule('password'), found[2] ?? '')}` : null;
};

// The whole of a map of secrets, as it stands or in base64.
const secretMap = ({ parent, value, secretMaps, name }: Scalar, put: Put): string | null => {
  if (!secretMaps || !/^(?:data|stringData)$/.test(parent) || isBlank(value)) return null;
  // A file of settings in a Secret is cleaned as one.
  if (/\n/.test(value) && /^\s*[\w.-]+\s*[=:]/m.test(value) && !value.includes('-----BEGIN')) return null;
  const meaning = meaningOf(name);
  return put(credentialRule(meaning?.is === 'credential' ? meaning.kind : 'secret'), value);
};

// The encrypted backup of settings, and other long base64 under `data`; an `auth` of a registry.
const blob = ({ name, parent, value }: Scalar, put: Put): string | null => {
  const packed = value.replace(/\s/g, '');
  if (/^(?:data|blob|backup|backup_?data|encrypted|ciphertext|payload)$/i.test(name) && isBase64(packed, 48)) {
    const held = decoded(packed);
    if (held === null || parent === 'settings') return put(credentialRule('backup'), value);
  }
  return null;
};

// Lines of nothing but a key in a file's content: a token that stands alone.
const bareKey = ({ name, parent, value }: Scalar, put: Put): string | null => {
  if (
    !/^(?:content|data|file_?content|string_?data)$/i.test(name) &&
    !/^(?:data|stringData|configs|secrets)$/.test(parent)
  )
    return null;
  const lines = value.trim().split(/\s*\n\s*/);
  const keys =
    lines.length <= 40 &&
    lines.every((line) => line.length >= 12 && !/[\s=:]/.test(line)) &&
    looksRandom(lines.join(''), 20);
  return keys || (parent === 'secrets' && name === 'content') ? put(credentialRule('secret'), value) : null;
};

// A map of secrets by what they open: {"github-oauth":{"github.example":"x"}}, {"passwords":{"ann":"x"}}.
const byHolder = ({ name, parent, value }: Scalar, put: Put): string | null => {
  const holder = /(?:^|[-_.])(?:(oauth2?|tokens|bearer|api-?keys|secrets|credentials)|(passwords|passwds))$/i.exec(
    parent,
  );
  if (
    !holder ||
    isBlank(value) ||
    /\s/.test(value) ||
    /^(?:file|name|external|type|driver|path|id|ref|key)$/i.test(name)
  )
    return null;
  if (holder[2]) return value.length > 3 ? put(credentialRule('password'), value) : null;
  return looksRandom(value, 12) && !/[/\\]/.test(value) ? put(credentialRule('token'), value) : null;
};

// In a list without a name: a string of as many digits as a phone number has.
const listed = ({ value, around }: Scalar, put: Put): string | null =>
  /^\d{11,14}$/.test(value) && around.includes(`"${value}"`) && isPossible(value) && !isTime(value)
    ? put(PHONE, value)
    : null;

// The address that calls are sent to: its last part opens it.
const hook = ({ name, parent, value }: Scalar, put: Put): string | null => {
  if (!/hook|callback/i.test(name) && !(/hook|callback/i.test(parent) && /^(?:url|uri|href|endpoint)$/i.test(name)))
    return null;
  const last = /^([a-z]{2,10}:\/\/[^\s?#]{1,1000}\/)([\w~-]{12,512})(?=[?#]|$)/i.exec(value);
  return last && looksRandom(last[2] ?? '', 14)
    ? `${last[1]}${put(credentialRule('token'), last[2] ?? '')}${value.slice(last[0].length)}`
    : null;
};

/** What a scalar becomes by its place in the structure; null where the place tells nothing of it. */
export const cleanScalar = (scalar: Scalar, put: Put): string | null => {
  const { name, parent, value, around } = scalar;
  if (value === '') return null;
  const placed =
    secretMap(scalar, put) ??
    afterOption(scalar, put) ??
    glued(scalar, put) ??
    blob(scalar, put) ??
    bareKey(scalar, put) ??
    hook(scalar, put);
  if (placed !== null) return placed;
  if (name === '') return listed(scalar, put);
  const named = cleanNamed({ name, parent, place: 'data', around }, value, put);
  if (!named) return byHolder(scalar, put);
  return named.rest ? named.text + value.slice(value.length - named.rest) : named.text;
};
