import type { Deployment } from '../../host/answers/deployment.ts';
import { isMulticonnect } from './cluster.ts';
import { clientsIn } from './deployment.ts';

/** How a deployment is laid out: one Coreapp for a number, or several with masters (high availability, multiconnect). */
export type Topology = 'single' | 'multiconnect';

/** The layout by the containers alone: a master, or WA_APP_MULTICONNECT, makes it multiconnect. */
export const topologyOf = (deployment: Pick<Deployment, 'containers'>): Topology =>
  isMulticonnect(clientsIn(deployment)) ? 'multiconnect' : 'single';
