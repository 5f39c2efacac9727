import type { Json } from '../../../model.ts';
import type { Asking } from '../../host.ts';
import type { ApiAccess } from '../api/access.ts';
import type { DockerAccess } from '../docker/access.ts';

/** Answers one question about the network. */
export const askNetwork = async (
  topic: string,
  _args: readonly string[],
  _asking: Asking,
  _access: { readonly docker: DockerAccess; readonly api: ApiAccess },
): Promise<Json> => {
  throw new Error(`network "${topic}" is not built yet`);
};
