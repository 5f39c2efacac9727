import { type Ask, keyOf, type Question } from './host.ts';

/** Questions that measure time: each runs alone, with nothing else going on. */
const EXCLUSIVE = new Set([
  'disk "write-latency"',
  'disk "read-latency"',
  'database "latency"',
  'database "commit-latency"',
]);

/** How long a question may take, ms, and those that take longer by their nature. */
const DEADLINE = 10_000;
const OWN_DEADLINES: Record<string, number> = {
  'disk "write-latency"': 20_000,
  'disk "read-latency"': 20_000,
  'docker "statx"': 30_000,
  'database "latency"': 20_000,
  'database "commit-latency"': 20_000,
  'network "hold"': 930_000,
  'api "stats-db"': 65_000,
  'api "message"': 20_000,
};

/** Questions that only wait, without any work: nobody needs to wait for them. */
const IDLE = new Set(['network "hold"']);

const PARALLEL = 8;

const kindOf = ([method, topic]: Question): string => `${method} ${JSON.stringify(topic)}`;

/** A turnstile: at most `PARALLEL` questions at a time, and an exclusive one only when it is alone. */
const turnstile = () => {
  const queue: { readonly exclusive: boolean; readonly enter: () => void }[] = [];
  let running = 0;
  let alone = false;
  const admit = () => {
    for (let next = queue[0]; next; next = queue[0]) {
      if (alone || running >= (next.exclusive ? 1 : PARALLEL)) return;
      queue.shift();
      running += 1;
      alone = next.exclusive;
      next.enter();
    }
  };
  return {
    enter: (exclusive: boolean) =>
      new Promise<void>((enter) => {
        // Short questions go before waiting exclusive ones: those want the host to themselves, at the end.
        const at = exclusive ? queue.length : queue.findIndex((waiting) => waiting.exclusive);
        queue.splice(at < 0 ? queue.length : at, 0, { exclusive, enter });
        admit();
      }),
    leave: () => {
      running -= 1;
      alone = false;
      admit();
    },
  };
};

/** A host whose every question ends by a deadline (its own, or the given one, ms), the work behind it stopped by its signal. */
export const bounded = (ask: Ask, deadlineMs: number | null = null): Ask => {
  const gate = turnstile();
  return async (question, asking) => {
    const kind = kindOf(question);
    const idle = IDLE.has(kind);
    if (!idle) await gate.enter(EXCLUSIVE.has(kind));
    const limit = deadlineMs ?? OWN_DEADLINES[kind] ?? DEADLINE;
    const stop = new AbortController();
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const end = (why: string) => {
      reject(new Error(why));
      stop.abort(new Error(why));
    };
    const cancelled = () => end('cancelled');
    // A timer that keeps Node alive, unlike AbortSignal.timeout: a question that never settles must not end the process.
    const timer = setTimeout(() => end(`no answer to ${keyOf(question)} within ${limit / 1000} s`), limit);
    asking.signal.addEventListener('abort', cancelled, { once: true });
    try {
      if (asking.signal.aborted) throw new Error('cancelled');
      return await Promise.race([ask(question, { ...asking, signal: stop.signal }), ended]);
    } finally {
      clearTimeout(timer);
      asking.signal.removeEventListener('abort', cancelled);
      ended.catch(() => {});
      if (!idle) gate.leave();
    }
  };
};
