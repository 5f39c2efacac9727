import { NO_CLIENT } from '../../../facts/deployment/deployment.ts';
import type { DeployedContainer, Deployment } from '../../answers/deployment.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';
import type { Deployed } from './deployed.ts';
import { imageFacts } from './image-facts.ts';
import { tagOf } from './recognise.ts';
import { remoteMounts } from './remote-mounts.ts';
import { variableWords } from './variables.ts';

/** An answer that tells why there is nothing to tell. */
const without = (where: string, nothing: string, onlyRunning = false, others = 0): Deployment => ({
  from: 'nothing',
  where,
  nothing,
  onlyRunning,
  others,
  notInspected: [],
  containers: [],
});

type Told = {
  readonly facts: (container: Deployed) => DeployedContainer['imageFacts'];
  readonly remote: (mount: Deployed['mounts'][number]) => boolean;
  readonly variables: (env: Deployed['env']) => DeployedContainer['variables'];
};

const OWN: ReadonlySet<Deployed['role']> = new Set(['coreapp', 'master', 'webapp', 'upgrade']);

/** What may be told of a container: of its environment no secret, and of its volumes no option. */
const toldOf = (one: Deployed, { facts, remote, variables }: Told): DeployedContainer => ({
  id: one.id,
  name: one.name,
  role: one.role,
  recognisedBy: [...one.recognisedBy],
  image: one.image,
  tag: tagOf(one.image),
  imageFacts: OWN.has(one.role) ? facts(one) : null,
  state: one.state,
  networkMode: one.networkMode,
  networks: one.networks,
  links: one.links,
  extraHosts: one.extraHosts,
  variables: variables(one.env),
  ports: one.ports,
  mounts: one.mounts.map((mount) => ({
    type: mount.type,
    source: mount.name || mount.source,
    destination: mount.destination,
    driver: mount.driver,
    remote: remote(mount),
    writable: mount.writable,
  })),
  restartPolicy: one.restartPolicy,
  log: {
    driver: one.log.driver,
    maxSize: one.log.options['max-size'] ?? null,
    maxFile: one.log.options['max-file'] ?? null,
    path: one.logPath,
  },
  compose: one.compose,
  privileged: one.privileged,
});

const fromEngine = async (docker: DockerAccess, signal: AbortSignal): Promise<Deployment> => {
  const where = (await docker.look(signal)).answer.endpoint;
  try {
    const { way, engine } = await docker.reachable(signal);
    const { containers, notInspected, others, onlyRunning } = await docker.deployed(signal);
    const clients = containers.filter(({ role }) => OWN.has(role) && role !== 'upgrade');
    if (clients.length === 0) {
      const nothing = notInspected[0]?.why ?? NO_CLIENT;
      return without(where, nothing, onlyRunning, others + containers.length);
    }
    const [facts, remote] = await Promise.all([
      imageFacts(
        way,
        containers.filter(({ role }) => OWN.has(role)),
        signal,
      ),
      remoteMounts({ way, engine }, clients, signal),
    ]);
    const told = { facts, remote, variables: variableWords() };
    return {
      from: 'engine',
      where,
      nothing: null,
      onlyRunning,
      others,
      notInspected: [...notInspected],
      containers: containers.map((one) => toldOf(one, told)),
    };
  } catch (error) {
    signal.throwIfAborted();
    return without(where, error instanceof Error ? error.message : String(error));
  }
};

/** The deployment as the Engine knows it, or as a Compose file (an absolute path) describes it. */
export const deployment = async (
  { signal }: Asking,
  docker: DockerAccess,
  compose: string | null,
): Promise<Deployment> =>
  compose === null
    ? fromEngine(docker, signal)
    : (await import('./compose-deployment.ts')).composeDeployment(compose, signal);
