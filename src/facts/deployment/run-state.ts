import { fail, pass, warn } from '../../check.ts';
import type { DeployedContainer, Role } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';
import { exitWords } from './exit-words.ts';

/** How one container does. */
export type RunState = {
  readonly name: string;
  readonly role: Role;
  /** Docker's word. */
  readonly status: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly restarts: number;
  /** How long it has been up, ms; null where that is not told. */
  readonly upFor: number | null;
  readonly error: string | null;
};

/** How a container does, at the given time. */
export const runState = ({ name, role, state }: DeployedContainer, epochMs: number): RunState => {
  const since = state?.status === 'running' && state.startedAt !== null ? Date.parse(state.startedAt) : Number.NaN;
  return {
    name,
    role,
    status: state?.status ?? '',
    exitCode: state?.exitCode ?? 0,
    oomKilled: state?.oomKilled ?? false,
    restarts: state?.restartCount ?? 0,
    upFor: Number.isNaN(since) ? null : Math.max(epochMs - since, 0),
    error: state?.error || null,
  };
};

/** Roles as people call them. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  coreapp: 'Coreapp',
  master: 'master',
  webapp: 'Webapp',
  database: 'database',
  upgrade: 'database upgrade',
  monitoring: 'monitoring',
};

/** How many restarts within how long make a warning and a failure. */
export type RestartLimits = { readonly window: number; readonly warn: number; readonly fail: number };

const LONGEST = 200;
const errorWords = (error: string | null): string =>
  error ? `; Docker says: ${error.length > LONGEST ? `${error.slice(0, LONGEST)}...` : error}` : '';

const named = ({ role, name }: RunState): string => `${ROLE_NAMES[role]} ${name}`;
const logOf = ({ name }: RunState): string => `docker logs --tail 100 ${name}`;

const outOfMemory = (name: string): string => `Give ${name} more memory, or take other programs off this host.`;

const notRunning = (one: RunState): Finding => {
  const { name, status, exitCode, oomKilled, restarts, error, role } = one;
  const subject = name;
  const ended = exitWords(exitCode, oomKilled, role === 'coreapp' || role === 'master');
  if (status === 'paused')
    return fail(`${named(one)} is paused`, { subject, remedy: `Let it go on (docker unpause ${name}).` });
  if (status === 'restarting')
    return fail(`${named(one)} restarts again and again (${restarts} times; ${ended})${errorWords(error)}`, {
      subject,
      remedy: oomKilled ? outOfMemory(name) : `Mend what its log names (${logOf(one)}).`,
    });
  if (status === 'created')
    return fail(`${named(one)} was created and never started${errorWords(error)}`, {
      subject,
      remedy: `Mend what stopped it from starting, and start it (docker start ${name}).`,
    });
  const remedy = oomKilled
    ? outOfMemory(name)
    : `Mend what its log names (${logOf(one)}), and start it (docker start ${name}).`;
  return fail(`${named(one)} does not run (${status}, ${ended})${errorWords(error)}`, { subject, remedy });
};

const restarted = (one: RunState, limits: RestartLimits): Finding | null => {
  const { name, restarts, upFor } = one;
  if (restarts < limits.warn || upFor === null || upFor > limits.window) return null;
  const message = `${named(one)} runs, but Docker restarted it ${restarts === 1 ? 'once' : `${restarts} times`}, last less than ${Math.ceil(upFor / 3_600_000)} h ago`;
  const extra = { subject: name, remedy: `Find out from its log why it ended (${logOf(one)}).` };
  return restarts >= limits.fail ? fail(message, extra) : warn(message, extra);
};

/** What is to be said of one container that should run; nothing where it runs well. */
export const stateFindings = (one: RunState, limits: RestartLimits): readonly Finding[] => {
  if (one.role === 'upgrade') return upgradeFindings(one);
  if (one.status !== 'running') return [notRunning(one)];
  const again = restarted(one, limits);
  const short = one.oomKilled
    ? warn(`${named(one)} runs, and the kernel killed a process of it for want of memory`, {
        subject: one.name,
        remedy: outOfMemory(one.name),
      })
    : null;
  return [again, short].filter((finding) => finding !== null);
};

/** An upgrade runs once and ends. */
const upgradeFindings = (one: RunState): readonly Finding[] => {
  const { name, status, exitCode, oomKilled } = one;
  const subject = name;
  if (status === 'restarting')
    return [
      warn(`${named(one)} fails again and again (${exitWords(exitCode, oomKilled, true)})`, {
        subject,
        remedy: `Mend what its log names (${logOf(one)}).`,
      }),
    ];
  if (status === 'running') return [pass(`${named(one)} is under way`, { subject })];
  return exitCode === 0 ? [] : [pass(`${named(one)} once ended with exit code ${exitCode}`, { subject })];
};
