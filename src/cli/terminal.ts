import type { ShowOptions } from './options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a variable is set to something other than a plain no. */
const on = (value: string | undefined): boolean => value !== undefined && !['', '0', 'false'].includes(value);

/** Whether a build machine runs this: nobody sits at its terminal. */
const unattended = (env: Environment): boolean => ['CI', 'CONTINUOUS_INTEGRATION'].some((name) => on(env[name]));

/** What asks for plain lines without any escape, also on a terminal. */
export const plainAsked = ({ tui }: Pick<ShowOptions, 'tui'>, env: Environment): boolean =>
  !tui || env['TERM'] === 'dumb' || unattended(env) || on(env['ACCESSIBLE']);

/** Whether colours go to a stream: the option wins, then NO_COLOR, then FORCE_COLOR, then the terminal. */
export const colorful = (show: Pick<ShowOptions, 'color' | 'tui'>, isTty: boolean, env: Environment): boolean => {
  if (show.color !== 'auto') return show.color === 'always';
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return on(env['FORCE_COLOR']);
  return isTty && !plainAsked(show, env);
};

const atTerminal = (show: ShowOptions): boolean =>
  show.input && show.format === null && process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Whether the terminal UI may be shown: a terminal at both ends, and nothing that asks for plain lines. */
export const interactive = (show: ShowOptions, env: Environment): boolean => atTerminal(show) && !plainAsked(show, env);

/** Whether a person may be asked between plain lines. */
export const askable = (show: ShowOptions, env: Environment): boolean =>
  atTerminal(show) && process.stderr.isTTY === true && !unattended(env);

/** Columns to write for: the terminal's, or 100 where text goes to a file or a pipe. */
export const columns = (stream: NodeJS.WriteStream): number => Math.max(20, stream.columns || 100);
