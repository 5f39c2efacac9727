import type { DockerAnswers } from '../../answers/docker.ts';
import type { Limits, Look, Reached } from '../../child/network/order.ts';
import type { Asking } from '../../host.ts';
import { explained } from '../network/enter.ts';
import { lookInside } from '../network/looks.ts';
import type { DockerAccess } from './access.ts';
import type { ClientContainer } from './inspected.ts';
import { type LinkTarget, linkTargets } from './link-targets.ts';

type Linked = DockerAnswers['links']['containers'][number];

/** Two rounds of these end below the common deadline of a question, with what finding the containers takes, ms. */
const LIMITS: Limits = { name: 1800, step: 1400, whole: 3000 };
const NO_MORE = 4200;
/** Each takes a process of its own. */
const AT_ONCE = 8;

const looksOf = (targets: readonly LinkTarget[]): readonly Look[] =>
  Object.entries(Object.groupBy(targets, ({ host }) => host)).map(([host, some = []]) => ({
    what: 'reach',
    host,
    ports: [...new Set(some.map(({ port }) => `${port}/tcp`))],
    authority: null,
  }));

/** What all its names and ports came to in one container's network. */
const linked = async (container: ClientContainer, all: readonly ClientContainer[], asking: Asking): Promise<Linked> => {
  const { id, name } = container;
  const targets = linkTargets(container, all);
  const looks = looksOf(targets);
  if (looks.length === 0) return { id, name, skipped: null, targets: [] };
  const asked = await lookInside(container, looks, LIMITS, asking);
  if ('not' in asked) return { id, name, skipped: asked.not, targets: [] };
  const seen = new Map(looks.map(({ host }, at) => [host, asked.seen[at] as Reached]));
  return {
    id,
    name,
    skipped: null,
    targets: targets.flatMap((target) => {
      const reached = seen.get(target.host);
      const port = reached?.ports.find((one) => one.port === `${target.port}/tcp`);
      if (!reached || !port) return [];
      const failed = port.failed && explained(port.failed, target.host, container);
      return [{ ...target, addresses: reached.addresses, steps: port.steps, failed }];
    }),
  };
};

/**
 * What the client's containers that run reach of the names that they are given, from the network of each, some at a time.
 * Rejects where the Engine gives no answer.
 */
export const links = async (asking: Asking, docker: DockerAccess): Promise<DockerAnswers['links']> => {
  const all = await docker.clients(asking.signal);
  const since = performance.now();
  const waiting = all.filter(({ running }) => running);
  const order = new Map(waiting.map(({ id }, at) => [id, at]));
  const done: Linked[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { id, name } = next;
      const late = performance.now() - since > NO_MORE;
      done.push(
        late
          ? { id, name, skipped: 'there was no time left to look from all containers', targets: [] }
          : await linked(next, all, asking),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { containers: done.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)) };
};
