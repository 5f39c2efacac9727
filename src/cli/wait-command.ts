import { type Command, Option } from 'commander';
import { UsageError } from '../usage-error.ts';
import { apiOf, apiOptions, type RawApi } from './api-options.ts';
import type { ShowOptions } from './options.ts';
import { DEFAULT_WAIT_MS, interval, LEAST_INTERVAL_MS, time } from './values.ts';
import type { WaitOptions } from './wait.ts';

const EXAMPLES = `
Examples:
  wa-preflight wait                            the Webapp found here, 7 minutes at most
  wa-preflight wait --timeout 15m --json       one document when it is over
  wa-preflight wait --events                   what happens as it happens, as NDJSON
  wa-preflight wait --api-url https://web-1:9090 --api-ca ca.pem

The login comes from WA_API_USERNAME and WA_API_PASSWORD, or WA_API_KEY, or a person is asked
on a terminal. With a key health alone decides: it tells nothing of offline messages.

Phases: starting, database schema, connecting, templates, offline messages, ready.
Exit codes:
  0 ready   1 failed: nothing that waiting mends   2 wrong call, or no login
  3 the time is up: the last phase is told   70 a bug in this tool
  74 standard output could not be written   129/130/143 stopped by a signal`;

type RawWait = Omit<RawApi, 'sendTestMessage'> & {
  readonly timeout: number;
  readonly interval: number;
  readonly events?: boolean;
  readonly json?: boolean;
  readonly color: ShowOptions['color'];
  readonly ascii?: boolean;
  readonly input: boolean;
  readonly debug?: boolean;
};

const showOf = ({ json, events, color, ascii = false, input, debug = false }: RawWait): ShowOptions => {
  if (json && events) throw new UsageError('--json and --events both write to standard output: only one of them can');
  const format = json ? 'json' : events ? 'events' : null;
  return { format, outputs: [], tui: true, input, color, ascii, verbose: false, debug };
};

/** Adds `wait` to the command table. */
export const waitCommand = (top: Command, run: (options: WaitOptions, show: ShowOptions) => Promise<void>): void => {
  const command = top
    .command('wait')
    .description('poll until the client is ready, has failed, or the time is up')
    .addOption(new Option('--timeout <time>', 'how long to wait').argParser(time).default(DEFAULT_WAIT_MS, '7m'))
    .addOption(
      new Option('--interval <time>', 'between two polls').argParser(interval).default(LEAST_INTERVAL_MS, '5s'),
    );
  apiOptions(command)
    .option('--events', 'events on standard output, one JSON document a line')
    .option('--json', 'one JSON document at the end')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--ascii', 'ASCII symbols only')
    .option('--no-input', 'ask nothing')
    .option('--debug', 'show stack traces')
    .allowExcessArguments(false)
    .addHelpText('after', EXAMPLES)
    .action((raw: RawWait) => {
      const { timeout: timeoutMs, interval: intervalMs, events = false } = raw;
      return run({ api: apiOf(raw), timeoutMs, intervalMs, events }, showOf(raw));
    });
};
