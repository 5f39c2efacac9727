/** Text that was typed and is never shown: a dump of the state tells its length alone. */
export type Secret = { readonly length: number; readonly reveal: () => string };

/** What is longer is no password: MySQL's and PostgreSQL's own clients take less. */
const MOST = 4096;

const secretOf = (text: string): Secret => {
  const kept = [...text].slice(0, MOST);
  return { length: kept.length, reveal: () => kept.join('') };
};

export const NO_SECRET = secretOf('');

/** The secret without its last character. */
export const shortened = (secret: Secret): Secret => secretOf([...secret.reveal()].slice(0, -1).join(''));

export const lengthened = (secret: Secret, text: string): Secret => secretOf(secret.reveal() + text);
