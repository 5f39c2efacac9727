import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';

/** The deployment as the Engine knows it, or as a Compose file (an absolute path) describes it. */
export const deployment = async (
  _asking: Asking,
  _docker: DockerAccess,
  _compose: string | null,
): Promise<DockerAnswers['deployment']> => {
  throw new Error('docker "deployment" is not built yet');
};
