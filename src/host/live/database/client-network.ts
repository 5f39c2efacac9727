import type { DatabaseAnswers } from '../../answers/database.ts';
import type { Asking } from '../../host.ts';
import type { DatabaseAccess } from './access.ts';

/** The same name and port, asked from a client container's network. */
export const clientNetwork = async (
  _asking: Asking,
  _access: DatabaseAccess,
): Promise<DatabaseAnswers['client-network']> => ({
  skipped: 'it is not asked yet',
  container: null,
  addresses: [],
  steps: [],
  failed: null,
});
