import { type Lane, lazyTable, START } from './dfa.ts';
import type { Place } from './trigger.ts';

/** Lines that hold a trigger, as runs: start and end of each, in order, a run ends after its last line's end. */
export type Marks = readonly number[];

const NEWLINE = 10;
/** Below this, two lanes cost more than they save, bytes. */
const WORTH_TWO = 4096;

/**
 * One pass over bytes that finds the lines in which any of the triggers stands. Two lanes run through the two halves at the same
 * time: each step waits for its table's memory, and two can wait at once (250 against 430 MiB/s). What follows a trigger in its
 * line is skipped.
 */
export const markerOf = (triggers: readonly (readonly Place[])[]): ((bytes: Uint8Array) => Marks) => {
  const lazy = lazyTable(triggers);
  const { classOf } = lazy;

  const marked = (view: Buffer, lane: Lane): void => {
    const start = view.lastIndexOf(NEWLINE, lane.at - 1);
    const end = view.indexOf(NEWLINE, lane.at);
    lane.runs.push(lane.at === 0 ? 0 : start + 1, end < 0 || end >= lane.end ? lane.end : end + 1);
    lane.at = lane.runs.at(-1) ?? lane.end;
    lane.state = START;
  };

  /** A step that the table does not hold: a trigger's end, or a state that was not met yet. */
  const oddStep = (view: Buffer, lane: Lane, other: Lane | null): void => {
    const next = lazy.next(lane.state, view[lane.at] ?? 0, other);
    if (next === null) {
      marked(view, lane);
    } else {
      lane.state = next;
      lane.at += 1;
    }
    if (!lazy.exhausted()) return;
    for (const one of other ? [lane, other] : [lane])
      if (one.at < one.end) {
        marked(view, one);
        one.runs[one.runs.length - 1] = one.end;
        one.at = one.end;
      }
  };

  const both = (view: Buffer, first: Lane, second: Lane): void => {
    while (first.at < first.end && second.at < second.end) {
      const table = lazy.table();
      let { at: i, state: s } = first;
      let { at: j, state: r } = second;
      const stop = i + Math.min(first.end - i, second.end - j);
      let s2 = s;
      let r2 = r;
      for (; i < stop; i += 1, j += 1) {
        s2 = table[s + (classOf[view[i] as number] as number)] as number;
        r2 = table[r + (classOf[view[j] as number] as number)] as number;
        if ((s2 | r2) < 0) break;
        s = s2;
        r = r2;
      }
      Object.assign(first, { at: i, state: s });
      Object.assign(second, { at: j, state: r });
      // The lane that could go on repeats its step: its state may have been given a new place meanwhile.
      if (i < stop) oddStep(view, s2 < 0 ? first : second, s2 < 0 ? second : first);
    }
  };

  const alone = (view: Buffer, lane: Lane): void => {
    while (lane.at < lane.end) {
      const table = lazy.table();
      let { at: i, state: s } = lane;
      let s2 = s;
      for (; i < lane.end; i += 1) {
        s2 = table[s + (classOf[view[i] as number] as number)] as number;
        if (s2 < 0) break;
        s = s2;
      }
      lane.at = i;
      lane.state = s;
      if (i < lane.end) oddStep(view, lane, null);
    }
  };

  return (bytes) => {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    lazy.begin();
    const half = bytes.length < WORTH_TWO ? 0 : view.lastIndexOf(NEWLINE, bytes.length >> 1) + 1;
    const first: Lane = { at: 0, end: half, state: START, runs: [] };
    const second: Lane = { at: half, end: bytes.length, state: START, runs: [] };
    both(view, first, second);
    alone(view, first);
    alone(view, second);
    return [...first.runs, ...second.runs];
  };
};
