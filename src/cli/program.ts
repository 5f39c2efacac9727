import { Command, Option } from 'commander';
import { PROFILES, SHAPES } from '../model.ts';
import { TOOL } from '../tool.ts';
import { UsageError } from '../usage-error.ts';
import { apiOf, apiOptions, type RawApi } from './api-options.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { callsFile, FORMATS, ids, loginUrl, output, path, refuseSameFile, time, word } from './values.ts';
import type { WaitOptions } from './wait.ts';
import { waitCommand } from './wait-command.ts';

/** The JSON Schemas that the tool carries: told here, refused by the command itself, which says what was meant. */
export const SCHEMAS = ['report', 'spec', 'evidence', 'wait', 'event'] as const;

/** What each command does, given by the caller: the table below only reads the words. */
export type Commands = {
  readonly check: (options: CheckOptions, show: ShowOptions) => Promise<void>;
  readonly list: (show: { readonly json: boolean }) => Promise<void>;
  readonly explain: (id: string) => Promise<void>;
  readonly render: (file: string, show: ShowOptions) => Promise<void>;
  readonly wait: (options: WaitOptions, show: ShowOptions) => Promise<void>;
  readonly schema: (name: string) => Promise<void>;
  readonly completion: (shell: string) => Promise<void>;
};

const shown = (command: Command): Command =>
  command
    .addOption(new Option('--format <format>', 'what goes to standard output').choices(FORMATS))
    .option('--json', 'the same as --format json')
    .option('--output <format=file>', 'write the report to a file as well; may be given again', output, [])
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--ascii', 'ASCII symbols only')
    .option('--verbose', 'show the evidence too');

const checkOptions = (command: Command): Command =>
  apiOptions(
    shown(command)
      .addOption(new Option('--profile <profile>', 'whose requirements').choices(PROFILES).default('production'))
      .addOption(
        new Option('--phase <phase>', 'before the install, after it, or all').choices(['before', 'after', 'all']),
      )
      .addOption(new Option('--shape <shape>', "the vendor's compose shape").choices(SHAPES).default('single'))
      .option('--only <ids>', 'only these checks: ids or globs such as disk.*, with commas', ids, [])
      .option('--skip <ids>', 'leave these checks out', ids, [])
      .option('--quick', 'nothing that writes or benchmarks')
      .option('--offline', 'no connection beyond this host, as with WA_PREFLIGHT_OFFLINE=1')
      .option('--strict', 'warnings count as failures')
      .option('--waivers <file>', 'known problems, each with a reason, a last day and a person (YAML)', path)
      .option('--spec <file>', 'an overlay on the built-in requirements (YAML)', path)
      .option('--from <file>', 'judge a recording instead of this host', path)
      .option('--record <file>', 'keep the evidence, to be judged again with --from', path)
      .option('--target <path>', "the folder whose disk is judged (default: Docker's data root, else /var/lib)", path)
      .option('--db-env-file <file>', "the database login: the vendor's db.env, or a compose file", path)
      .option('--db-url <url>', 'the database without its password, such as mysql://wa@db-1:3306', loginUrl)
      .addOption(new Option('--db-tls <mode>', 'TLS to the database').choices(['off', 'require', 'verify']))
      .option('--db-backup-taken', 'state that there is a backup of the database'),
  )
    .option('--compose <file>', 'judge a Compose file in place of the containers here', path)
    .option('--phone-number <number>', 'also judge a business phone number', word)
    .option('--account-certificate <file>', 'also judge the certificate of the display name', path)
    .option('--aws-template <file>', 'also judge a CloudFormation template or stack', path)
    .option('--api-calls <file>', 'keep the API calls: FILE.har, or FILE.json as a Postman collection', callsFile)
    .option('--db-write-probe', 'also measure commits, of rows in a temporary table')
    .option('--stats-db', 'also ask stats/db, which is slow on a large database')
    .option('--test-default-admin', 'also try the published default password, once')
    .option('--test-webhook', 'also send a POST to the webhook')
    .option('--send-test-message <to>', 'also send a text message to this number', word)
    .option('--hold-connection', 'also hold a connection open for some minutes')
    .option('--timeout <time>', 'longest time of the whole run, such as 90s or 5m', time)
    .option('--check-timeout <time>', 'longest time of one question', time)
    .option('--no-tui', 'plain lines, also on a terminal')
    .option('--no-input', 'ask nothing')
    .option('--debug', 'show stack traces');

const EXAMPLES = `
Examples:
  wa-preflight                                this host, in a terminal UI
  wa-preflight --json > report.json           for pipelines; see the exit codes
  wa-preflight --quick --only 'host.*'        what reads only, about the host
  wa-preflight --db-env-file db.env           with the client's own database login
  wa-preflight --record host.json             keep the evidence ...
  wa-preflight --from host.json               ... and judge it again elsewhere
  wa-preflight explain docker.statx           what a check asks, and why
  wa-preflight wait --timeout 7m              until the client is ready, after a start
  wa-preflight check --help                   all options of a run

Exit codes:
  0 nothing failed   1 a check failed (or warned, with --strict)   2 wrong call
  3 a required check could not be judged   70 a bug in this tool
  74 an output could not be written   129/130/143 stopped by a signal
  wait: 0 ready   1 failed   2 wrong call, or no login   3 the time is up
  --format nagios uses 0/1/2/3 as Nagios does: ok, warning, critical, unknown.

The vendor ended the product on 2025-10-23: a verdict is about conformance only.
Waive lifecycle.product if --strict is to say nothing about that.`;

type RawShow = {
  format?: string;
  json?: boolean;
  output: ShowOptions['outputs'];
  color: ShowOptions['color'];
  ascii?: boolean;
  verbose?: boolean;
  tui?: boolean;
  input?: boolean;
  debug?: boolean;
};

const showOf = (raw: RawShow): ShowOptions => {
  if (raw.json && raw.format && raw.format !== 'json')
    throw new UsageError('--json and --format name different formats');
  return {
    format: raw.json ? 'json' : (raw.format ?? null),
    outputs: raw.output,
    tui: raw.tui ?? true,
    input: raw.input ?? true,
    color: raw.color,
    ascii: raw.ascii ?? false,
    verbose: raw.verbose ?? false,
    debug: raw.debug ?? false,
  };
};

type RawLogin = {
  readonly dbEnvFile?: string;
  readonly dbUrl?: string;
  readonly dbTls?: 'off' | 'require' | 'verify';
  readonly dbBackupTaken?: boolean;
};
type RawGiven = {
  readonly phoneNumber?: string;
  readonly accountCertificate?: string;
  readonly awsTemplate?: string;
};
type RawOptIns = {
  readonly dbWriteProbe?: boolean;
  readonly statsDb?: boolean;
  readonly testDefaultAdmin?: boolean;
  readonly testWebhook?: boolean;
  readonly holdConnection?: boolean;
};
type RawCheck = Partial<CheckOptions> &
  Pick<CheckOptions, 'profile' | 'shape' | 'only' | 'skip'> &
  RawLogin &
  RawApi &
  RawGiven &
  RawOptIns;

const optInsOf = (raw: RawOptIns & RawApi): readonly string[] =>
  Object.entries({
    '--db-write-probe': raw.dbWriteProbe,
    '--stats-db': raw.statsDb,
    '--test-default-admin': raw.testDefaultAdmin,
    '--test-webhook': raw.testWebhook,
    '--hold-connection': raw.holdConnection,
    '--send-test-message': raw.sendTestMessage !== undefined,
  }).flatMap(([option, given]) => (given ? [option] : []));

const checkOf = (raw: RawCheck): CheckOptions => ({
  profile: raw.profile,
  phase: raw.phase ?? null,
  shape: raw.shape,
  only: raw.only,
  skip: raw.skip,
  quick: raw.quick ?? false,
  offline: raw.offline ?? false,
  strict: raw.strict ?? false,
  waivers: raw.waivers ?? null,
  spec: raw.spec ?? null,
  from: raw.from ?? null,
  record: raw.record ?? null,
  target: raw.target ?? null,
  login: {
    envFile: raw.dbEnvFile ?? null,
    url: raw.dbUrl ?? null,
    tls: raw.dbTls ?? null,
    backupTaken: raw.dbBackupTaken ?? false,
  },
  api: apiOf(raw),
  compose: raw.compose ?? null,
  given: {
    awsTemplate: raw.awsTemplate ?? null,
    phoneNumber: raw.phoneNumber ?? null,
    accountCertificate: raw.accountCertificate ?? null,
  },
  apiCalls: raw.apiCalls ?? null,
  optIns: optInsOf(raw),
  timeout: raw.timeout ?? null,
  checkTimeout: raw.checkTimeout ?? null,
});

/** The command table: one source for parsing, help and completion. */
export const program = (commands: Commands): Command => {
  const top = new Command(TOOL.name)
    .description('Does this host meet the published requirements of the WhatsApp Business On-Premises API client?')
    .version(TOOL.version, '-V, --version')
    .addHelpText('after', EXAMPLES)
    .enablePositionalOptions()
    .allowExcessArguments(false);
  checkOptions(top.command('check', { isDefault: true }).description('run the checks on this host (the default)'))
    .allowExcessArguments(false)
    .addHelpText('after', EXAMPLES)
    .action((raw) => {
      const [options, show] = [checkOf(raw), showOf(raw)];
      const kept = [options.record, options.apiCalls].filter((file) => file !== null);
      refuseSameFile([...show.outputs.map(({ file }) => file), ...kept]);
      return commands.check(options, show);
    });
  top
    .command('list')
    .description('all checks, one line each')
    .option('--json', 'as JSON')
    .action((raw) => commands.list({ json: raw.json === true }));
  top
    .command('explain')
    .description('one check: what it asks and touches, its requirement, clause and remedy')
    .argument('<id>', 'the id of a check')
    .action((id) => commands.explain(id));
  shown(
    top.command('render').description('show a saved report in any format').argument('<report>', 'a JSON report', path),
  ).action((file, raw) => {
    const show = showOf(raw);
    refuseSameFile(show.outputs.map(({ file: written }) => written));
    return commands.render(file, show);
  });
  waitCommand(top, commands.wait);
  top
    .command('schema')
    .description('print a JSON Schema')
    .addArgument(top.createArgument('[name]', 'which one').choices(SCHEMAS).default('report').argParser(String))
    .action((name) => commands.schema(name));
  top
    .command('completion')
    .description('print a completion script')
    .addArgument(top.createArgument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .action((shell) => commands.completion(shell));
  return top;
};
