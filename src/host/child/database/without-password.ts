import type { Login } from '../../login.ts';

/** Longest words that are kept of a server. */
const LONGEST = 1000;
/** A shorter password may stand in an answer by chance, and cutting it out would make another answer of it. */
const TELLING = 8;

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A password, and the forms in which it may be said back. */
const formsOf = (password: string): readonly string[] => {
  const bytes = Buffer.from(password);
  const forms = [
    password,
    encodeURIComponent(password.toWellFormed()),
    inJson(password),
    bytes.toString('base64'),
    bytes.toString('hex'),
  ];
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
};

/** A short one is cut out where it stands by itself: cut out of words, it would be told by what they lack. */
const cutOut = (text: string, password: string): string => {
  if (password === '') return text;
  return password.length < TELLING
    ? text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(password)}(?![\\p{L}\\p{N}])`, 'gu'), '***')
    : formsOf(password).reduce((rest, form) => rest.replaceAll(form, '***'), text);
};

/** What a server said with the password cut out, and no more of it than a person reads. */
export const withoutPassword = (words: string, password: string): string => {
  const cut = cutOut(words, password);
  return cut.length > LONGEST ? `${cut.slice(0, LONGEST)}...` : cut;
};

const without = (answer: unknown, password: string): unknown => {
  if (typeof answer === 'string') return cutOut(answer, password);
  if (Array.isArray(answer)) return answer.map((one) => without(one, password));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, one]) => [name, without(one, password)]));
};

/** An answer without the password, whatever made the server put it there; one that is part of a name gives nothing away. */
export const answerWithout = <T>(answer: T, { password, user, host, database, prefix }: Login): T => {
  const isName = [user, host, database, prefix].some((name) => name?.includes(password));
  return password.length < TELLING || isName ? answer : (without(answer, password) as T);
};
