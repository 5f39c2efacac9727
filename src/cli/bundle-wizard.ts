import { hostname } from 'node:os';
import type { BundleAction } from '../../report-templates/screen/bundle/action.ts';
import type { Interruption } from '../trial.ts';
import { forgotten } from './bundle-forget.ts';
import type { ShowOptions } from './options.ts';
import { tell } from './output.ts';
import { copyToClipboard, giveBackTerminal, obeyJobControl, surviveLostTerminal } from './screen-terminal.ts';
import { patience } from './shown-run.ts';
import { shownWizard } from './shown-wizard.ts';
import { onSignals } from './signals.ts';
import { type Asked, wizardDesk } from './wizard-desk.ts';
import type { WizardStart } from './wizard-session.ts';

/** What the wizard left behind. */
export type WizardEnd = Pick<Asked, 'made' | 'deleted' | 'failure'> & {
  /** 0 whole as asked, 3 written and lacking something, 74 not written, 130 left before anything was written. */
  readonly exitCode: number;
};

/** How long a bundle that is being written may take to undo itself, ms. */
const UNDOING_MS = 1200;

const exitCodeOf = ({ made, deleted, failure }: Asked, stopped: Interruption | null): number => {
  if (stopped?.exitCode !== undefined && !made) return stopped.exitCode;
  if (made) return made.manifest.complete || deleted ? 0 : 3;
  return failure !== null && failure.kind !== 'cancelled' ? 74 : 130;
};

/**
 * Shows the wizard on this process's terminal: holds what was chosen, and lets a session plan, preview and write. The terminal is given
 * back on every way out; a bundle that is being written then is undone.
 */
export const runBundleWizard = async (start: WizardStart, showing: ShowOptions): Promise<WizardEnd> => {
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new Error('the wizard was asked for without a terminal');
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(() => {});
  const desk = wizardDesk(start, () => screen.show(desk.shown()), ended.reject);
  let stopped: Interruption | null = null;
  const stop = (by: Interruption): void => {
    stopped = by;
    // What is half done is undone first, as far as that takes no longer than a person waits.
    Promise.race([desk.stop(), patience(UNDOING_MS)]).then(() => ended.resolve(), ended.reject);
  };
  const onAction = (action: BundleAction): void => {
    if (action.kind === 'quit') stop({ by: 'its operator' });
    else if (action.kind === 'interrupt') stop({ by: 'SIGINT', exitCode: 130 });
    else if (action.kind === 'copy') copyToClipboard(action.text, process.env);
    else if (action.kind === 'delete') desk.forget(forgotten);
    else desk.act(action);
  };
  const screen = shownWizard(showing, { host: hostname() }, onAction, ended.reject);
  const stopListening = onSignals(stop);
  const forgetTerminal = surviveLostTerminal(() => stop({ by: 'SIGHUP', exitCode: 129 }));
  const forgetJobs = obeyJobControl(screen.handOver);
  process.once('exit', giveBackTerminal);
  let end: WizardEnd;
  try {
    screen.show(desk.shown());
    await ended.promise;
    const asked = desk.asked();
    end = { ...asked, exitCode: exitCodeOf(asked, stopped) };
  } finally {
    await Promise.race([desk.stop(), patience(UNDOING_MS)]);
    await screen.close();
    process.off('exit', giveBackTerminal);
    forgetTerminal();
    forgetJobs();
    stopListening();
  }
  // The screen is gone, and with it what it said.
  if (!end.made) tell(`wa-preflight: ${end.failure?.message ?? 'nothing was written'}`);
  return end;
};
