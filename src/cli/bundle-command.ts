import { type Command, Option } from 'commander';
import { ARCHIVES, type ArchiveKind } from '../archive/archive.ts';
import type { BundleOptions } from '../bundle/bundle.ts';
import type { Part } from '../host/source.ts';
import { PROFILES } from '../model.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { apiOptions } from './api-options.ts';
import { bundleOutput, caseId, consent, logSize, type RawWindow, volumeSize, windowOf } from './bundle-values.ts';
import { checkOf, type RawCheck } from './check-command.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { ids, loginUrl, path, time } from './values.ts';

const EXAMPLES = `
Examples:
  wa-preflight bundle                              asks what goes in, on a terminal
  wa-preflight bundle --consent all --no-input     in a pipeline; a file in /var/tmp
  wa-preflight bundle --around 13:41 --case 3382-1177
  wa-preflight bundle --estimate                   what would go in, and how large
  wa-preflight bundle --consent all --output - > bundle.zip
  wa-preflight bundle verify bundle.zip            is it as it was written?
  wa-preflight bundle redact logs.zip --output clean.zip

Parts, for --consent: report, host, docker, compose, coreapp-logs, webapp-logs, crash-logs,
api, database, network, journal, wadebug. Nothing is ever uploaded.
The run of a bundle writes and benchmarks nothing on the host, unless --full asks for that.

Exit codes:
  0 written, whole as asked    2 wrong call   3 written, but something could not be
  collected: manifest.json says what   70 a bug in this tool   74 not written
  129/130/143 stopped by a signal`;

const VERIFY_EXAMPLES = `
Each file is held against its own digest, its manifest, the .sha256 file beside it, its signature.

Exit codes:
  0 intact   1 changed: each change is named   2 wrong call, or not a bundle`;

const REDACT_EXAMPLES = `
The ending of OUT decides its form: .zip, .tar.gz, .tgz, .tar, .gz, or that of the file itself.

Exit codes:
  0 cleaned   2 wrong call, or an archive that is broken   3 cleaned, but something was left out:
  a stub in its place says why   74 not written   129/130/143 stopped by a signal`;

/** What `bundle redact` was asked for. */
export type RedactOptions = {
  readonly file: string;
  readonly output: string;
  readonly redactRules: string | null;
  readonly map: string | null;
  readonly keepNetwork: boolean;
};

/** What `bundle verify` was asked for. */
export type VerifyOptions = { readonly files: readonly string[]; readonly key: string | null };

/** The commands of the support bundle. */
export type BundleCommands = {
  readonly bundle: (run: CheckOptions, options: BundleOptions, show: ShowOptions) => Promise<void>;
  readonly redact: (options: RedactOptions, show: ShowOptions) => Promise<void>;
  readonly verify: (options: VerifyOptions, show: ShowOptions) => Promise<void>;
};

type RawShown = {
  readonly json?: boolean;
  readonly color?: ShowOptions['color'];
  readonly ascii?: boolean;
  readonly tui?: boolean;
  readonly input?: boolean;
  readonly debug?: boolean;
};
type RawRedaction = { readonly redactRules?: string; readonly map?: string; readonly keepNetwork?: boolean };
type RawBundle = RawShown &
  RawWindow &
  RawRedaction & {
    readonly output?: string;
    readonly archive?: ArchiveKind;
    readonly maxSize: number;
    readonly maxLog: number;
    readonly consent?: readonly Part[];
    readonly estimate?: boolean;
    readonly case?: string;
    readonly sign?: string;
    readonly full?: boolean;
  };

const showOf = ({ json, color = 'auto', ascii, tui, input, debug }: RawShown): ShowOptions => ({
  ...{ format: json ? 'json' : null, outputs: [], color, ascii: ascii ?? false, verbose: false },
  ...{ tui: tui ?? true, input: input ?? true, debug: debug ?? false },
});

const archiveOf = ({ archive, output }: RawBundle): ArchiveKind => {
  const named = /\.zip$/i.test(output ?? '') ? 'zip' : /\.(tar\.gz|tgz)$/i.test(output ?? '') ? 'tar.gz' : null;
  if (archive !== undefined && named !== null && archive !== named)
    throw new UsageError(`--output ${oneLine(output ?? '')} ends as a ${named}, --archive asks for ${archive}`);
  return archive ?? named ?? 'zip';
};

const bundleOf = (raw: RawBundle, now: number): BundleOptions => {
  if (raw.json && raw.output === '-')
    throw new UsageError('--json and --output - both write to standard output: only one of them can');
  return {
    ...{ output: raw.output ?? null, archive: archiveOf(raw), maxSize: raw.maxSize, maxLog: raw.maxLog },
    ...windowOf(raw, now),
    ...{ consent: raw.consent ?? null, estimate: raw.estimate ?? false },
    ...{ case: raw.case ?? null, sign: raw.sign ?? null, redactRules: raw.redactRules ?? null },
    ...{ map: raw.map ?? null, keepNetwork: raw.keepNetwork ?? false },
  };
};

const redaction = (command: Command): Command =>
  command
    .option('--redact-rules <file>', 'rules of your own, beside those of the tool (YAML)', path)
    .option('--map <file>', 'keep at home what each label stands for; never inside the output', path)
    .option('--keep-network', 'addresses and names of hosts stay as they are');

const told = (command: Command): Command =>
  command
    .option('--json', 'one JSON document about the result')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--ascii', 'ASCII symbols only')
    .option('--debug', 'show stack traces');

const run = (command: Command): Command =>
  apiOptions(command)
    .addOption(new Option('--profile <profile>', 'whose requirements').choices(PROFILES).default('production'))
    .addOption(
      new Option('--phase <phase>', 'before the install, after it, or all').choices(['before', 'after', 'all']),
    )
    .option('--only <ids>', 'only these checks in the report: ids or globs, with commas', ids, [])
    .option('--skip <ids>', 'leave these checks out', ids, [])
    .option('--full', 'the report also benchmarks, which a live host feels')
    .option('--offline', 'no connection beyond this host, as with WA_PREFLIGHT_OFFLINE=1')
    .option('--spec <file>', 'an overlay on the built-in requirements (YAML)', path)
    .option('--target <path>', "the folder whose disk is judged (default: Docker's data root, else /var/lib)", path)
    .option('--db-env-file <file>', "the database login: the vendor's db.env, or a compose file", path)
    .option('--db-url <url>', 'the database without its password, such as mysql://wa@db-1:3306', loginUrl)
    .addOption(new Option('--db-tls <mode>', 'TLS to the database').choices(['off', 'require', 'verify']))
    .option('--compose <file>', 'the Compose file of the client (default: that of the containers)', path)
    .option('--timeout <time>', 'longest time of the checks, such as 90s or 5m', time)
    .option('--check-timeout <time>', 'longest time of one question', time);

const redactCommand = (bundle: Command, redact: BundleCommands['redact']): void => {
  const command = bundle
    .command('redact')
    .description('clean an archive, a folder or a file that is there already')
    .argument('<file>', 'a folder, .zip, .tar, .tar.gz, .gz, or a single file', path)
    .requiredOption('--output <file>', 'where the clean one is written; its ending decides the form', path);
  told(redaction(command))
    .allowExcessArguments(false)
    .addHelpText('after', REDACT_EXAMPLES)
    .action((file: string, raw: RawShown & RawRedaction & { readonly output: string }) =>
      redact(
        {
          ...{ file, output: raw.output, redactRules: raw.redactRules ?? null, map: raw.map ?? null },
          keepNetwork: raw.keepNetwork ?? false,
        },
        showOf(raw),
      ),
    );
};

const addPath = (value: string, before: readonly string[] = []): readonly string[] => [...before, path(value)];

const verifyCommand = (bundle: Command, verify: BundleCommands['verify']): void => {
  told(
    bundle
      .command('verify')
      .description('tell whether a bundle is as it was written, and scan it again')
      .argument('<file...>', 'a bundle, or all files of one', addPath)
      .option('--key <file>', 'hold its signature against this ed25519 public key (PEM)', path),
  )
    .addHelpText('after', VERIFY_EXAMPLES)
    .action((files: readonly string[], raw: RawShown & { readonly key?: string }) =>
      verify({ files, key: raw.key ?? null }, showOf(raw)),
    );
};

/** Adds `bundle`, `bundle verify` and `bundle redact` to the command table. */
export const bundleCommand = (top: Command, commands: BundleCommands): void => {
  const bundle = top
    .command('bundle')
    .description('make one file for a support ticket: collected, redacted, proven')
    .addOption(
      new Option('--output <file>', 'where to (default: a new name in /var/tmp); - is standard output').argParser(
        bundleOutput,
      ),
    )
    .addOption(new Option('--archive <kind>', 'its form (default: as the name ends, else zip)').choices(ARCHIVES))
    .addOption(
      new Option('--max-size <size>', 'of one file; more files are made where that is needed')
        .argParser(volumeSize)
        .default(25e6, '25MB'),
    )
    .addOption(new Option('--max-log <size>', 'of one log, its newest part').argParser(logSize).default(10e6, '10MB'))
    .option('--since <time>', 'logs from here: 3h, 13:41, or RFC 3339 (default: 3h)')
    .option('--until <time>', 'logs up to here (default: now)')
    .option('--around <time>', 'logs from 15 minutes before to 15 minutes after')
    .option('--estimate', 'tell what would go in and how large, and make nothing')
    .addOption(new Option('--consent <parts>', 'all, or the parts that go in, with commas').argParser(consent))
    .option('--case <id>', 'the number of the ticket, for names and pages', caseId)
    .option('--sign <key>', 'sign it with this ed25519 private key (PEM file)', path);
  run(told(redaction(bundle)))
    .option('--no-tui', 'plain lines, also on a terminal')
    .option('--no-input', 'ask nothing')
    .enablePositionalOptions()
    .allowExcessArguments(false)
    .addHelpText('after', EXAMPLES)
    .action((raw: RawBundle & RawCheck) => {
      const options = bundleOf(raw, Date.now());
      const { output: _, ...asked } = { ...raw, quick: raw.full !== true };
      return commands.bundle(checkOf(asked), options, showOf(raw));
    });
  redactCommand(bundle, commands.redact);
  verifyCommand(bundle, commands.verify);
};
