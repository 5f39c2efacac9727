import { fail, pass, skip, unknown } from '../../check.ts';
import type { ConnectionFailure } from '../../host/answers/connection.ts';
import type { DeployedContainer } from '../../host/answers/deployment.ts';
import type { DockerAnswers } from '../../host/answers/docker.ts';
import type { Finding } from '../../model.ts';
import { portRanges } from '../port-ranges.ts';
import { namedHosts } from './names.ts';

type Target = {
  readonly container: string;
  readonly host: string;
  readonly port: number;
  /** Null where the connection was taken. */
  readonly failed: Pick<ConnectionFailure, 'step' | 'kind' | 'message'> | null;
  /** The container that has the name does not run. */
  readonly down: boolean;
};

type CorePorts = {
  readonly targets: readonly Target[];
  readonly skipped: readonly { readonly container: string; readonly why: string }[];
};

/** The Coreapp's ports among what containers were seen to reach. */
export const coreTargets = (links: DockerAnswers['links'], containers: readonly DeployedContainer[]): CorePorts => {
  const up = links.containers.flatMap((tried) => {
    const container = containers.find(({ id }) => id === tried.id);
    return container?.state?.status === 'running' ? [{ ...tried, container }] : [];
  });
  return {
    targets: up.flatMap(({ container, targets }) => {
      const named = namedHosts(container, containers);
      return targets
        .filter((target) => /^(WACORE|COREAPP)_HOSTNAME/.test(target.named))
        .map(({ host, port, failed }) => ({
          container: container.name,
          host,
          port,
          failed: failed && { step: failed.step, kind: failed.kind, message: failed.message },
          down: named.some(({ name, rule }) => name === host && rule === 'down'),
        }));
    }),
    skipped: up.flatMap(({ container, skipped }) =>
      skipped === null ? [] : [{ container: container.name, why: skipped }],
    ),
  };
};

const WORDS: Readonly<Partial<Record<ConnectionFailure['kind'], string>>> = {
  refused: 'nothing listens there',
  'no-answer': 'no answer, as where a firewall drops it',
  unreachable: 'there is no way there',
};

const REMEDIES: Readonly<Partial<Record<ConnectionFailure['kind'], string>>> = {
  refused: 'Look into the log of the Coreapp for why it does not listen, and restart it.',
  unreachable: 'Put both on one network.',
};

/** Ports that a Coreapp listens on, or is published on by the vendor's files; another one that is refused is a slip. */
const isUsual = ({ port }: Target): boolean => port >= 6250 && port <= 6257;
const STATE =
  'Correct COREAPP_EXTERNAL_PORTS of the Coreapp, or publish these ports: inside Docker it listens on 6250 to 6253.';

const closed = (container: string, host: string, targets: readonly Target[]): readonly Finding[] =>
  Object.entries(Object.groupBy(targets, ({ failed }) => failed?.kind ?? 'other')).map(([kind, some = []]) => {
    const words = WORDS[kind as ConnectionFailure['kind']] ?? some[0]?.failed?.message;
    return fail(`${container} cannot connect to ${host} on ${portRanges(some.map(({ port }) => port))}: ${words}`, {
      subject: container,
      remedy:
        (kind === 'refused' && !some.every(isUsual) ? STATE : null) ??
        REMEDIES[kind as ConnectionFailure['kind']] ??
        `Let ${container} through to ${host} in the firewalls in between.`,
    });
  });

const pairFindings = (targets: readonly Target[]): readonly Finding[] => {
  const [{ container, host } = { container: '', host: '' }] = targets;
  const subject = container;
  if (targets.some(({ down }) => down))
    return [skip(`${host} does not run, so ${container} cannot connect to it: see containers.running`, { subject })];
  if (targets.some(({ failed }) => failed?.step === 'dns'))
    return [skip(`${host} does not resolve inside ${container}: see containers.names`, { subject })];
  return closed(
    container,
    host,
    targets.filter(({ failed }) => failed !== null),
  );
};

/** What each container connects to, hosts with the same ports in one sentence. */
const openFindings = (targets: readonly Target[]): readonly Finding[] => {
  const open = targets.filter(({ failed }) => failed === null);
  return Object.entries(Object.groupBy(open, ({ container }) => container)).flatMap(([container, own = []]) => {
    const byHost = Object.entries(Object.groupBy(own, ({ host }) => host)).map(([host, some = []]) => ({
      host,
      ports: portRanges(some.map(({ port }) => port)),
    }));
    return Object.entries(Object.groupBy(byHost, ({ ports }) => ports)).map(([ports, some = []]) =>
      pass(`${container} connects to ${some.map(({ host }) => host).join(', ')} on ${ports}`, { subject: container }),
    );
  });
};

/** What may be said of the ports, for each container and each Coreapp that it is to reach. */
export const portFindings = ({ targets, skipped }: CorePorts): readonly Finding[] => {
  const pairs = Object.values(Object.groupBy(targets, ({ container, host }) => JSON.stringify([container, host])));
  const told = [...pairs.flatMap((pair = []) => pairFindings(pair)), ...openFindings(targets)];
  const untried = skipped.map(({ container, why }) =>
    unknown(`The Coreapp's ports could not be tried from ${container}: ${why}`, {
      subject: container,
      remedy: 'Run the tool as root on the host of the containers.',
    }),
  );
  return told.length + untried.length > 0
    ? [...told, ...untried]
    : [skip('No container that runs is to reach a Coreapp by name.')];
};
