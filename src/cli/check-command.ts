import { type Command, Option } from 'commander';
import { PROFILES, SHAPES } from '../model.ts';
import { apiOf, apiOptions, type RawApi } from './api-options.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { shown, showOf } from './show-options.ts';
import { callsFile, ids, loginUrl, path, refuseSameFile, time, word } from './values.ts';

/** What the help of the command and of the tool end with. */
export const EXAMPLES = `
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

const checkOptions = (command: Command): Command =>
  apiOptions(
    shown(command)
      .addOption(
        new Option('--profile <profile>', 'whose requirements').choices(PROFILES).default(null, '"production"'),
      )
      .addOption(
        new Option('--phase <phase>', 'before the install, after it, or all').choices(['before', 'after', 'all']),
      )
      .addOption(
        new Option('--shape <shape>', "the vendor's compose shape (default: as deployed, else single)").choices(SHAPES),
      )
      .option('--only <ids>', 'only these checks: ids or globs such as disk.*, with commas', ids, [])
      .option('--skip <ids>', 'leave these checks out', ids, [])
      .option('--quick', 'nothing that writes or benchmarks')
      .option('--offline', 'no connection beyond this host, as with WA_PREFLIGHT_OFFLINE=1')
      .option('--strict', 'warnings count as failures')
      .option('--waivers <file>', 'known problems, each with a reason, a last day and a person (YAML)', path)
      .option('--spec <file>', 'an overlay on the built-in requirements (YAML)', path)
      .option('--from <file>', 'judge a recording or a bundle instead of this host', path)
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
/** What commander hands over of the options of a run. */
export type RawCheck = Partial<CheckOptions> &
  Pick<CheckOptions, 'profile' | 'only' | 'skip'> &
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

/** The same as plain data. */
export const checkOf = (raw: RawCheck): CheckOptions => ({
  profile: raw.profile,
  phase: raw.phase ?? null,
  shape: raw.shape ?? null,
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

/** Adds `check`, the default, to the command table. */
export const checkCommand = (top: Command, run: (options: CheckOptions, show: ShowOptions) => Promise<void>): void => {
  checkOptions(top.command('check', { isDefault: true }).description('run the checks on this host (the default)'))
    .allowExcessArguments(false)
    .addHelpText('after', EXAMPLES)
    .action((raw) => {
      const [options, show] = [checkOf(raw), showOf(raw)];
      const kept = [options.record, options.apiCalls].filter((file) => file !== null);
      refuseSameFile([...show.outputs.map(({ file }) => file), ...kept]);
      return run(options, show);
    });
};
