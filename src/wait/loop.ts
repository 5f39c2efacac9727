import { oneLine } from '../printable.ts';
import type { WaitEnd, WaitEvent } from './events.ts';
import { type Final, type Look, observe } from './look.ts';
import { FRESH, type Track, tracked } from './track.ts';

/** The passing of time: the wall clock (ms since 1970), a clock that is never set back (ms), a pause that a signal cuts short. */
export type Clock = {
  readonly date: () => number;
  readonly monotonic: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type Waiting = {
  readonly timeoutMs: number;
  /** From the end of one poll to the beginning of the next. */
  readonly intervalMs: number;
  /** Between two events at most. */
  readonly heartbeatMs: number;
  readonly lifecycle: WaitEnd['lifecycle'];
  readonly tool: { readonly name: string; readonly version: string };
  readonly clock: Clock;
  /** Whether the containers of this host are those that are waited for. */
  readonly local: (look: Look) => boolean;
  /** Stops the wait; its reason is the code to leave with. */
  readonly signal: AbortSignal;
};

/** The same data with every text in it printable and on one line. */
const inLines = <T>(value: T): T => {
  if (typeof value === 'string') return oneLine(value) as T;
  if (Array.isArray(value)) return value.map(inLines) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inLines(inner)])) as T;
};

const OVER = Symbol('time is up');
const BEAT = Symbol('heartbeat');

const signalCode = (reason: unknown): number =>
  typeof reason === 'object' && reason !== null && 'exitCode' in reason && typeof reason.exitCode === 'number'
    ? reason.exitCode
    : 130;

/**
 * Waits until the client is ready, until it cannot become so, or until the time is up: the events of that, the last one an end. What
 * a poll does ends with its signal, and is not waited for beyond the end. A poll that rejects for another reason rejects this.
 */
export const waiting = async function* (
  poll: (signal: AbortSignal) => Promise<Look>,
  { timeoutMs, intervalMs, heartbeatMs, lifecycle, tool, clock, local, signal }: Waiting,
): AsyncGenerator<WaitEvent, WaitEnd> {
  const since = clock.monotonic();
  const elapsed = () => Math.max(0, Math.round(clock.monotonic() - since));
  const at = () => ({ time: new Date(clock.date()).toISOString(), elapsedMs: elapsed() });
  let track: Track = FRESH;
  let api: WaitEnd['api'] = { url: null, from: null };
  const now = () => {
    const { phase, sinceMs, message } = track;
    return { phase, phaseMs: Math.max(0, elapsed() - sinceMs), message };
  };
  const ended = (event: WaitEnd['event'], exitCode: number, final: Final | null): WaitEnd =>
    inLines({
      ...{ event, ...at(), ...now(), exitCode, code: final?.code ?? null, remedy: final?.remedy ?? null },
      ...(final && { message: final.message }),
      ...{ topology: track.topology, flaps: [...track.flaps], polls: track.polls, unanswered: track.unanswered },
      phases: [...track.earlier, { phase: track.phase, fromMs: track.sinceMs, toMs: elapsed() }],
      ...{ unknown: [...track.unknown], api, lifecycle: { ...lifecycle } },
    });

  const stop = new AbortController();
  const over = Promise.withResolvers<typeof OVER>();
  const finish = () => {
    over.resolve(OVER);
    stop.abort(new Error('the wait is over'));
  };
  if (signal.aborted) finish();
  signal.addEventListener('abort', finish, { once: true });
  clock.pause(timeoutMs, stop.signal).then(finish, () => {});

  /** What a promise comes to, a heartbeat each time that none was told for long; OVER when the wait ends before. */
  let toldAt = since;
  const patiently = async function* <T>(work: Promise<T>): AsyncGenerator<WaitEvent, T | typeof OVER> {
    for (;;) {
      const beat = new AbortController();
      const left = Math.max(1, heartbeatMs - (clock.monotonic() - toldAt));
      const tick = clock.pause(left, AbortSignal.any([beat.signal, stop.signal])).then(
        () => BEAT,
        () => new Promise<never>(() => {}),
      );
      const came = await Promise.race([work, tick, over.promise]).finally(() => beat.abort());
      if (came !== BEAT) return came as T | typeof OVER;
      toldAt = clock.monotonic();
      yield inLines({ event: 'waiting', ...at(), ...now() } as const);
    }
  };

  try {
    yield { event: 'started', schemaVersion: '1.0', tool, ...at(), timeoutMs, intervalMs, lifecycle: { ...lifecycle } };
    for (;;) {
      const look = yield* patiently(poll(stop.signal));
      if (look === OVER) break;
      if (look.endpoint?.url) api = { url: look.endpoint.url, from: look.endpoint.from };
      const observation = observe(look, clock.date());
      const atMs = elapsed();
      const {
        track: next,
        changes,
        final,
      } = tracked(track, { seen: look.containers, observation, atMs, local: local(look) });
      track = next;
      if (changes.length > 0) toldAt = clock.monotonic();
      for (const change of changes) {
        const { topology, inRow, flaps } = track;
        if (change.kind === 'phase')
          yield inLines({ event: 'phase', ...at(), ...now(), from: change.from, topology, api } as const);
        else if (change.kind === 'poll-failed')
          yield inLines({ event: 'poll-failed', ...at(), message: change.message, inRow } as const);
        else yield inLines({ event: 'flapping', ...at(), message: change.message, count: flaps.length } as const);
      }
      if (track.phase === 'ready' && !observation.unanswered) return ended('ready', 0, null);
      if (final) return ended('failed', final.exitCode, final);
      const rested = yield* patiently(clock.pause(intervalMs, stop.signal).catch(() => OVER));
      if (rested === OVER) break;
    }
    return signal.aborted ? ended('stopped', signalCode(signal.reason), null) : ended('timeout', 3, null);
  } finally {
    signal.removeEventListener('abort', finish);
    finish();
  }
};
