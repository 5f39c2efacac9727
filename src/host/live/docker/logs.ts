import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';

export const logs = async (_asking: Asking, _docker: DockerAccess): Promise<DockerAnswers['logs']> => {
  throw new Error('docker "logs" is not built yet');
};
