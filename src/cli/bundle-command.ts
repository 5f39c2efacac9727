import { type Command, Option } from 'commander';
import { ARCHIVES, type ArchiveKind } from '../archive/archive.ts';
import type { BundleOptions } from '../bundle/bundle.ts';
import type { Part } from '../host/source.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import {
  EXAMPLES,
  REDACT_EXAMPLES,
  redactionOptions,
  resultOptions,
  runOptions,
  VERIFY_EXAMPLES,
} from './bundle-options.ts';
import { bundleOutput, caseId, consent, logSize, type RawWindow, volumeSize, windowOf } from './bundle-values.ts';
import { checkOf, type RawCheck } from './check-command.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { path } from './values.ts';

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

const redactCommand = (bundle: Command, redact: BundleCommands['redact']): void => {
  const command = bundle
    .command('redact')
    .description('clean an archive, a folder or a file that is there already')
    .argument('<file>', 'a folder, .zip, .tar, .tar.gz, .gz, or a single file', path)
    .requiredOption('--output <file>', 'where the clean one is written; its ending decides the form', path);
  resultOptions(redactionOptions(command))
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
  resultOptions(
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
  runOptions(resultOptions(redactionOptions(bundle)))
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
