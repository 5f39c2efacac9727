import { isHarmless } from '../../../facts/deployment/harmless-variables.ts';
import type { Variable } from '../../answers/deployment.ts';

/** Names whose values are secrets, whatever else they say. `WA_DB_SSL_KEY` names a file, and is kept among them all the same. */
const SECRET = /PASS|PWD|SECRET|KEY|TOKEN|CREDENTIAL|PRIVATE|_PIN$|^PIN$|DATA_SOURCE_NAME|_DSN$|_AUTH$|_CERTIFICATE$/i;

/** Passwords of the vendor's published files and of the first login. https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts */
const SAMPLES = new Set(['testpass', 'user123pwd', 'secret', 'admin']);

const MOST = 300;
const LONGEST_NAME = 256;
const LONGEST_VALUE = 1024;

export const isSecret = (name: string): boolean => SECRET.test(name);

/** The password of a URL or a data source, "user:password@host"; null where there is none. */
const passwordIn = (value: string): string | null => /^[^@]*?:(?:\/\/[^:@]*:)?([^@]*)@/.exec(value)?.[1] ?? null;

const isSample = (value: string): boolean => SAMPLES.has(value) || SAMPLES.has(passwordIn(value) ?? '');

/** A harmless value without the credentials that somebody wrote into it after all; null where it is no plain word. */
const toldOf = (value: string): string | null => {
  if (value.length > LONGEST_VALUE || value.includes('-----BEGIN')) return null;
  const at = value.lastIndexOf('@');
  if (at < 0 || !value.slice(0, at).includes(':')) return value;
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  return `${scheme}***${value.slice(at)}`;
};

/**
 * Tells the variables of the containers of one deployment: harmless ones with their value, secrets by their length, by a number
 * that equal values of that variable share, and whether they are a published sample. One whose value is not known (null) is told
 * by its name.
 */
export const variableWords = (): ((env: Readonly<Record<string, string | null>>) => Variable[]) => {
  const groups = new Map<string, Map<string, number>>();
  const groupOf = (name: string, value: string): number => {
    const values = groups.get(name) ?? new Map<string, number>();
    groups.set(name, values);
    const group = values.get(value) ?? values.size + 1;
    values.set(value, group);
    return group;
  };
  const told = ([name, value]: readonly [string, string | null]): Variable => {
    if (value === null) return { name: name.slice(0, LONGEST_NAME), value: null, secret: null };
    if (isHarmless(name)) return { name, value: toldOf(value), secret: null };
    if (!isSecret(name)) return { name: name.slice(0, LONGEST_NAME), value: null, secret: null };
    const secret = { length: [...value].length, group: groupOf(name, value), sample: isSample(value) };
    return { name: name.slice(0, LONGEST_NAME), value: null, secret };
  };
  return (env) =>
    Object.entries(env)
      .toSorted(([one], [other]) => Number(isHarmless(other)) - Number(isHarmless(one)) || (one < other ? -1 : 1))
      .slice(0, MOST)
      .map(told);
};
