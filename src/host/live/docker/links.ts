import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';

export const links = async (_asking: Asking, _docker: DockerAccess): Promise<DockerAnswers['links']> => {
  throw new Error('docker "links" is not built yet');
};
