import { resultText } from '../../report-templates/bundle/result.ts';
import type { BundleOptions, MadeBundle } from '../bundle/bundle.ts';
import type { Part } from '../host/source.ts';
import { UsageError } from '../usage-error.ts';
import { askConsent } from './bundle-consent.ts';
import { failed } from './bundle-failed.ts';
import { telling } from './bundle-progress.ts';
import { placeOf, refuseSame } from './bundle-target.ts';
import { consentLines, estimateDocument, estimateLines, resultDocument } from './bundle-words.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { print, tell } from './output.ts';
import { prepare } from './prepare.ts';
import { start } from './session.ts';
import { leave } from './signals.ts';
import { askable, colorful, columns, interactive, plainAsked } from './terminal.ts';
import { toldRun } from './told-run.ts';
import { untilStopped } from './until-stopped.ts';
import type { WizardSession } from './wizard-session.ts';

/** Writes an archive to standard output, with back-pressure. */
const toStdout = async (pieces: readonly Uint8Array[]): Promise<void> => {
  for (const piece of pieces) await print(process.stdout, piece);
};

/** The exit code of a bundle that was written. */
export const exitCodeOf = ({ manifest }: MadeBundle): number => (manifest.complete ? 0 : 3);

/** Whether the wizard is shown: where the TUI may be, and nothing was decided beforehand. */
const asksPerson = ({ output, consent, estimate }: BundleOptions, showing: ShowOptions): boolean =>
  output !== '-' && consent === null && !estimate && interactive(showing, process.env);

const partsFor = async (
  { rows }: WizardSession,
  { consent }: BundleOptions,
  showing: ShowOptions,
  signal: AbortSignal,
): Promise<readonly Part[]> => {
  if (consent !== null) return consent;
  if (!askable(showing, process.env)) return rows.map(({ part }) => part);
  return askConsent(rows, consentLines(rows, columns(process.stderr)), signal);
};

const showMade = async (
  made: MadeBundle,
  options: BundleOptions,
  host: string,
  showing: ShowOptions,
): Promise<void> => {
  if (showing.format === 'json')
    return print(process.stdout, `${JSON.stringify(resultDocument(made, exitCodeOf(made)), null, 2)}\n`);
  const stream = options.output === '-' ? process.stderr : process.stdout;
  const look = { color: colorful(showing, stream.isTTY, process.env), ascii: showing.ascii, width: columns(stream) };
  await print(stream, resultText(made, { host, maxSize: options.maxSize }, { ...look, verbose: false }));
};

const showEstimate = (session: WizardSession, parts: readonly Part[], showing: ShowOptions): Promise<void> => {
  const rows = session.rows.filter(({ part }) => parts.includes(part));
  const packed = session.estimate(parts);
  const text =
    showing.format === 'json'
      ? `${JSON.stringify(estimateDocument(rows, packed), null, 2)}\n`
      : estimateLines(rows, packed, columns(process.stdout));
  return print(process.stdout, text);
};

/** What is refused before anything is asked of this host. */
const readyFor = async (options: BundleOptions) => {
  const { output, archive, estimate } = options;
  if (output === '-' && !estimate && process.stdout.isTTY)
    throw new UsageError('--output - writes an archive, and standard output is a terminal: a file or a pipe is needed');
  if (output !== '-') refuseSame(options.map, output);
  const place = output === '-' || estimate ? null : await placeOf(output, archive);
  const signer = options.sign === null ? null : await (await import('./key-file.ts')).signerFrom(options.sign);
  const { cleaningFor } = await import('./bundle-cleaning.ts');
  return { place, signer, cleaning: await cleaningFor(options), out: toStdout };
};

/** Runs the checks, collects, redacts, writes. Gives the exit code; throws where nothing was written. */
const makeOne = async (
  run: CheckOptions,
  options: BundleOptions,
  showing: ShowOptions,
  signal: AbortSignal,
): Promise<number> => {
  const ready = await readyFor(options);
  const prompt = askable(showing, process.env) ? (await import('./prompt-here.ts')).promptHere() : null;
  const prepared = await prepare(run, prompt?.person ?? null);
  const checks = start(prepared);
  signal.addEventListener('abort', () => checks.stop({ by: 'the end of the bundle' }), { once: true });
  const told = telling(process.stderr, process.stderr.isTTY === true && !plainAsked(showing, process.env));
  const open: { readonly close: () => Promise<void> }[] = [prepared];
  try {
    const report = await toldRun(checks, prepared, run, showing, prompt?.tell ?? tell);
    signal.throwIfAborted();
    const { bundleSession } = await import('./bundle-session.ts');
    const sessionFor = async (asked: BundleOptions, stop: AbortSignal) => {
      const session = await bundleSession(asked, { ...ready, prepared, report }, stop);
      open.push(session);
      return session;
    };
    if (asksPerson(options, showing)) {
      const { runBundleWizard } = await import('./bundle-wizard.ts');
      const end = await runBundleWizard({ options, lifecycle: report.lifecycle, sessionFor }, showing);
      if (end.made && !end.deleted) await showMade(end.made, options, report.host.name, showing);
      return end.exitCode;
    }
    const session = await sessionFor(options, signal);
    if (options.estimate) {
      await showEstimate(session, options.consent ?? session.rows.map(({ part }) => part), showing);
      return 0;
    }
    const parts = await partsFor(session, options, showing, signal);
    const made = await session.make({ parts, without: [], own: [] }, signal, told.see);
    told.end();
    await showMade(made, options, report.host.name, showing);
    return exitCodeOf(made);
  } finally {
    told.end();
    await Promise.all(open.map(({ close }) => close()));
  }
};

/** `bundle`: makes a bundle and leaves with 0 (whole as asked), 3 (something is lacking), 74 (nothing was written) or a signal's code. */
export const bundle = async (run: CheckOptions, options: BundleOptions, showing: ShowOptions): Promise<void> => {
  // The option is the variable's twin, and the variable reaches the measuring process too.
  if (run.offline) process.env['WA_PREFLIGHT_OFFLINE'] = '1';
  await untilStopped(showing, async (signal) => {
    try {
      leave(await makeOne(run, options, showing, signal));
    } catch (error) {
      await failed(error, showing);
    }
  });
};
