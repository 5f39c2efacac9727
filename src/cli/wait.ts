import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { checks } from '../../checks/index.ts';
import { isLoopback } from '../facts/api/certificate.ts';
import { lifecycleOf } from '../header.ts';
import type { ApiOptions } from '../host/api-login.ts';
import type { Person } from '../host/prompted.ts';
import { planOf } from '../plan.ts';
import { runId } from '../run-id.ts';
import { TOOL, WAIT_SCHEMA } from '../tool.ts';
import type { WaitEnd, WaitEvent, WaitReport } from '../wait/events.ts';
import type { Look } from '../wait/look.ts';
import { type Clock, waiting } from '../wait/loop.ts';
import { poller } from '../wait/poll.ts';
import { refuseUselessCa } from './login-file.ts';
import type { ShowOptions } from './options.ts';
import { print, tell } from './output.ts';
import { leave, onSignals } from './signals.ts';
import { askable, colorful, plainAsked } from './terminal.ts';
import { theSpec } from './the-spec.ts';
import { waitHost } from './wait-host.ts';
import { endLines, inLines, inOneLine, type Watching } from './wait-show.ts';

/** What `wait` was asked to do. */
export type WaitOptions = {
  readonly api: ApiOptions;
  readonly timeoutMs: number;
  /** From the end of a poll to the beginning of the next. */
  readonly intervalMs: number;
  /** Events on standard output, one a line. */
  readonly events: boolean;
};

/** Between two events, ms: less than the 10 s by which a supervisor tells slow from dead. */
const HEARTBEAT_MS = 9000;

/** How long what is still open may keep this process after the end of its wait, ms; a farewell is over by then. */
const LINGER_MS = 600;

const CLOCK: Clock = {
  date: () => Date.now(),
  monotonic: () => performance.now(),
  pause: (ms, signal) =>
    new Promise((done, failed) => {
      if (signal.aborted) return failed(signal.reason);
      // A timer that keeps Node alive: nothing else may.
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stopped);
        done();
      }, ms);
      const stopped = () => {
        clearTimeout(timer);
        failed(signal.reason);
      };
      signal.addEventListener('abort', stopped, { once: true });
    }),
};

/** What is said first, always: from the same spec as of a run. */
const lifecycle = async () => {
  const only = { profile: 'production', shape: 'single', phase: 'all', only: ['lifecycle.product'], skip: [] } as const;
  const rest = { quick: false, strict: false, offline: false, waivers: new Map(), optIns: new Set<string>() };
  const { status, endedOn, message } = lifecycleOf(planOf(await theSpec(), checks, { ...only, ...rest }), Date.now());
  return { status, endedOn, message };
};

/** Whether the API is on this host, so that its containers are those that are waited for. */
const isLocal =
  ({ url }: ApiOptions) =>
  ({ endpoint }: Look): boolean => {
    if (!endpoint?.url) return url === null;
    if (endpoint.from !== '--api-url' || isLoopback(new URL(endpoint.url).hostname)) return true;
    const own = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
    return endpoint.address !== null && own.includes(endpoint.address);
  };

/** A person who is asked while the progress line is away. */
const politely = (person: Person, watching: () => Watching): Person => ({
  ...person,
  api: async (facts, signal) => {
    watching().hold();
    try {
      return await person.api(facts, signal);
    } finally {
      watching().resume();
    }
  },
});

const reportOf = (end: WaitEnd, startedAt: string, { timeoutMs, intervalMs }: WaitOptions): WaitReport => {
  const { event, elapsedMs, exitCode, lifecycle: life, api, phase, phaseMs, message, code, remedy } = end;
  const { topology, flaps, polls, unanswered, phases, unknown } = end;
  return {
    ...{ $schema: WAIT_SCHEMA, schemaVersion: '1.0', kind: 'WaitReport', tool: { ...TOOL }, lifecycle: life },
    run: { id: runId(), startedAt, durationMs: elapsedMs, timeoutMs, intervalMs, outcome: event, exitCode },
    ...{ api, phase, phaseMs, message, code, remedy, topology, flaps, polls, unanswered, phases, unknown },
  };
};

/** `wait`: polls until the client is ready, cannot become so, or the time is up; leaves with 0, 1 (2 without a login) or 3. */
export const wait = async (options: WaitOptions, showing: ShowOptions): Promise<void> => {
  const { api, timeoutMs, intervalMs, events } = options;
  const { ascii } = showing;
  if (api.ca !== null) await refuseUselessCa(api.ca, resolve(api.ca));
  const life = await lifecycle();
  const prompt = askable(showing, process.env) ? (await import('./prompt-here.ts')).promptHere() : null;
  const say = prompt?.tell ?? tell;
  say(life.message);
  const redrawn = process.stderr.isTTY === true && !plainAsked(showing, process.env);
  const watching = redrawn ? inOneLine(ascii, timeoutMs, process.stderr) : inLines(ascii, say);
  const { host, close } = waitHost(api, prompt && politely(prompt.person, () => watching));
  const stop = new AbortController();
  // To the very end: a signal while the last word is being written must not cost it.
  onSignals((interruption) => stop.abort(interruption));
  const startedAt = new Date().toISOString();
  const steps = waiting(poller(host), {
    ...{ timeoutMs, intervalMs, heartbeatMs: HEARTBEAT_MS, lifecycle: life, tool: TOOL, clock: CLOCK },
    ...{ local: isLocal(api), signal: stop.signal },
  });
  const told = async (event: WaitEvent): Promise<void> => {
    watching.see(event);
    if (events) await print(process.stdout, `${JSON.stringify(event)}\n`);
  };
  try {
    let step = await steps.next();
    for (; !step.done; step = await steps.next()) await told(step.value);
    const end = step.value;
    const over = performance.now();
    watching.end();
    const farewell = close();
    if (showing.format === 'json')
      await print(process.stdout, `${JSON.stringify(reportOf(end, startedAt, options), null, 2)}\n`);
    else if (events) await print(process.stdout, `${JSON.stringify(end)}\n`);
    else {
      const color = colorful(showing, process.stdout.isTTY === true, process.env);
      await print(process.stdout, endLines(end, { color, ascii }));
    }
    await farewell;
    leave(end.exitCode);
    setTimeout(() => process.exit(end.exitCode), Math.max(1, over + LINGER_MS - performance.now())).unref();
  } finally {
    // Where the last word could not be told, nothing goes on behind it.
    stop.abort();
    watching.end();
    await close();
  }
};
