import type { Role } from '../../answers/deployment.ts';
import { aliasCandidates, databaseTargets, hasAlias } from './database-container.ts';
import type { ReachedEngine } from './engine.ts';
import type { ClientContainer, Inspected } from './inspected.ts';
import { inspections } from './inspections.ts';
import type { ContainerList, Listed } from './list.ts';
import { type Clues, hintsOf, isDatabase, isMonitoring, LAUNCHER, MEDIA, roleOf, signsOf } from './recognise.ts';

/** One of a deployment, with what it was recognised by. `env` holds secrets. */
export type Deployed = Inspected & { readonly role: Role; readonly recognisedBy: readonly string[] };

/** What the Engine has of the client and what belongs to it. Never an answer: it holds secrets. */
export type FoundDeployment = {
  readonly containers: readonly Deployed[];
  /** Those of the client that could not be looked into, and why. */
  readonly notInspected: readonly { readonly name: string; readonly why: string }[];
  readonly others: number;
  readonly onlyRunning: boolean;
  readonly engine: ReachedEngine['engine'];
};

/** More than a deployment has, for each kind: nothing makes us look into thousands. */
const MOST = { clients: 64, hinted: 16, databases: 8, aliases: 8, monitoring: 16 } as const;

const byName = (one: Listed, other: Listed): number => (one.name < other.name ? -1 : 1);

/** What the list and the inspection of a container tell together. */
const cluesOf = (one: Listed, { image, command, env, exposed, mounts, labels }: Inspected): Clues => ({
  ...one.clues,
  image: image || one.image,
  service: labels['com.docker.compose.service'] || one.clues.service,
  media: one.clues.media || mounts.some(({ destination }) => destination === MEDIA),
  launcher: one.clues.launcher || command.includes(LAUNCHER),
  ports: [...new Set([...one.clues.ports, ...exposed])],
  env,
});

const CLIENTS: ReadonlySet<Role> = new Set(['coreapp', 'master', 'webapp']);

/** The containers of the client, as those that are used most. */
export const clientsOf = ({ containers, notInspected, engine }: FoundDeployment): readonly ClientContainer[] => {
  const clients = containers.flatMap((one) => {
    const { role, recognisedBy: _, ...rest } = one;
    if (role !== 'coreapp' && role !== 'master' && role !== 'webapp') return [];
    return [{ ...rest, role, product: role === 'webapp' ? ('webapp' as const) : ('coreapp' as const), engine }];
  });
  const [not] = notInspected;
  if (clients.length === 0 && not) throw new Error(not.why);
  return clients;
};

/**
 * Finds the containers of the client, its databases and its monitoring, by the Engine's list, and looks into these alone; one
 * that has no sure sign in the list is looked into where something there hints at it.
 */
export const findDeployed = async (
  { way, engine }: ReachedEngine,
  list: ContainerList,
  signal: AbortSignal,
): Promise<FoundDeployment> => {
  const { containers, onlyRunning } = list;
  const sure = containers.filter(({ clues }) => signsOf(clues).length > 0).toSorted(byName);
  const hinted = containers
    .filter(({ clues }) => hintsOf(clues) > 0 && signsOf(clues).length === 0)
    .toSorted((one, other) => hintsOf(other.clues) - hintsOf(one.clues) || byName(one, other));
  const found: Deployed[] = [];
  const notInspected: { name: string; why: string }[] = [];
  const look = inspections(way, signal);
  try {
    const wanted = [...sure.slice(0, MOST.clients), ...hinted.slice(0, MOST.hinted)];
    for (const [at, { found: one, why }] of (await look.all(wanted)).entries()) {
      const listed = wanted[at];
      if (!listed) continue;
      if (why !== null && at < sure.length) notInspected.push({ name: listed.name, why });
      const clues = one && cluesOf(listed, one);
      const signs = clues ? signsOf(clues) : [];
      const role = clues && roleOf(clues);
      if (one && role && signs.length > 0) found.push({ ...one, role, recognisedBy: signs });
    }
    for (const { name } of sure.slice(MOST.clients))
      notInspected.push({ name, why: `it is one of more than ${MOST.clients}` });
    const clients = found.filter(({ role }) => CLIENTS.has(role));
    if (clients.length > 0) found.push(...(await belonging(clients, list, look, new Set(wanted.map(({ id }) => id)))));
  } finally {
    look.end();
  }
  const shown = found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return { containers: shown, notInspected, others: containers.length - found.length, onlyRunning, engine };
};

/** The databases and the monitoring that go with clients. */
const belonging = async (
  clients: readonly Deployed[],
  list: ContainerList,
  look: ReturnType<typeof inspections>,
  seen: ReadonlySet<string>,
): Promise<readonly Deployed[]> => {
  const projects = new Set(clients.flatMap(({ compose }) => compose?.project ?? []));
  const rest = { ...list, containers: list.containers.filter(({ id }) => !seen.has(id)) };
  const targets = new Set(databaseTargets(clients, rest));
  const beside = rest.containers.filter((one) => isDatabase(one.image) && projects.has(one.project));
  const databases = [...new Set([...targets, ...beside])].slice(0, MOST.databases);
  const monitoring = rest.containers.filter(({ image }) => isMonitoring(image)).slice(0, MOST.monitoring);
  const known = new Set([...databases, ...monitoring]);
  const maybe = targets.size > 0 ? [] : aliasCandidates(clients, rest).filter((one) => !known.has(one));
  const aliased = maybe.toSorted((one, other) => Number(isDatabase(other.image)) - Number(isDatabase(one.image)));
  const wanted = [...databases, ...monitoring, ...aliased.slice(0, MOST.aliases)];
  const looked = await look.all(wanted);
  return wanted.flatMap((one, at): readonly Deployed[] => {
    const found = looked[at]?.found;
    if (!found) return [];
    if (monitoring.includes(one)) return [{ ...found, role: 'monitoring', recognisedBy: ['image'] }];
    const named = targets.has(one) || hasAlias(clients, found);
    if (!databases.includes(one) && !named) return [];
    const signs = { image: isDatabase(one.image), labels: beside.includes(one), 'database of WA_DB_HOSTNAME': named };
    const recognisedBy = Object.entries(signs).flatMap(([sign, there]) => (there ? [sign] : []));
    return [{ ...found, role: 'database', recognisedBy }];
  });
};
