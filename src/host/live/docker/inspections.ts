import type { Way } from './endpoint.ts';
import { inspect } from './inspect.ts';
import type { Inspected } from './inspected.ts';
import type { Listed } from './list.ts';

/** One inspection, and all of a run together, ms: the Engine has answered twice by then. */
const PATIENCE = 2500;
const ALL = 3000;
const PARALLEL = 6;

/** A container that was to be looked into; why it was not, where it was not and is still there. */
export type Inspection = { readonly found: Inspected | null; readonly why: string | null };

/** Looks into containers, a few at a time, and all of them within one time; rejects only when cancelled. */
export const inspections = (way: Way, signal: AbortSignal) => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`the Docker Engine did not answer within ${ALL / 1000} s`)), ALL);
  const bounded = AbortSignal.any([signal, late.signal]);
  const one = async (listed: Listed): Promise<Inspection> => {
    try {
      return { found: await inspect(way, listed, bounded, PATIENCE), why: null };
    } catch (error) {
      signal.throwIfAborted();
      return { found: null, why: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    all: async (wanted: readonly Listed[]): Promise<readonly Inspection[]> => {
      const results: Inspection[] = [];
      let next = 0;
      const worker = async () => {
        for (let listed = wanted[next]; listed; listed = wanted[next]) {
          const at = next;
          next += 1;
          results[at] = await one(listed);
        }
      };
      await Promise.all(Array.from({ length: PARALLEL }, worker));
      return results;
    },
    end: (): void => clearTimeout(timer),
  };
};
