import type { Json } from '../../../model.ts';
import type { Asking } from '../../host.ts';
import type { ApiAccess } from './access.ts';

/** Answers one question about the API. */
export const askApi = async (topic: string, _asking: Asking, _api: ApiAccess): Promise<Json> => {
  throw new Error(`api "${topic}" is not built yet`);
};
