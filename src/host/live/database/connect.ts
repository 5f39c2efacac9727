import type { Json } from '../../../model.ts';
import type { Asking } from '../../host.ts';
import type { DatabaseAccess } from './access.ts';
import { askDatabase } from './ask.ts';

/** One connection, step by step. */
export const connect = (asking: Asking, access: DatabaseAccess): Promise<Json> =>
  askDatabase('connect', access, asking);
