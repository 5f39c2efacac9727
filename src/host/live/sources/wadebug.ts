import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Source, SourceError } from '../../source.ts';
import { childEnvironment, find } from '../exec.ts';
import { foreignMode } from '../login/foreign-file.ts';
import type { AllPatience } from './patience.ts';
import { runProgram } from './program.ts';
import { dataOf, jsonText, lackingOf, lackOf, wholeOf } from './source-of.ts';

const PROGRAM = 'wadebug';
/** All of its run, ms: it waits for a silent Engine for a minute, and a bundle does not. */
const WITHIN = 12_000;
const MOST = 1 << 20;

/** Actions that look at Docker alone, and connect to nothing else. */
const HARMLESS = ['containers_status', 'check_mysql_password', 'check_software_version', 'check_webapp_port'];
/** Why the others are not run. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  check_db_settings_exist: 'it prints the database password in place of a missing setting',
  check_mysql_connection: 'it needs a password in a file, and the network; see database/connect.json',
  check_mysql_permissions: 'it needs a password in a file, and the network; see database/rights.json',
  check_mysql_version: 'it needs a password in a file, and the network; see database/server.json',
  check_network: "it connects to the vendor's servers; see network/connections.json",
  check_webhook: 'it posts to the production webhook and may copy a file into the Coreapp; see network/webhook.json',
  logs: 'it writes what it finds to the disk as it is; see the files that stand in for it',
};

/** What stands in this bundle for each file that WADebug would write. */
const INSTEAD = [
  { wadebug: '<container>-container.log', here: 'app/<product>/<container>/container.log' },
  { wadebug: '<container>-inspect.log', here: 'docker/inspect/<container>.json' },
  { wadebug: '<container>-coredump.log', here: 'app/coreapp/<container>/*-crash.log' },
  { wadebug: '<container>-web.log', here: 'app/webapp/<container>/web.log, lighttpd-error.log' },
  { wadebug: 'support-info.log', here: 'app/support-info.json' },
  { wadebug: 'results of its actions', here: 'report.json, wadebug/partial.json' },
];

const PLANNED = { part: 'wadebug', collector: 'WADebug', form: 'json', priority: 4 } as const;

/**
 * A network of its own without any way out, in which Docker's socket is still reached, and memory in place of /mnt as its working
 * folder: what it writes there is gone with it, and no wadebug.conf.yml stands there.
 */
const ISOLATED =
  'mount -t tmpfs -o size=8m,mode=0700 wa-preflight /mnt && cd /mnt && HOME=/mnt && export HOME && exec "$@"';

/** Where it is installed. A home may be on a mount that hangs: a child looks there. */
const whereIs = async (path: string, signal: AbortSignal): Promise<string | undefined> => {
  const found = find(PROGRAM, path);
  if (found !== undefined) return found;
  const atHome = join(process.env['HOME'] || homedir(), '.local/bin', PROGRAM);
  const there = await foreignMode(atHome, signal).catch(() => null);
  signal.throwIfAborted();
  return there && there.mode & 0o111 ? atHome : undefined;
};

/** The document that it prints, behind whatever it says before. */
const documentIn = (text: string): unknown => {
  const line = text.split('\n').findLast((one) => one.startsWith('{'));
  try {
    return line === undefined ? null : JSON.parse(line);
  } catch {
    return null;
  }
};

type Result = Readonly<Record<string, unknown>>;

/** Results without what it is known to print secrets in, whatever it was asked. */
const withoutSettings = (document: unknown): unknown => {
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document as Result).map(([name, result]) =>
      name === 'check_db_settings_exist' ? [name, 'left out: it holds the database password'] : [name, result],
    ),
  );
};

const environment = (): Readonly<Record<string, string>> => {
  const { PATH = '', LC_ALL = 'C', DOCKER_HOST } = childEnvironment();
  return {
    PATH,
    LC_ALL,
    LANG: 'C.UTF-8',
    PYTHONDONTWRITEBYTECODE: '1',
    TMPDIR: '/mnt',
    ...(DOCKER_HOST && { DOCKER_HOST }),
  };
};

const run = async (program: string, { wadebug: patience }: AllPatience, signal: AbortSignal): Promise<string> => {
  if (process.getuid?.() !== 0)
    throw new SourceError(
      'denied',
      'it is run only where it cannot send anything: that takes root, for a network of its own',
    );
  const args = ['--net', '--mount', '--', 'sh', '-c', ISOLATED, 'sh', program, 'partial', ...HARMLESS];
  const printed = await runProgram(
    {
      name: 'unshare',
      args: [...args, '--do-not-send-usage', '--json'],
      withinMs: WITHIN,
      most: MOST,
      env: environment(),
    },
    patience,
    signal,
  );
  const document = documentIn(printed.text.toString('utf8'));
  if (document !== null) return jsonText({ notRun: LEFT_OUT, results: withoutSettings(document) });
  const words = (printed.said || printed.text.toString('utf8')).trim().split('\n').at(-1) ?? '';
  if (printed.lack) throw new SourceError('timed-out', printed.lack.reason);
  throw new SourceError('failed', `${PROGRAM} ended with exit code ${printed.exitCode}: ${words.slice(0, 300)}`);
};

/**
 * WADebug's own results where it is installed, and what stands here for its files. It is run without any network, with those
 * actions alone that look at Docker, and never with `logs`; where it cannot be kept from sending it is not run.
 */
export const wadebug = async (all: AllPatience, asking: AbortSignal): Promise<readonly Source[]> => {
  const program = await whereIs(childEnvironment()['PATH'] ?? '', asking);
  const origin = `${PROGRAM} partial ${HARMLESS.join(' ')}, without a network`;
  const planned = { ...PLANNED, path: 'wadebug/partial.json', origin };
  const absent =
    'WADebug is not installed here (not in PATH, not in ~/.local/bin); all that it collects is collected without it';
  return [
    dataOf(
      { ...PLANNED, path: 'wadebug/instead.json', collector: 'this tool', origin: 'what stands for files of WADebug' },
      () => ({
        installed: program !== undefined,
        files: INSTEAD,
        notRun: LEFT_OUT,
      }),
    ),
    program === undefined
      ? lackingOf(planned, 'absent', absent)
      : wholeOf(planned, (signal) =>
          run(program, all, signal).catch((error: unknown) => {
            signal.throwIfAborted();
            const { state, message } = lackOf(error);
            throw new SourceError(state, `${message}; all that it collects is collected without it`);
          }),
        ),
  ];
};
