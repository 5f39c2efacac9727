import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';

type Answer = DockerAnswers['files'];

/** More Compose files than a deployment has. */
const MOST = 8;

/** The Compose files that the client's containers say they were made from, where the Engine is on this host. */
const labelled = async (docker: DockerAccess, signal: AbortSignal): Promise<readonly string[]> => {
  const { containers, engine } = await docker.deployed(signal);
  if (!engine.local) return [];
  const files = containers.flatMap(({ compose }) => compose?.files ?? []).filter((file) => file.startsWith('/'));
  return [...new Set(files)].slice(0, MOST);
};

/**
 * The Compose files that the deployment was made from, or the one that was given, with the env files that they name: their modes,
 * and the names of the secrets in them. One that is not there is left out.
 */
export const files = async ({ signal }: Asking, docker: DockerAccess, compose: string | null): Promise<Answer> => {
  const paths = compose === null ? await labelled(docker, signal) : [compose];
  if (paths.length === 0) return { files: [] };
  const { composeFiles } = await import('../login/compose-secrets.ts');
  return { files: await composeFiles(paths, signal) };
};
