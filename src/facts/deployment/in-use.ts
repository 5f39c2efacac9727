import { skip, Unasked } from '../../check.ts';
import type { DeployedContainer, Deployment } from '../../host/answers/deployment.ts';
import { clientsIn, variableOf } from './deployment.ts';

/** Docker's words for a container that is there to work; a paused one holds its ports, a restarting one is tried again. */
const UP = new Set(['running', 'paused', 'restarting']);

/** Whether a container works or is to work; one of a Compose file is taken to. */
export const isUp = ({ state }: DeployedContainer): boolean => state === null || UP.has(state.status);

/** Whether a container has its network now: the name of one that restarts again and again comes and goes. */
export const isThere = ({ state }: DeployedContainer): boolean =>
  state === null || state.status === 'running' || state.status === 'paused';

/** Containers of one place follow each other: of one Compose service, else of one role, name in the cluster and database. */
const placeOf = (container: DeployedContainer): string => {
  const { compose, role } = container;
  const named = ['COREAPP_HOSTNAME', 'WEBAPP_HOSTNAME', 'WA_DB_HOSTNAME', 'WA_DB_NAME_PREFIX'];
  return JSON.stringify(
    compose ? [compose.project, compose.service] : [role, ...named.map((name) => variableOf(container, name))],
  );
};

const projectOf = ({ compose }: DeployedContainer): string => compose?.project ?? '';

const lastSeen = ({ state }: DeployedContainer): string => state?.finishedAt ?? state?.startedAt ?? '';

/** Whether another container stands in for one that does not run: it is left over from before. */
const isReplaced = (container: DeployedContainer, all: readonly DeployedContainer[]): boolean => {
  if (isUp(container)) return false;
  const place = placeOf(container);
  const others = all.filter((one) => one !== container && placeOf(one) === place);
  if (others.some(isUp)) return true;
  const project = projectOf(container);
  const works = all.some((one) => projectOf(one) === project && one.role !== 'upgrade' && isUp(one));
  if (!works && all.some((one) => one.role === container.role && isUp(one))) return true;
  return others.some((one) => lastSeen(one) > lastSeen(container));
};

/** The containers that make the deployment, and those that an earlier start or version of it left behind, stopped. */
export const inUse = ({ containers }: Pick<Deployment, 'containers'>) => {
  const leftOver = containers.filter((one) => isReplaced(one, containers));
  return { containers: containers.filter((one) => !leftOver.includes(one)), leftOver };
};

/** The client's containers that make the deployment: Coreapps, masters and Webapps. */
export const clientsInUse = (deployment: Deployment): readonly DeployedContainer[] =>
  clientsIn({ ...deployment, containers: inUse(deployment).containers });

/** The same, and an upgrade that is under way or described by a file: one that has ended is no fault of today's. */
export const configured = (deployment: Deployment): readonly DeployedContainer[] => {
  const clients = clientsInUse(deployment);
  const upgrades = deployment.containers.filter((one) => one.role === 'upgrade' && isUp(one));
  return needsClients([...clients, ...upgrades], deployment);
};

/**
 * Clients by deployment: each Compose project apart where each is whole, all together otherwise (a project on each side, or
 * containers that were started by hand).
 */
export const byDeployment = <Client extends Pick<DeployedContainer, 'role' | 'compose'>>(
  clients: readonly Client[],
): readonly (readonly Client[])[] => {
  const projects = Object.values(Object.groupBy(clients, ({ compose }) => compose?.project ?? '')).map(
    (group = []) => group,
  );
  const isWhole = (group: readonly Client[]) =>
    group.some(({ role }) => role === 'webapp') && group.some(({ role }) => role === 'coreapp');
  return projects.length > 1 && projects.every(isWhole) ? projects : clients.length > 0 ? [clients] : [];
};

/** What only containers that run can tell is not judged from a Compose file. */
export const needsContainers = ({ from, where }: Deployment): void => {
  if (from !== 'compose-file') return;
  throw new Unasked(
    skip(`Judged from a file (${where}): this can only be seen on containers that run.`, {
      remedy: 'Run the tool without --compose where the containers run.',
    }),
  );
};

/** Without a Coreapp, master or Webapp (an upgrade's file, say) there is nothing to judge. */
export const needsClients = <Client>(clients: readonly Client[], { where }: Deployment): readonly Client[] => {
  if (clients.length === 0) throw new Unasked(skip(`${where} has no Coreapp and no Webapp in use.`));
  return clients;
};
