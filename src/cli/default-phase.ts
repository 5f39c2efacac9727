import type { Evidence } from '../host/evidence.ts';
import type { DockerAccess } from '../host/live/docker/access.ts';
import type { Phase } from '../model.ts';
import type { CheckOptions } from './options.ts';

/** How long the Engine may take to tell whether the client is installed, ms: one that is well takes a tenth of it. */
const PATIENCE = 1000;

/** Whether the client's containers are on this host; no where the Engine does not tell in time. What it is asked goes on for others. */
const installed = async (docker: DockerAccess): Promise<boolean> => {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const { signal } = new AbortController();
  const timer = setTimeout(() => resolve(false), PATIENCE);
  // One that the list hints at only has to be looked into.
  const looked = async () => (await docker.clients(signal)).length > 0;
  const look = docker
    .containers(signal)
    .then(({ containers }) => containers.some(({ product }) => product !== null) || looked())
    .catch(() => false);
  const found = await Promise.race([look, late]);
  clearTimeout(timer);
  return found;
};

const recordedClient = (evidence: Evidence): boolean => {
  const [deployment, endpoint] = ['docker "deployment"', 'api "endpoint"'].map((key) => evidence[key]);
  const told = (entry: typeof deployment, field: string): boolean => {
    const value = entry && 'value' in entry ? entry.value : null;
    return typeof value === 'object' && value !== null && field in value && Reflect.get(value, field) !== null;
  };
  return (told(deployment, 'containers') && !told(deployment, 'nothing')) || told(endpoint, 'url');
};

/** The phase of a run that names none: before the install, and after it too where there is a client to look at. */
export const defaultPhase = async (
  { api, compose }: CheckOptions,
  docker: DockerAccess,
  recording: Evidence | null,
): Promise<Phase | 'all'> => {
  const client = recording
    ? recordedClient(recording)
    : api.url !== null || compose !== null || (await installed(docker));
  return client ? 'all' : 'before';
};
