import { PASSWORD_PLACES } from '../host/login-url.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

// What is typed on a command line stays in the shell's history and in the list of processes; from there on we add no copy.

/** An option that a password seems to follow: `--db-password`, `--pass=x`, `-px`; never one of this tool's own. */
const PASSWORD_OPTION = /^(--?[\w-]*(pass|pwd|secret)|--?(db-)?pw(=|$)|-p(?!hase\b|rofile\b))/i;

/** An option that a credential of the API seems to follow: `--api-key`, `--apikey=x`, `--token`, `--api-password`. */
const API_OPTION = /^--?([\w-]*(api-?key|token|bearer)|api-(pass|pwd|pw|user|login))/i;

/** Refuses a password among the arguments, without repeating it. */
export const refusePasswords = (argv: readonly string[]): void => {
  if (argv.some((word) => API_OPTION.test(word)))
    throw new UsageError(
      'a login of the API is not taken on a command line, where others can see it: put it into WA_API_USERNAME and WA_API_PASSWORD, or WA_API_KEY',
    );
  if (argv.some((word) => PASSWORD_OPTION.test(word)))
    throw new UsageError(`a password is not taken on a command line, where others can see it: ${PASSWORD_PLACES}`);
};

/** What stands before the host of a URL in a word, also as a message shows it. */
const credentials = (word: string): readonly string[] => {
  const [, inner = ''] = /:\/\/(.*)@/s.exec(word) ?? [];
  return [inner, oneLine(inner)].filter((text) => text.includes(':'));
};

/** A message that repeats words of the command line, without the credentials of a URL and the value of an unknown option. */
export const withoutSecrets = (message: string, argv: readonly string[]): string =>
  argv
    .flatMap(credentials)
    .reduce((text, secret) => text.replaceAll(secret, '…'), message)
    .replace(/(unknown option '--?[\w-]*)=.*'/s, "$1'");
