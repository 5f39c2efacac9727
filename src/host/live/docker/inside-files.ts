import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';

export const insideFiles = async (_asking: Asking, _docker: DockerAccess): Promise<DockerAnswers['inside-files']> => {
  throw new Error('docker "inside-files" is not built yet');
};
