import type { Clock } from '../../src/wait/loop.ts';

type Timer = { readonly at: number; readonly fire: () => void };

/** A clock that stands still until all work is waiting for it, and then leaps to the next moment that something waits for. */
export const virtualTime = (startsAt = Date.parse('2026-11-22T07:00:00Z')) => {
  const timers = new Set<Timer>();
  let now = 0;
  const clock: Clock = {
    date: () => startsAt + now,
    monotonic: () => now,
    pause: (ms, signal) =>
      new Promise((done, failed) => {
        if (signal.aborted) return failed(signal.reason);
        const timer = { at: now + ms, fire: done };
        timers.add(timer);
        signal.addEventListener('abort', () => {
          timers.delete(timer);
          failed(signal.reason);
        });
      }),
  };
  const settled = () => new Promise<void>((done) => setImmediate(() => setImmediate(done)));
  const leap = () => {
    const [next] = [...timers].toSorted((a, b) => a.at - b.at);
    if (!next) throw new Error('nothing waits for the clock, and nothing goes on');
    timers.delete(next);
    now = Math.max(now, next.at);
    next.fire();
  };
  return {
    clock,
    now: () => now,
    /** Runs a generator to its end; its yields and its return value. */
    run: async <Yielded, Returned>(steps: AsyncGenerator<Yielded, Returned>) => {
      const yielded: Yielded[] = [];
      for (;;) {
        let step: IteratorResult<Yielded, Returned> | null = null;
        const stepping = steps.next().then((one) => {
          step = one;
        });
        for (;;) {
          await Promise.race([stepping, settled()]);
          if (step !== null) break;
          leap();
        }
        await stepping;
        const one = step as IteratorResult<Yielded, Returned>;
        if (one.done) return { yielded, returned: one.value };
        yielded.push(one.value);
      }
    },
  };
};
