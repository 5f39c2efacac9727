import { markersIn } from '../../../facts/log-markers.ts';
import type { DockerAnswers } from '../../answers/docker.ts';
import type { LogLine } from './log-lines.ts';

type Told = DockerAnswers['logs']['containers'][number]['markers'][number];
type Tally = { count: number; first: string | null; last: string | null; newest: LogLine[] };

/** Lines of a marker that are shown, and how much of each, characters. */
const NEWEST = 3;
const SHOWN = 300;
const BEFORE = 100;
/** The end of a line that was cut may be the beginning of a secret: as much is not shown of it. */
const UNSURE = 4096;

const earlier = (one: string | null, other: string | null) =>
  one && other ? (one < other ? one : other) : (one ?? other);
const later = (one: string | null, other: string | null) =>
  one && other ? (one > other ? one : other) : (one ?? other);

/** A time in milliseconds, as everything else that is told. */
const told = (time: string | null): string | null => {
  const at = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** The part of a line that a marker stands in, masked before it is cut. */
const excerpt = ({ text, cut }: LogLine, marker: string, mask: (line: string) => string): string => {
  const masked = mask(text.toString('utf8'));
  const sure = cut ? masked.slice(0, -UNSURE) : masked;
  const at = markersIn(sure).find(({ name }) => name === marker)?.at ?? 0;
  const start = sure.length <= SHOWN ? 0 : Math.max(0, Math.min(at - BEFORE, sure.length - SHOWN));
  const part = sure.slice(start, start + SHOWN);
  return `${start > 0 ? '…' : ''}${part}${start + SHOWN < sure.length || cut ? '…' : ''}`.toWellFormed();
};

/** Counts the markers of lines as they come, and keeps the newest few of each. */
export const tally = () => {
  const found = new Map<string, Tally>();
  let lines = 0;
  let from: string | null = null;
  let until: string | null = null;
  const count = (name: string, line: LogLine) => {
    const known = found.get(name) ?? { count: 0, first: null, last: null, newest: [] };
    known.count += 1;
    known.first = earlier(known.first, line.time);
    known.last = later(known.last, line.time);
    known.newest.push(line);
    if (known.newest.length > NEWEST) known.newest.shift();
    found.set(name, known);
  };
  return {
    take: (line: LogLine): void => {
      lines += 1;
      from = earlier(from, line.time);
      until = later(until, line.time);
      // Markers are ASCII, and so every byte may stand for itself.
      for (const { name } of markersIn(line.text.toString('latin1'))) count(name, line);
    },
    lines: (): number => lines,
    result: (mask: (line: string) => string) => ({
      lines,
      from: told(from),
      until: told(until),
      markers: [...found].map(
        ([marker, { count: times, first, last, newest }]): Told => ({
          marker,
          count: times,
          first: told(first),
          last: told(last),
          newest: newest.map((line) => excerpt(line, marker, mask)),
        }),
      ),
    }),
  };
};
