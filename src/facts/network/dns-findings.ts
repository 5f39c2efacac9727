import { fail, pass, warn } from '../../check.ts';
import type { NetworkAnswers } from '../../host/answers/network.ts';
import type { Finding } from '../../model.ts';
import { milliseconds } from '../../units.ts';
import { connectionWords } from '../api/connection.ts';
import { isOver } from './gone.ts';
import { openingRemedy } from './reach-words.ts';
import { deciding, sideWords, unlooked, type Views } from './views.ts';

type Timed = NetworkAnswers['dns'];
type Limit = { readonly max: number; readonly firstMax: number; readonly endedOn: string };

/** How a name was seen from the side that decides. */
export const seenBy = (views: Views<Timed>): Timed => views[deciding(views)].seen as Timed;
/** Whether the name servers say that there is no such name, and never anything else. */
export const isNoName = ({ times, failures }: Timed): boolean =>
  times.length === 0 && failures.length > 0 && failures.every(({ kind }) => kind === 'no-such-host');

/** The first may have to be fetched from afar; those after it are there already. */
const isSlow = ({ times: [first = 0, ...later] }: Timed, { max, firstMax }: Limit): boolean =>
  first > firstMax || later.some((ms) => ms > max);

const rangeOf = (times: readonly number[]): string =>
  times.length > 1
    ? `${milliseconds(Math.min(...times))} to ${milliseconds(Math.max(...times))}`
    : milliseconds(times[0] ?? 0);

/**
 * What may be said of one name. `witness`: another one that resolves from the same side, null where none does.
 */
export const dnsFinding = (
  name: string,
  views: Views<Timed>,
  limit: Limit,
  witness: string | null,
  epochMs: number | null,
): Finding => {
  const side = deciding(views);
  const seen = seenBy(views);
  const { times, failures, servers } = seen;
  const where = `${sideWords(views, side)} by ${servers.join(', ') || 'no name server'}${unlooked(views)}`;
  const host = side === 'coreapp' ? views.host.seen : null;
  const beside = host
    ? `; from this host ${host.times.length} of ${host.times.length + host.failures.length} times`
    : '';
  const tried = times.length + failures.length;
  const subject = name;
  const [failed] = failures;
  if (witness !== null && epochMs !== null && isNoName(seen) && isOver(limit.endedOn, epochMs))
    return warn(
      `There is no ${name} any more ${where}, while ${witness} resolves: the vendor ended the product on ${limit.endedOn}, and may have taken it away`,
      { subject, remedy: `Ask another name server whether ${name} is gone, or hidden here.` },
    );
  if (times.length === 0 && failed)
    return fail(`${name} does not resolve ${where}: ${connectionWords(failed)}${beside}`, {
      subject,
      remedy: openingRemedy(failed, side, name, ''),
    });
  const is = `${name} resolved ${times.length} of ${tried} times ${where}, in ${rangeOf(times)}`;
  const remedy = `Find out which of the name servers is slow or loses questions: ${servers.join(', ')}.`;
  if (failed) return warn(`${is}; otherwise ${connectionWords(failed)}${beside}`, { subject, remedy });
  if (isSlow(seen, limit))
    return warn(`${is}; at most ${milliseconds(limit.max)} after the first is good`, { subject, remedy });
  return pass(`${is}${beside}`, { subject });
};
