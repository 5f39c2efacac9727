import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';

export const files = async (_asking: Asking, _docker: DockerAccess): Promise<DockerAnswers['files']> => {
  throw new Error('docker "files" is not built yet');
};
