/** Lines of a log by how bad they say they are. */
type Counts = { errors: number; warnings: number; others: number };

/** Lines of one log, counted over equal spans of time. */
export type Levels = {
  /** First and last time, and the first error's; RFC 3339. */
  readonly since: string;
  readonly until: string;
  readonly firstError: string | null;
  readonly spans: readonly Readonly<Counts>[];
};

/** What loggers write of a bad line: a word in capitals, or a level in a field. */
const ERROR =
  /\b(?:ERROR|FATAL|CRITICAL|EMERG|PANIC)\b|\b(?:level|severity)"?[=:] ?"?(?:error|fatal|critical)|\[error\]/;
const WARNING = /\b(?:WARN|WARNING)\b|\b(?:level|severity)"?[=:] ?"?warn|\[warn(?:ing)?\]/;

/** The minute and the time that a line of the Engine's logs begins with. */
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)\S*/;

/** A picture of more bars shows no more. */
const MOST_SPANS = 60;
/** Of a line, and of different minutes: a foreign log may hold any. */
const MOST_LINE = 2000;
const MOST_MINUTES = 100_000;
const MINUTE = 60_000;

/** Counts the cleaned lines of a log as they pass; null where fewer than two minutes tell their time. */
export const levelCounter = () => {
  const minutes = new Map<number, Counts>();
  let [first, last] = ['', ''];
  let firstError: string | null = null;
  const count = (line: string): void => {
    const [time, minute] = STAMP.exec(line) ?? [];
    const at = minute === undefined ? Number.NaN : Date.parse(`${minute}Z`) / MINUTE;
    if (time === undefined || Number.isNaN(at) || (!minutes.has(at) && minutes.size >= MOST_MINUTES)) return;
    const counts = minutes.get(at) ?? { errors: 0, warnings: 0, others: 0 };
    minutes.set(at, counts);
    if (first === '' || time < first) first = time;
    if (time > last) last = time;
    if (ERROR.test(line)) {
      counts.errors += 1;
      if (firstError === null || time < firstError) firstError = time;
    } else if (WARNING.test(line)) counts.warnings += 1;
    else counts.others += 1;
  };
  const spansOf = (): readonly Counts[] => {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const minute of minutes.keys()) [from, to] = [Math.min(from, minute), Math.max(to, minute)];
    const width = Math.ceil((to - from + 1) / MOST_SPANS);
    const spans = Array.from({ length: Math.ceil((to - from + 1) / width) }, () => ({
      errors: 0,
      warnings: 0,
      others: 0,
    }));
    for (const [minute, counts] of minutes) {
      const span = spans[Math.floor((minute - from) / width)];
      if (!span) continue;
      span.errors += counts.errors;
      span.warnings += counts.warnings;
      span.others += counts.others;
    }
    return spans;
  };
  return {
    /** A block that begins and ends with a line. */
    add: (block: Uint8Array): void => {
      const text = Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('latin1');
      for (let at = 0; at < text.length; ) {
        const end = text.indexOf('\n', at);
        const stop = end < 0 ? text.length : end;
        count(text.slice(at, Math.min(stop, at + MOST_LINE)));
        at = stop + 1;
      }
    },
    result: (): Levels | null =>
      minutes.size < 2 ? null : { since: first, until: last, firstError, spans: spansOf() },
  };
};
