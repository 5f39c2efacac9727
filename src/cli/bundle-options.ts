import { type Command, Option } from 'commander';
import { PROFILES } from '../model.ts';
import { apiOptions } from './api-options.ts';
import { ids, loginUrl, path, time } from './values.ts';

/** What the help of `bundle` ends with. */
export const EXAMPLES = `
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

/** And that of `bundle verify`. */
export const VERIFY_EXAMPLES = `
Each file is held against its own digest, its manifest, the .sha256 file beside it, its signature.

Exit codes:
  0 intact   1 changed: each change is named   2 wrong call, or not a bundle`;

/** And that of `bundle redact`. */
export const REDACT_EXAMPLES = `
The ending of OUT decides its form: .zip, .tar.gz, .tgz, .tar, .gz, or that of the file itself.

Exit codes:
  0 cleaned   2 wrong call, or an archive that is broken   3 cleaned, but something was left out:
  a stub in its place says why   74 not written   129/130/143 stopped by a signal`;

/** Options that say what is taken out. */
export const redactionOptions = (command: Command): Command =>
  command
    .option('--redact-rules <file>', 'rules of your own, beside those of the tool (YAML)', path)
    .option('--map <file>', 'keep at home what each label stands for; never inside the output', path)
    .option('--keep-network', 'addresses and names of hosts stay as they are');

/** Options that say how the result is told. */
export const resultOptions = (command: Command): Command =>
  command
    .option('--json', 'one JSON document about the result')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--ascii', 'ASCII symbols only')
    .option('--debug', 'show stack traces');

/** Options of the run whose report goes in. */
export const runOptions = (command: Command): Command =>
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
