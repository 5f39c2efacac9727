import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../model.ts';
import type { Interruption } from '../trial.ts';
import { UsageError } from '../usage-error.ts';
import { type LoginDesk, loginDesk } from './login-desk.ts';
import type { CheckOptions } from './options.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { FromRunner, GivenTo, LoginPart, PlannedWords, ToRunner } from './runner-messages.ts';
import { keptWhen, type Session, start } from './session.ts';

/** Reports are told at most so often, ms: telling costs time in the process that measures. */
const BETWEEN_REPORTS_MS = 200;

/** How long the work behind a stopped run may take to end, ms. */
const GRACE_MS = 1200;

const tell = (message: FromRunner): Promise<void> =>
  new Promise((done) => {
    if (process.connected && process.send) process.send(message, () => done());
    else done();
  });

const tellFailure = (error: unknown): Promise<void> => {
  if (error instanceof UsageError) return tell({ kind: 'usage', message: error.message });
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return tell({ kind: 'bug', message, stack });
};

const plannedWords = ({ plan }: Prepared): Readonly<Record<string, PlannedWords>> =>
  Object.fromEntries(
    plan.checks.map(({ check, requirement, waiver }) => [
      check.id,
      {
        level: requirement.level,
        phase: check.phase,
        source: requirement.source,
        ...(waiver && { waived: waiver }),
        reason: requirement.reason,
        touches: check.touches,
        ...(check.writes && { writes: check.writes }),
      },
    ]),
  );

/** Tells each report of a session, the last one always; between two a pause, in which changes gather. */
const follow = async (session: Session, { evidence }: Prepared, desk: LoginDesk): Promise<Report | null> => {
  let last: Report | null = null;
  for await (const report of session.reports) {
    last = report;
    desk.tellFound(evidence);
    await tell({ kind: 'report', report });
    if (report.pending.length > 0) await sleep(BETWEEN_REPORTS_MS);
  }
  return last;
};

/** Groups whose checks use a login. */
const GROUPS: Readonly<Record<LoginPart, readonly string[]>> = {
  database: ['database'],
  api: ['api', 'webhook', 'security', 'lifecycle'],
};

/** The checks to run again with another login; not those that do more than looking and did so already. */
const wanting = (to: LoginPart, { plan }: Prepared, last: Report | null): readonly string[] =>
  plan.checks.flatMap(({ check: { id, group, optIn } }) => {
    const done = last?.checks.find((result) => result.id === id && !['skip', 'unknown'].includes(result.outcome));
    return GROUPS[to].includes(group) && (optIn === undefined || !done) ? [id] : [];
  });

/** The process that measures: it prepares and runs what its parent asks for, and ends when the parent is gone. */
export const runRunner = async (): Promise<void> => {
  let prepared: Prepared | undefined;
  let session: Session | undefined;
  let last: Report | null = null;
  let timer: NodeJS.Timeout | undefined;
  /** Checks to run again when the session that is going on has ended. */
  let next: readonly string[] | null = null;
  const desk = loginDesk((message) => tell(message));

  const run = async (timeout: number | null, again?: readonly string[]): Promise<void> => {
    if (!prepared) return;
    const current = start(prepared, last && again ? keptWhen(last, again) : []);
    session = current;
    clearTimeout(timer);
    timer = timeout === null ? undefined : setTimeout(() => current.stop({ by: '--timeout' }), timeout);
    let closing: Promise<void>;
    try {
      last = await follow(current, prepared, desk);
    } finally {
      closing = prepared.close();
    }
    clearTimeout(timer);
    session = undefined;
    const then = next;
    next = null;
    if (then) await run(timeout, then);
    await closing;
  };
  const begin = async (options: CheckOptions) => {
    prepared = await prepare(options, desk.person);
    await tell({ kind: 'plan', planned: plannedWords(prepared) });
    await run(options.timeout);
  };
  const stop = (interruption: Interruption) => {
    next = null;
    session?.stop(interruption);
  };
  /** A login that no check waits for: those that need it are run again with it, now or when the run is over. */
  const give = (given: GivenTo) => {
    if (desk.answer(given) || !prepared) return;
    prepared.giveLogin(given);
    const again = [...new Set([...(next ?? []), ...wanting(given.to, prepared, last)])];
    if (session) next = again;
    else guarded(run(timeout, again));
  };
  let timeout: number | null = null;
  const guarded = (work: Promise<void>) =>
    work.catch(async (error: unknown) => {
      await tellFailure(error);
      await prepared?.close();
      process.exit(70);
    });

  process.on('message', (message: ToRunner) => {
    if (message.kind === 'start') {
      timeout = message.options.timeout;
      guarded(begin(message.options));
    } else if (message.kind === 'cancel') session?.cancel(message.id);
    else if (message.kind === 'rerun' && !session) guarded(run(timeout, message.ids));
    else if (message.kind === 'login') give(message);
    else if (message.kind === 'no-login') desk.refuse(message.to);
    else if (message.kind === 'stop') stop(message.interruption);
    else if (message.kind === 'evidence') tell({ kind: 'evidence', evidence: prepared?.evidence ?? {} });
  });
  process.on('disconnect', () => {
    stop({ by: 'the end of its parent process' });
    // It ends by itself when the work behind the run has cleaned up after itself, and in any case after that time.
    setTimeout(() => process.exit(0), GRACE_MS).unref();
  });
  // A terminal's signals are for the parent, which tells this process to stop.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('SIGTERM', () => {
    stop({ by: 'SIGTERM', exitCode: 143 });
    setTimeout(() => process.exit(143), GRACE_MS).unref();
  });
  process.on('uncaughtException', (error) => {
    guarded(Promise.reject(error));
  });
};
