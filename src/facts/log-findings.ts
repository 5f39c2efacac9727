import { fail, pass, skip, unknown, warn } from '../check.ts';
import type { DockerAnswers } from '../host/answers/docker.ts';
import type { Finding } from '../model.ts';
import { MARKERS } from './log-markers.ts';
import type { Marker } from './markers/marker.ts';

type Logs = DockerAnswers['logs'];
type Read = Omit<Logs['containers'][number], 'size'>;

/** How lately a fatal sign fails the check, and for how long a passing one is normal, ms. */
export type MarkerLimits = { readonly recent: number; readonly settle: number };

type Hits = {
  readonly marker: Marker;
  readonly where: readonly { readonly name: string; readonly count: number }[];
  readonly first: number | null;
  readonly last: number | null;
};

const times = (told: readonly (string | null)[]): readonly number[] =>
  told.flatMap((one) => (one === null ? [] : [Date.parse(one)])).filter((one) => !Number.isNaN(one));

/** "2026-11-22T11:58:03Z". */
const second = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');

const hitsOf = (containers: readonly Read[]): readonly Hits[] =>
  MARKERS.flatMap((marker) => {
    const found = containers.flatMap(({ name, markers }) =>
      markers.filter((one) => one.marker === marker.name).map((one) => ({ name, ...one })),
    );
    if (found.length === 0) return [];
    const [firsts, lasts] = [times(found.map(({ first }) => first)), times(found.map(({ last }) => last))];
    return [
      {
        marker,
        where: found.map(({ name, count }) => ({ name, count })),
        first: firsts.length > 0 ? Math.min(...firsts) : null,
        last: lasts.length > 0 ? Math.max(...lasts) : null,
      },
    ];
  });

const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

const wordsOf = ({ marker, where, first, last }: Hits): string => {
  const places = where.map(({ name, count }) => `${lines(count)} of ${name}`).join(', ');
  const between = first !== null && last !== null && first !== last ? `from ${second(first)} to ${second(last)}` : '';
  const at = last !== null && between === '' ? `at ${second(last)}` : between;
  return `${marker.title}: ${[places, at].filter(Boolean).join(', ')}; as a rule ${marker.cause}`;
};

const judged = (hits: Hits, epochMs: number, { recent, settle }: MarkerLimits): Finding => {
  const { marker, where, first, last } = hits;
  const extra = { subject: where.map(({ name }) => name).join(', '), remedy: marker.remedy };
  const words = wordsOf(hits);
  if (marker.severity === 'fatal' && (last === null || epochMs - last <= recent)) return fail(words, extra);
  const lasted = first === null || last === null ? Number.POSITIVE_INFINITY : last - first;
  if (marker.severity === 'passing' && lasted <= settle) return pass(words, { subject: extra.subject });
  return warn(words, extra);
};

/** One finding for each sign, whatever logs it is in; a sign that Webapp and Coreapp both write is one trouble. */
export const markerFindings = (
  containers: readonly Read[],
  epochMs: number,
  limits: MarkerLimits,
): readonly Finding[] => hitsOf(containers).map((hits) => judged(hits, epochMs, limits));

const READ_YOURSELF = (name: string) => ({ subject: name, remedy: `Look yourself: docker logs --since 3h ${name}` });

const unread = ({ name, skipped, notKept, cut, until }: Read): readonly Finding[] => {
  if (notKept)
    return [
      skip(`The log of ${name} cannot be searched: its driver keeps nothing here that Docker could read`, {
        subject: name,
        remedy: 'Search it where that driver sends it to.',
      }),
    ];
  if (skipped !== null) return [unknown(`The log of ${name} could not be read: ${skipped}`, READ_YOURSELF(name))];
  if (cut !== 'newer') return [];
  const to = until === null ? 'in part' : `up to ${second(Date.parse(until))}`;
  return [unknown(`The log of ${name} was read ${to} only: there is more than is read`, READ_YOURSELF(name))];
};

const summary = ({
  containers,
  window,
  notAsked,
}: Omit<Logs, 'containers'> & { containers: readonly Read[] }): Finding => {
  const read = containers.filter(({ skipped }) => skipped === null);
  const older = read.filter(({ cut }) => cut === 'older').map(({ name }) => name);
  const all = read.reduce((sum, one) => sum + one.lines, 0);
  const beyond = older.length > 0 ? `; of ${older.join(', ')} only the newest lines` : '';
  const others = notAsked > 0 ? `; ${notAsked} more containers were not asked` : '';
  const hours = Math.round(window / 3_600_000);
  return pass(
    `No known sign of trouble in the ${lines(all)} that ${read.map(({ name }) => name).join(', ')} wrote within ${hours} hours${beyond}${others}`,
  );
};

/** What could not be read, and that nothing was found where that is all there is to say. */
export const readingFindings = (
  logs: Omit<Logs, 'containers'> & { readonly containers: readonly Read[] },
  marked: boolean,
): readonly Finding[] => {
  const missed = logs.containers.flatMap(unread);
  if (logs.containers.length === 0) return [unknown('No log was asked for: Docker told of no container of the client')];
  const some = logs.containers.some(({ skipped }) => skipped === null);
  return marked || !some ? missed : [summary(logs), ...missed];
};
