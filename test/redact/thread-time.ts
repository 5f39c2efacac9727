/** The clock of a thread ticks in steps of some ms: less than this is not told apart from nothing. */
const LEAST_MS = 25;

/**
 * CPU time of a call on this thread in ms, the least of so many readings: other processes on the machine do not count. A short call
 * is made again until there is something to read.
 */
export const threadTime = (call: () => void, readings = 1): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < readings; reading += 1) {
    const before = process.threadCpuUsage();
    let [calls, ms] = [0, 0];
    while (ms < LEAST_MS) {
      call();
      calls += 1;
      const { user, system } = process.threadCpuUsage(before);
      ms = (user + system) / 1000;
    }
    least = Math.min(least, ms / calls);
  }
  return least;
};

/** Wall time of one call in ms: at least what it needs. */
export const wallTime = (call: () => void): number => {
  const before = performance.now();
  call();
  return performance.now() - before;
};
