import type { Action, ScreenProps } from '../../report-templates/screen.tsx';
import type { Evidence } from '../host/evidence.ts';
import type { Report } from '../model.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { OutputError } from './output.ts';
import { saveReport } from './save.ts';
import { copyToClipboard, giveBackTerminal, obeyJobControl, surviveLostTerminal } from './screen-terminal.ts';
import { patience, shownRun } from './shown-run.ts';
import { onSignals } from './signals.ts';
import { type LoginStates, type SteeredRun, steeredRun } from './steered-run.ts';
import { givenBy } from './typed-login.ts';

/** What the terminal UI left behind. No report: it was thrown away, or stopped before there was one. */
export type TuiEnd = {
  readonly report: Report | null;
  /** For where there is no report: the code of the signal, or of a run that was broken off. */
  readonly exitCode: number;
  readonly evidence: Evidence;
  readonly savedAs: string | null;
};

/** How long a file that is being written when the screen is left may take, ms. */
const SAVING_MS = 500;

const UNASKED = { asked: 0, wanted: false, places: [] } as const;

/** The logins as the screen shows them, null for one that the run has no use for. */
const loginsOf = ({ run }: Report, { database, api }: LoginStates): ScreenProps['logins'] => {
  const asks = (group: string) => !run.replayed && run.planned.some((id) => id.startsWith(`${group}.`));
  const noApi = { ...UNASKED, url: null, state: 'no-login', user: null, found: false, untrusted: null };
  return {
    database: asks('database') ? (database ?? { ...UNASKED, known: {} }) : null,
    api: asks('api') ? (api ?? noApi) : null,
  };
};

const RERUN = {
  database: 'the database checks run again when this run is done',
  api: 'the checks of the API run again when this run is done',
} as const;

/**
 * Shows the terminal UI: measures in a process of its own, draws in this one, and gives the terminal back on every way
 * out. A wrong call is a usage error, thrown before anything is drawn.
 */
export const runTui = async (options: CheckOptions, showing: ShowOptions): Promise<TuiEnd> => {
  const script = process.argv[1];
  if (!script || !process.stdin.isTTY || !process.stdout.isTTY)
    throw new Error('the terminal UI was asked for without a terminal');
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => {});
  let discarded = false;
  let savedAs: string | null = null;

  let refused: string | null = null;
  let saving: Promise<void> = Promise.resolve();
  let notice: string | null = null;
  const draw = (): void => {
    const report = run.latest();
    if (report)
      screen.show({ report, reasons: run.planned(), notice, refused, logins: loginsOf(report, run.logins()) });
  };
  const say = (text: string | null): void => {
    notice = text;
    draw();
  };
  const save = async (path: string): Promise<void> => {
    const report = run.latest();
    if (!report) return;
    try {
      // Asked for once more, a name that is there already is meant.
      await saveReport(report, path, path === refused);
      savedAs = path;
      refused = null;
      say(`saved as ${path}`);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      refused = path;
      say(error.message);
    }
  };
  const restarted = (again: boolean, told: string | null): void => {
    // What was saved is an earlier report from here on.
    if (again) savedAs = null;
    say(again ? told : 'the measuring process is gone: start anew');
  };
  const giveLogin = (action: Parameters<typeof givenBy>[0]): void => {
    const logins = run.logins();
    const given = givenBy(action, logins.database?.known ?? {});
    const going = (run.latest()?.pending.length ?? 0) > 0;
    const later = going && !logins[given.to]?.wanted ? RERUN[given.to] : null;
    restarted(run.giveLogin(given), later);
  };
  const rerun = (ids: readonly string[]): void => restarted(run.rerun(ids), null);
  const stop: SteeredRun['stop'] = (interruption) => {
    run.stop(interruption);
    say(discarded ? 'stopping' : 'stopping, the report is kept');
  };
  const onAction = (action: Action): void => {
    if (action.kind === 'cancel') run.cancel(action.id);
    else if (action.kind === 'rerun') rerun(action.ids);
    else if (action.kind === 'copy') copyToClipboard(action.text, process.env);
    else if (action.kind === 'save') {
      saving = save(action.path);
      saving.catch(failure.reject);
    } else if (action.kind === 'interrupt') stop({ by: 'SIGINT', exitCode: 130 });
    else if (action.kind === 'seen') say(null);
    else if (action.kind === 'quit') run.settle();
    else if (action.kind === 'no-login') restarted(run.refuseLogin(action.to), null);
    else if (action.kind !== 'stop') giveLogin(action);
    else {
      discarded = !action.keep;
      stop({ by: 'its operator' });
    }
  };

  const screen = shownRun(showing, onAction, failure.reject);
  const run = steeredRun(script, options, (lost) => say(lost ?? notice));
  const stopListening = onSignals(stop);
  const forgetTerminal = surviveLostTerminal(() => stop({ by: 'SIGHUP', exitCode: 129 }));
  const forgetJobs = obeyJobControl(screen.handOver);
  process.once('exit', giveBackTerminal);
  try {
    const report = await Promise.race([run.ended, failure.promise]);
    await Promise.race([saving, failure.promise, patience(SAVING_MS)]);
    const evidence = (options.record !== null || options.apiCalls !== null) && report ? await run.evidence() : {};
    const exitCode = run.stoppedBy()?.exitCode ?? 130;
    return { report: discarded ? null : report, exitCode, evidence, savedAs };
  } finally {
    await screen.close();
    process.off('exit', giveBackTerminal);
    forgetTerminal();
    forgetJobs();
    stopListening();
    run.release();
  }
};
