import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';

export const crashLogs = async (_asking: Asking, _docker: DockerAccess): Promise<DockerAnswers['crash-logs']> => {
  throw new Error('docker "crash-logs" is not built yet');
};
