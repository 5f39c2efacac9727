import type { ApiLogin } from '../../api-login.ts';

// What is secret in a run is cut out of whatever leaves this folder, wherever a server put it.

/** In place of what is cut out. */
export const CUT = '***';

/** A shorter secret may stand in an answer by chance: it is cut out only where it stands by itself. */
const TELLING = 8;

const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    ...[bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')],
  ];
};

/** The secrets of a login, and the form in which it is sent. */
export const secretsOf = (login: ApiLogin | null): readonly string[] => {
  if (!login) return [];
  return 'key' in login ? [login.key] : [login.password, `${login.user}:${login.password}`];
};

/** Cuts secrets out of a text. Made once for each set of them. */
export const cutter = (secrets: readonly string[]): ((text: string) => string) => {
  const told = secrets.filter((secret) => secret !== '');
  const forms = new Set(told.filter(({ length }) => length >= TELLING).flatMap(formsOf));
  const short = told.filter(({ length }) => length < TELLING).map((secret) => RegExp.escape(secret));
  const longestFirst = [...forms].toSorted((one, other) => other.length - one.length);
  const alone =
    short.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${short.join('|')})(?![\\p{L}\\p{N}])`, 'gu') : null;
  return (text) => {
    const cut = longestFirst.reduce((rest, form) => rest.replaceAll(form, CUT), text);
    return alone ? cut.replace(alone, CUT) : cut;
  };
};
