import type { IncomingMessage } from 'node:http';
import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';
import type { Way } from './endpoint.ts';
import type { ClientContainer } from './inspected.ts';
import { logLines } from './log-lines.ts';
import { masker, secretsIn } from './log-mask.ts';
import { logSizes } from './log-sizes.ts';
import { tally } from './log-tally.ts';
import { type Answer, exchange, type Sink, wholeBody, wordsOf } from './request.ts';

type Logs = DockerAnswers['logs'];
type One = Logs['containers'][number];

/** As WADebug's, ms. */
const WINDOW = 3 * 3_600_000;
/** The newest records of each container that are asked for, and what is read of them, bytes. */
const RECORDS = 20_000;
const MOST = 64 << 20;
const CONTAINERS = 32;
const PARALLEL = 8;
/** All of it, below the common deadline of a question, ms. */
const DEADLINE = 8500;

/** Ends a reading that has had enough; no fault. */
class Enough extends Error {}

const REFUSAL_MOST = 64 * 1024;

type Reading = { read: number; readonly lines: ReturnType<typeof logLines>; readonly found: ReturnType<typeof tally> };

const reading = (): Reading => {
  const found = tally();
  return { read: 0, lines: logLines(found.take), found };
};

const sinkOf =
  (into: Reading) =>
  (response: IncomingMessage): Sink<Answer | null> => {
    if (response.statusCode !== 200) return wholeBody(response, REFUSAL_MOST);
    return {
      add: (chunk) => {
        into.read += chunk.length;
        into.lines.add(chunk);
        if (into.read > MOST) throw new Enough();
      },
      end: () => null,
    };
  };

/** A refusal in words, where one was given. Engines say by 501, or by 500 in old ones, that a driver keeps nothing to read. */
const refusal = (answer: Answer | null) =>
  answer && {
    skipped: `the Docker Engine answered ${wordsOf(answer)}`,
    notKept: /logging driver does not support reading/.test(answer.body),
  };

type Terms = { readonly way: Way; readonly since: number; readonly mask: (line: string) => string };

const search = async (
  { id, name, role }: ClientContainer,
  { way, since, mask }: Terms,
  signal: AbortSignal,
  withinMs: number,
): Promise<Omit<One, 'size'>> => {
  const into = reading();
  const query = `stdout=1&stderr=1&timestamps=1&since=${since}&tail=${RECORDS}`;
  const path = `/containers/${encodeURIComponent(id)}/logs?${query}`;
  let refused: ReturnType<typeof refusal> = null;
  let stopped: unknown = null;
  try {
    refused = refusal(await exchange(way, { path }, signal, withinMs, sinkOf(into)));
  } catch (error) {
    signal.throwIfAborted();
    stopped = error;
  }
  into.lines.end();
  const { lines, found, read } = into;
  const why = stopped instanceof Error && !(stopped instanceof Enough) ? stopped.message : null;
  // What was read before the end counts, whatever ended it.
  const nothing = why !== null && found.lines() === 0 ? { skipped: why, notKept: false } : null;
  const older = Math.max(lines.records(), found.lines()) >= RECORDS;
  return {
    ...{ id, name, role, read },
    ...(refused ?? nothing ?? { skipped: null, notKept: false }),
    ...found.result(mask),
    cut: stopped !== null && nothing === null ? 'newer' : older ? 'older' : null,
  };
};

const LATE: Pick<One, 'skipped' | 'notKept' | 'read' | 'lines' | 'from' | 'until' | 'cut' | 'markers'> = {
  ...{ skipped: 'there was no time left to read it', notKept: false, read: 0, lines: 0, from: null, until: null },
  ...{ cut: null, markers: [] },
};

/** The newest part of the log of each client container, searched for markers; one request each. Rejects without an Engine. */
export const logs = async ({ signal }: Asking, docker: DockerAccess): Promise<Logs> => {
  const end = performance.now() + DEADLINE;
  const { way } = await docker.reachable(signal);
  const all = await docker.clients(signal);
  const clients = all.slice(0, CONTAINERS);
  const secrets = all.flatMap(({ env }) => secretsIn(env));
  const terms = { way, since: Math.floor((Date.now() - WINDOW) / 1000), mask: masker(secrets) };
  const found: Omit<One, 'size'>[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next; at < clients.length; at = next) {
      next += 1;
      const client = clients[at];
      // Those that wait get their share of the time, so that a silent one costs no other its turn.
      const rounds = Math.ceil((clients.length - at) / PARALLEL);
      const within = (end - performance.now()) / rounds;
      if (!client) continue;
      const { id, name, role } = client;
      found[at] = within > 0 ? await search(client, terms, signal, within) : { id, name, role, ...LATE };
    }
  };
  // Together: what is given up with the rest must not be left alone with its error.
  const [measured] = await Promise.all([logSizes(clients, signal), ...Array.from({ length: PARALLEL }, worker)]);
  const containers = found.map((one, at) => ({ ...one, size: measured[at] ?? null }));
  return { window: WINDOW, notAsked: all.length - clients.length, containers };
};
