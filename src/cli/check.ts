import type { Evidence } from '../host/evidence.ts';
import type { Report } from '../model.ts';
import { apiCalls } from './api-calls.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { print, tell } from './output.ts';
import { prepare } from './prepare.ts';
import { recordingFile } from './recording-file.ts';
import { start } from './session.ts';
import { exitCodeOf, show } from './show.ts';
import { leave, onSignals } from './signals.ts';
import { askable, colorful, columns, interactive } from './terminal.ts';
import { toldRun } from './told-run.ts';

type Ran = {
  readonly report: Report;
  readonly evidence: Evidence;
  /** What a run left open is being ended: nothing waits for that but the end of this process. */
  readonly closing: Promise<void>;
};

/** Runs without a terminal UI: the product's end of life, then one line on standard error for each check that ends. */
const runPlain = async (options: CheckOptions, showing: ShowOptions): Promise<Ran> => {
  const prompt = askable(showing, process.env) ? (await import('./prompt-here.ts')).promptHere() : null;
  const say = prompt?.tell ?? tell;
  const prepared = await prepare(options, prompt?.person ?? null);
  const session = start(prepared);
  // To the very end: a signal while the report is being written must not cost the report.
  onSignals(session.stop);
  let closing: Promise<void> = Promise.resolve();
  const report = await toldRun(session, prepared, options, showing, say).finally(() => {
    closing = prepared.close();
  });
  return { report, evidence: prepared.evidence, closing };
};

/** Runs with the terminal UI; what matters stays in the scrollback after it. Without a report: the exit code. */
const runInteractive = async (options: CheckOptions, showing: ShowOptions): Promise<Ran | number> => {
  const { runTui } = await import('./tui.ts');
  const { farewell } = await import('../../report-templates/farewell.ts');
  const { report, exitCode, evidence, savedAs } = await runTui(options, showing);
  if (!report) return exitCode;
  const color = colorful(showing, true, process.env);
  const look = { color, ascii: showing.ascii, width: columns(process.stdout) };
  await print(process.stdout, farewell(report, savedAs, look));
  return { report, evidence, closing: Promise.resolve() };
};

/** A recording holds the answers of its own database and more: what is said of another one does nothing, and that is told. */
const tellUseless = ({ from, login: { envFile, url, tls, backupTaken }, api, given }: CheckOptions): void => {
  const { phoneNumber, awsTemplate, accountCertificate } = given;
  const useless = {
    ...{ '--db-env-file': envFile, '--db-url': url, '--db-tls': tls, '--db-backup-taken': backupTaken },
    ...{ '--api-url': api.url, '--api-ca': api.ca, '--api-fingerprint': api.fingerprint },
    ...{ '--phone-number': phoneNumber, '--aws-template': awsTemplate, '--account-certificate': accountCertificate },
  };
  for (const [option, value] of Object.entries(useless))
    if (from !== null && value) tell(`${option} does nothing with --from: a recording holds its own answers`);
};

/** `check`: runs the checks, shows and writes the report, keeps the evidence, and leaves with the run's exit code. */
export const check = async (options: CheckOptions, showing: ShowOptions): Promise<void> => {
  // The option is the variable's twin, and the variable reaches the measuring process too.
  if (options.offline) process.env['WA_PREFLIGHT_OFFLINE'] = '1';
  tellUseless(options);
  const tui = interactive(showing, process.env);
  const ran = tui ? await runInteractive(options, showing) : await runPlain(options, showing);
  if (typeof ran === 'number') return leave(ran);
  const extras = options.record === null ? [] : [{ file: options.record, text: recordingFile(ran.evidence) }];
  try {
    await show(ran.report, showing, [...extras, ...(await apiCalls(options, ran.evidence))], !tui);
  } finally {
    await ran.closing;
  }
  leave(exitCodeOf(ran.report, showing));
};
