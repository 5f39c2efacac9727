import { skip, Unasked } from '../../check.ts';
import type { DeployedContainer, Deployment, Role } from '../../host/answers/deployment.ts';
import type { Host } from '../../host/host.ts';
import type { Finding } from '../../model.ts';

/** What `docker "deployment"` says where the Engine answered and none of its containers is the client's. */
export const NO_CLIENT = 'no container of the client was found';

const HOW = 'Run the tool on the host of the containers, or give their Compose file: --compose docker-compose.yml';

/** Said by the checks that want a deployment. */
const NOT_FOUND = skip('There is no deployment to look at: no container of the client was found.', { remedy: HOW });
const WITHOUT_ENGINE = skip('There is no deployment to look at: see docker.engine.', {
  subject: 'docker.engine',
  remedy: HOW,
});

/** Why there is nothing to judge, in words that fit the reason. */
const reasonOf = async (host: Host, nothing: string): Promise<Finding> => {
  if (nothing === NO_CLIENT) return NOT_FOUND;
  const { state } = await host.docker('engine');
  return state === 'reachable' ? skip(`The deployment could not be looked at: ${nothing}.`) : WITHOUT_ENGINE;
};

/** The deployment; without one there is nothing to judge, and the check is `skip`. */
export const deploymentOf = async (host: Host): Promise<Deployment> => {
  const deployment = await host.docker('deployment');
  if (deployment.nothing !== null) throw new Unasked(await reasonOf(host, deployment.nothing));
  return deployment;
};

type Containers = Pick<Deployment, 'containers'>;
type Client = DeployedContainer & { readonly role: Extract<Role, 'coreapp' | 'master' | 'webapp'> };

/** The client's own containers: Coreapps, masters and Webapps, running or not. */
export const clientsIn = ({ containers }: Containers): readonly Client[] =>
  containers.filter((one): one is Client => one.role === 'coreapp' || one.role === 'master' || one.role === 'webapp');

/** Those of a deployment that run; the services of a Compose file are taken to. */
export const runningOf = ({ containers }: Containers): readonly DeployedContainer[] =>
  containers.filter(({ state }) => state === null || state.status === 'running');

/** The value of a container's variable as far as it is told; null where it is not set, or secret. */
export const variableOf = ({ variables }: DeployedContainer, name: string): string | null =>
  variables.find((variable) => variable.name === name)?.value ?? null;

/** Whether a variable is set to anything, told or not. */
export const isSet = ({ variables }: DeployedContainer, name: string): boolean => {
  const variable = variables.find((one) => one.name === name);
  return variable !== undefined && variable.value !== '' && variable.secret?.length !== 0;
};
