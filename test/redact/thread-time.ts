/** CPU time of a call on this thread in ms, the least of so many calls: other processes on the machine do not count. */
export const threadTime = (call: () => void, times = 1): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < times; at += 1) {
    const before = process.threadCpuUsage();
    call();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
};
