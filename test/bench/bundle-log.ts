/** Numbers by a seed, the same on every machine. */
const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 4;
  };
};

const word = (next: () => number): string => next().toString(36) + next().toString(36);

const SECRETS: readonly ((next: () => number) => string)[] = [
  (next) => `login failed for user admin password=${word(next)}`,
  (next) => `GET /v1/contacts?token=${word(next)}${word(next)} HTTP/1.1 200`,
  (next) => `sending to +6681${String(next()).padStart(7, '0').slice(0, 7)} ok`,
  (next) => `Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYWRtaW4i${word(next)}.${word(next)}${word(next)}`,
  (next) => `connecting to mysql://wa:${word(next)}@10.1.${next() % 250}.${next() % 250}:3306/waweb`,
  (next) => `peer 10.${next() % 250}.${next() % 250}.${next() % 250} reset the connection`,
];
const PLAIN: readonly ((next: () => number) => string)[] = [
  (next) =>
    `INFO  [worker-${next() % 17}] delivered in ${next() % 977} ms, queue=${next() % 30} id=${next().toString(16)}`,
  (next) => `DEBUG [pool] acquired connection ${next() % 64} of 64 in ${next() % 9}.${next() % 99} ms`,
  (next) => `WARN  [shard-${next() % 8}] retry ${next() % 5} of 5, backing off ${next() % 3000} ms`,
  (next) =>
    `INFO  [stats] heap ${next() % 900} MB, rss ${next() % 1200} MB, handles ${next() % 400}, lag ${next() % 12} ms`,
];

/** One MiB of lines of a container's log, 2 % of them with something to be taken out; another MiB for another seed. */
export const logBlock = (seed: number): Buffer => {
  const next = numbers(seed);
  const lines: string[] = [];
  for (let size = 0, at = seed * 10_000; size < 2 ** 20; at += 1) {
    const time = new Date(1.7e12 + at * 37).toISOString();
    const of = next() % 50 === 0 ? SECRETS : PLAIN;
    const line = `${time} ${of[next() % of.length]?.(next)}\n`;
    lines.push(line);
    size += line.length;
  }
  return Buffer.from(lines.join(''), 'latin1').subarray(0, 2 ** 20);
};
