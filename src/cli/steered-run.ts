import { completeWith } from '../complete-with.ts';
import type { Evidence } from '../host/evidence.ts';
import type { ApiLoginFacts, LoginFacts } from '../host/prompted.ts';
import type { Report } from '../model.ts';
import type { Interruption } from '../trial.ts';
import { UsageError } from '../usage-error.ts';
import type { CheckOptions } from './options.ts';
import type { FromRunner, GivenTo, LoginPart, PlannedWords, ToldOf, ToRunner } from './runner-messages.ts';
import { startRunner } from './runner-process.ts';

/** `asked` counts how often a person was asked for a login. */
type Asked = { readonly asked: number; readonly wanted: boolean };

/** The logins as far as they may be shown; null while no check asked for it. */
export type LoginStates = {
  readonly database: (LoginFacts & Asked) | null;
  readonly api: (ApiLoginFacts & Asked) | null;
};

/** A run in a process of its own, steered from this one. */
export type SteeredRun = {
  readonly planned: () => Readonly<Record<string, PlannedWords>>;
  readonly latest: () => Report | null;
  readonly stoppedBy: () => Interruption | null;
  /** Where the logins stand. */
  readonly logins: () => LoginStates;
  /** Hands over a login that a person gave; false where the measuring process is no longer there. */
  readonly giveLogin: (given: GivenTo) => boolean;
  /** Tells that a person gives none; false where the measuring process is no longer there. */
  readonly refuseLogin: (to: LoginPart) => boolean;
  readonly cancel: (id: string) => void;
  /** Runs some checks again; false where the measuring process is no longer there. */
  readonly rerun: (ids: readonly string[]) => boolean;
  /** Ends the run; a second call, or one after the run's end, ends the waiting for it as well. */
  readonly stop: (interruption: Interruption) => void;
  /** Takes the report as it stands: nothing more is waited for. */
  readonly settle: () => void;
  /** The last report, complete; null where there was none before the run was stopped. Rejects for a wrong call and a bug. */
  readonly ended: Promise<Report | null>;
  readonly evidence: () => Promise<Evidence>;
  readonly release: () => void;
};

/** How long a stopped run may take to tell its last report, ms; then what is known is kept. */
const LAST_REPORT_MS = 800;
const EVIDENCE_MS = 300;

const afterwards = (ms: number): Promise<null> => new Promise((done) => setTimeout(done, ms, null).unref());

/** Starts a run with this program's own file, and calls `changed` at each report and when the measuring process is lost. */
export const steeredRun = (
  script: string,
  options: CheckOptions,
  changed: (lost: string | null) => void,
): SteeredRun => {
  const ended = Promise.withResolvers<Report | null>();
  const evidence = Promise.withResolvers<Evidence | null>();
  const now: {
    planned: Readonly<Record<string, PlannedWords>>;
    report: Report | null;
    stopped: Interruption | null;
    lost: boolean;
    logins: LoginStates;
  } = { planned: {}, report: null, stopped: null, lost: false, logins: { database: null, api: null } };

  const completed = (why: string): Report | null =>
    now.report && completeWith(now.report, now.planned, why, now.stopped ?? { by: 'the end of the measuring process' });

  const heardOfLogin = (told: ToldOf, wanted: boolean): void => {
    const { database, api } = now.logins;
    const asked = ((told.to === 'database' ? database : api)?.asked ?? 0) + (wanted ? 1 : 0);
    if (told.to === 'api') now.logins = { database, api: { ...told.facts, asked, wanted } };
    else {
      const { places, known } = told.facts;
      // What was known once is known still where nothing took its place.
      const kept = Object.keys(known).length > 0 ? known : (database?.known ?? {});
      now.logins = { api, database: { places, known: kept, asked, wanted } };
    }
    if (now.report) changed(null);
  };
  const heard = (message: FromRunner): void => {
    if (message.kind === 'plan') now.planned = message.planned;
    else if (message.kind === 'login-wanted') heardOfLogin(message, true);
    else if (message.kind === 'login-told') heardOfLogin(message, false);
    else if (message.kind === 'evidence') evidence.resolve(message.evidence);
    else if (message.kind === 'usage') ended.reject(new UsageError(message.message));
    else if (message.kind === 'bug') ended.reject(Object.assign(new Error(message.message), { stack: message.stack }));
    else {
      now.report = message.report;
      if (now.stopped && now.report.pending.length === 0) settle();
      else changed(null);
    }
  };
  const gone = (why: string): void => {
    now.lost = true;
    evidence.resolve(null);
    if (!now.report && !now.stopped) ended.reject(new Error(`the measuring process ended early (${why})`));
    const early = now.report === null || now.report.pending.length > 0;
    now.report = completed('the measuring process ended.');
    if (now.stopped) settle();
    else if (early && now.report) changed(`the measuring process ended: ${why}`);
  };
  const settle = () => {
    // A process that did not tell its last report in time hangs: it would not end by itself.
    if (now.stopped && now.report?.pending.length !== 0) runner.kill();
    ended.resolve(completed('the run was stopped.'));
  };
  const stop = (interruption: Interruption): void => {
    const over = now.stopped !== null || now.report?.pending.length === 0;
    now.stopped ??= interruption;
    if (over) {
      settle();
      return;
    }
    runner.tell({ kind: 'stop', interruption });
    afterwards(LAST_REPORT_MS).then(settle);
  };

  const tellLogin = (message: ToRunner): boolean => {
    if (!now.lost) runner.tell(message);
    return !now.lost;
  };
  const runner = startRunner(script, { heard, ended: gone });
  runner.tell({ kind: 'start', options });
  return {
    planned: () => now.planned,
    latest: () => now.report,
    logins: () => now.logins,
    giveLogin: (given) => tellLogin(given),
    refuseLogin: (to) => tellLogin({ kind: 'no-login', to }),
    stoppedBy: () => now.stopped,
    cancel: (id) => runner.tell({ kind: 'cancel', id }),
    rerun: (ids) => {
      if (!now.lost) runner.tell({ kind: 'rerun', ids });
      return !now.lost;
    },
    stop,
    settle,
    ended: ended.promise,
    evidence: async () => {
      runner.tell({ kind: 'evidence' });
      return (await Promise.race([evidence.promise, afterwards(EVIDENCE_MS)])) ?? {};
    },
    release: runner.release,
  };
};
