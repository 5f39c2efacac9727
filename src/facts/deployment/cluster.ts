import type { DeployedContainer } from '../../host/answers/deployment.ts';
import { isSet, variableOf } from './deployment.ts';

/** Whether a switch such as WA_APP_MULTICONNECT is on in a container. */
export const isOn = (container: DeployedContainer, name: string): boolean =>
  /^(1|true|yes|on)$/i.test(variableOf(container, name)?.trim() ?? '');

/** Whether they are of a cluster (high availability, multiconnect). */
export const isMulticonnect = (clients: readonly DeployedContainer[]): boolean =>
  clients.some((one) => one.role === 'master' || isOn(one, 'WA_APP_MULTICONNECT'));

/** What a member of a cluster names itself by. */
const hostnameVariable = ({ role }: Pick<DeployedContainer, 'role'>): string =>
  role === 'webapp' ? 'WEBAPP_HOSTNAME' : 'COREAPP_HOSTNAME';

const namesOf = ({ name, compose, networks }: DeployedContainer): readonly (string | undefined)[] => [
  name,
  compose?.service,
  ...networks.flatMap(({ aliases }) => aliases),
];

/** Whether a container's name in the cluster is one that Docker gives one of some, and so good within this host only. */
export const hasInnerName = (one: DeployedContainer, some: readonly DeployedContainer[] = [one]): boolean => {
  const name = variableOf(one, hostnameVariable(one));
  return name !== null && some.flatMap(namesOf).includes(name);
};

/** Whether a cluster goes beyond this host: its members are named as other hosts see them. */
export const isSpread = (clients: readonly DeployedContainer[]): boolean =>
  isMulticonnect(clients) && clients.some((one) => isSet(one, hostnameVariable(one)) && !hasInnerName(one, clients));
