import type { WaitEnd, WaitEvent } from './events.ts';
import type { WaitPhase } from './look.ts';

/** Phases as people read them. */
const PHASE_WORDS: Readonly<Record<WaitPhase, string>> = {
  absent: 'no API found',
  starting: 'starting',
  database: 'database schema',
  connecting: 'connecting',
  templates: 'templates',
  'offline-messages': 'offline messages',
  ready: 'ready',
};

/** How long offline messages are waited for at most, by the vendor, ms. */
const OFFLINE_MOST_MS = 6 * 60_000;

/** A time as "0 s", "48 s", "3 m 12 s", "1 h 2 m". */
const lasting = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} m` : `${minutes} m ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
};

/** A time as "03:12". */
const clockOf = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const flapWords = (flaps: number): string => (flaps > 0 ? `; flapping, ${times(flaps)} so far` : '');

/** What the wait came to, with its reason and what to do, in one or two sentences. */
export const endWords = (end: WaitEnd): string => {
  const { event, elapsedMs, phase, phaseMs, message, flaps, remedy, topology } = end;
  const after = lasting(elapsedMs);
  if (event === 'ready') {
    const shape = topology === null ? '' : ` (${topology.replace('-', ' ')})`;
    const told = flaps.length > 0 ? ` It flapped ${times(flaps.length)} on the way.` : '';
    return `ready after ${after}${shape}: ${message}.${told}`;
  }
  if (event === 'failed') return `failed after ${after}: ${message}.${remedy ? ` ${remedy}` : ''}`;
  const late =
    phase === 'offline-messages' && phaseMs > OFFLINE_MOST_MS
      ? ', longer than the 6 minutes that the vendor names'
      : '';
  const stood = `${PHASE_WORDS[phase]} for ${lasting(phaseMs)}${late} (${message})`;
  const flapped =
    flaps.length > 0 ? ` It is flapping, not slow: ${times(flaps.length)}, last: ${flaps.at(-1)?.message}.` : '';
  return `${event === 'timeout' ? 'time is up' : 'stopped'} after ${after}: ${stood}.${flapped}`;
};

/** An event as a line for people; null for one that they have no use for. */
export const lineOf = (event: WaitEvent): string | null => {
  const at = clockOf(event.elapsedMs);
  switch (event.event) {
    case 'phase':
      return `${at}  ${PHASE_WORDS[event.phase]}: ${event.message}`;
    case 'poll-failed':
      return event.inRow === 1 ? `${at}  a poll failed: ${event.message}` : null;
    case 'flapping':
      return `${at}  flapping (${event.count}): ${event.message}`;
    case 'waiting':
      return `${at}  still ${PHASE_WORDS[event.phase]} for ${lasting(event.phaseMs)}: ${event.message}`;
    default:
      return null;
  }
};

/** What is going on now, in one line. */
export const progressOf = (
  elapsedMs: number,
  timeoutMs: number,
  now: { readonly phase: WaitPhase; readonly phaseMs: number; readonly message: string; readonly flaps: number },
): string =>
  `${clockOf(elapsedMs)} of ${clockOf(timeoutMs)}  ${PHASE_WORDS[now.phase]} for ${lasting(now.phaseMs)}: ${now.message}${flapWords(now.flaps)}`;
