import type { Topology } from '../facts/api/nodes-readiness.ts';
import { type Containers, type Seen, troubleOf, watched } from './containers.ts';
import { type Final, type Observation, WAIT_PHASES, type WaitPhase } from './look.ts';

/** A phase of the wait, from when to when, ms since the wait began. */
type Span = { readonly phase: WaitPhase; readonly fromMs: number; readonly toMs: number };

/** All that is known of a wait up to now. */
export type Track = {
  readonly phase: WaitPhase;
  /** When this phase began, ms since the wait began. */
  readonly sinceMs: number;
  readonly message: string;
  readonly topology: Topology | null;
  readonly unknown: readonly string[];
  readonly earlier: readonly Span[];
  readonly flaps: readonly { readonly atMs: number; readonly message: string }[];
  readonly polls: number;
  readonly unanswered: number;
  /** Polls without an answer one after the other. */
  readonly inRow: number;
  readonly containers: Containers;
  /** It was connected, and neither that nor a container was lost since. */
  readonly standing: boolean;
  /** What would end the wait if the next poll says the same. */
  readonly doubt: Final['code'] | null;
};

export const FRESH: Track = {
  phase: 'absent',
  sinceMs: 0,
  message: 'nothing was told yet',
  topology: null,
  unknown: [],
  earlier: [],
  flaps: [],
  polls: 0,
  unanswered: 0,
  inRow: 0,
  containers: new Map(),
  standing: false,
  doubt: null,
};

/** What a poll changed. */
export type Change =
  | { readonly kind: 'phase'; readonly from: WaitPhase | null }
  | { readonly kind: 'poll-failed'; readonly message: string }
  | { readonly kind: 'flapping'; readonly message: string };

/** Told by a state that may be a passing one: the next poll has to say it too. */
const TWICE: readonly Final['code'][] = ['unregistered', 'exited'];

const rank = (phase: WaitPhase): number => WAIT_PHASES.indexOf(phase);
const CONNECTED = rank('templates');

const MOST_KEPT = 200;

/** The track after one more poll, what that changed, and what ends the wait. `local`: the containers here are those that are waited for. */
export const tracked = (
  before: Track,
  { seen, observation, atMs, local }: { seen: readonly Seen[]; observation: Observation; atMs: number; local: boolean },
): { readonly track: Track; readonly changes: readonly Change[]; readonly final: Final | null } => {
  const first = before.polls === 0;
  const { containers, restarted } = watched(before.containers, seen);
  const inRow = observation.unanswered ? before.inRow + 1 : 0;
  // One answer that is missing tells of the poll; two, or a container that was started again, tell of the client.
  const stays = observation.unanswered && inRow < 2 && rank(before.phase) > rank('starting') && restarted.length === 0;
  const phase = stays ? before.phase : observation.phase;
  const fell = before.standing && rank(phase) < CONNECTED;
  const lost = restarted.length > 0 ? `${restarted.join(', ')} was started again` : null;
  const flap = lost ?? (fell ? `it was connected, and is not any more: ${observation.message}` : null);
  const changes: Change[] = [];
  if (observation.unanswered && rank(before.phase) > rank('starting'))
    changes.push({ kind: 'poll-failed', message: observation.message });
  if (first || phase !== before.phase) changes.push({ kind: 'phase', from: first ? null : before.phase });
  if (flap !== null) changes.push({ kind: 'flapping', message: flap });
  const ready = observation.phase === 'ready';
  const trouble = local && !ready ? troubleOf(seen, containers) : null;
  const found: Final | null = ready ? null : (observation.final ?? (trouble && { ...trouble, exitCode: 1 }));
  const certain = found && (!TWICE.includes(found.code) || before.doubt === found.code);
  const moved = !first && phase !== before.phase;
  const past = { phase: before.phase, fromMs: before.sinceMs, toMs: atMs };
  return {
    changes,
    final: certain ? found : null,
    track: {
      phase,
      sinceMs: moved ? atMs : before.sinceMs,
      message: stays ? before.message : observation.message,
      topology: observation.topology ?? before.topology,
      unknown: stays ? before.unknown : observation.unknown,
      earlier: moved ? [...before.earlier, past].slice(-MOST_KEPT) : before.earlier,
      flaps: flap === null ? before.flaps : [...before.flaps, { atMs, message: flap }].slice(-MOST_KEPT),
      polls: before.polls + 1,
      unanswered: before.unanswered + (observation.unanswered ? 1 : 0),
      inRow,
      containers,
      standing: lost === null && !fell && (before.standing || rank(phase) >= CONNECTED),
      doubt: found?.code ?? null,
    },
  };
};
