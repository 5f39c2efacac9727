import { alphabetOf } from './alphabet.ts';
import type { Place } from './trigger.ts';

/** One walk over a part of the bytes: where it is, where it ends, its state, and the runs of lines it marked. */
export type Lane = { at: number; end: number; state: number; runs: number[] };

/** The state at the start of a line. States are offsets into the table: a row of it for each. */
export const START = 0;
const NEWLINE = 10;
const UNBUILT = -1;
const ACCEPT = -2;
/** With owners a trigger's end leads on, to a state that is written as this less the state. */
const OWNED = -3;

/** States held at once (some 256 bytes each); with more, all are forgotten and met again. */
const MOST_STATES = 4096;
/** How often that may happen within one block, before the rest of it counts as marked. */
const MOST_RESETS = 12;

type Positions = Int32Array;

/** The places of all triggers in one row; position k is "place k is next". What ends a trigger has the bit of its owner. */
const flatten = (triggers: readonly (readonly Place[])[], owners: readonly number[] | null) => {
  const places: Place[] = [];
  const ends = new Map<number, number>();
  const starts: number[] = [];
  for (const [at, trigger] of triggers.entries()) {
    if (trigger.length === 0) continue;
    starts.push(places.length);
    places.push(...trigger);
    // A place of nothing: whoever comes to it has seen the whole trigger.
    ends.set(places.length, 1 << (owners?.[at] ?? 0));
    places.push({ bytes: new Uint8Array(0), optional: false, repeats: false });
  }
  return { places, ends, starts };
};

/**
 * A deterministic automaton over bytes that finds any of many triggers, made only as far as it is needed: `table()` holds the next
 * state for each state and class of bytes, negative where it is not known yet or where a trigger ends. With owners (0 to 30, one for each
 * trigger) it does not stop there: `bits(state)` gives the owners whose triggers end on the way into a state.
 */
export const lazyTable = (triggers: readonly (readonly Place[])[], owners: readonly number[] | null = null) => {
  const { places, ends, starts } = flatten(triggers, owners);
  const { classOf, shift } = alphabetOf(places);
  const width = 1 << shift;
  const seen = new Int32Array(places.length).fill(-1);
  let round = 0;
  let ended = 0;

  /** Adds a position and those that follow it without a byte, and notes whether a trigger has ended. */
  const reach = (position: number, into: number[]): void => {
    for (let at = position; seen[at] !== round; at += 1) {
      seen[at] = round;
      const bit = ends.get(at);
      if (bit !== undefined) {
        ended |= bit;
        return;
      }
      into.push(at);
      if (!places[at]?.optional) return;
    }
  };
  const enter = (sources: readonly number[] | Positions, byte: number, into: number[]): void => {
    for (const at of sources) {
      const place = places[at];
      if (!place?.bytes[byte]) continue;
      if (place.repeats) reach(at, into);
      reach(at + 1, into);
    }
  };

  const heads: number[] = [];
  round += 1;
  for (const start of starts) reach(start, heads);
  // Those of a line's start are in its state; the others begin anywhere.
  const isLeading = new Set(starts.filter((at) => places[at]?.leads));
  const leading = Int32Array.from(heads.filter((at) => isLeading.has(at)));
  if (ended !== 0) throw new Error('a trigger that matches nothing marks every line');
  // The heads that a byte enters, from every state alike.
  const begins = Array.from({ length: 256 }, (_, byte) =>
    heads.filter((at) => !isLeading.has(at) && places[at]?.bytes[byte]),
  );

  let table = new Int32Array(0);
  let bits = new Int32Array(0);
  let sets: Positions[] = [];
  let ids = new Map<string, number>();
  let resets = 0;

  const stateOf = (positions: Positions, by = 0): number => {
    const key = `${by}/${positions.join()}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const state = sets.length << shift;
    if (state + width > table.length) {
      const larger = new Int32Array(Math.max(table.length * 2, 64 << shift)).fill(UNBUILT);
      larger.set(table);
      table = larger;
      const more = new Int32Array(table.length >> shift);
      more.set(bits);
      bits = more;
    }
    bits[state >> shift] = by;
    sets.push(positions);
    ids.set(key, state);
    return state;
  };
  const forget = (): void => {
    table.fill(UNBUILT);
    sets = [];
    ids = new Map();
    stateOf(leading);
  };
  forget();

  return {
    classOf,
    shift,
    table: (): Int32Array => table,
    bits: (state: number): number => bits[state >> shift] ?? 0,
    size: (): number => sets.length,
    /** A new block: what was forgotten for earlier ones does not count against it. */
    begin: (): void => {
      resets = 0;
    },
    exhausted: (): boolean => resets > MOST_RESETS,
    /** The state after a byte that the table had no state for; null where a trigger ends. The other lane's state stays good. */
    next: (state: number, byte: number, other: Lane | null): number | null => {
      const entry = state + (classOf[byte] ?? 0);
      const known = table[entry] ?? UNBUILT;
      if (known === ACCEPT) return null;
      if (known >= 0) return known;
      if (known <= OWNED) return OWNED - known;
      if (byte === NEWLINE) {
        table[entry] = START;
        return START;
      }
      const into: number[] = [];
      round += 1;
      ended = 0;
      enter(sets[state >> shift] ?? [], byte, into);
      enter(begins[byte] ?? [], byte, into);
      if (ended !== 0 && !owners) {
        table[entry] = ACCEPT;
        return null;
      }
      const positions = Int32Array.from(into).sort();
      if (sets.length >= MOST_STATES) {
        const kept = other ? sets[other.state >> shift] : undefined;
        resets += 1;
        forget();
        if (other && kept) other.state = stateOf(kept);
        return stateOf(positions, ended);
      }
      const next = stateOf(positions, ended);
      table[entry] = ended === 0 ? next : OWNED - next;
      return next;
    },
  };
};
