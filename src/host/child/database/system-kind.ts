import type { ConnectFailure } from '../../answers/database.ts';
import { CONNECTION_KINDS } from '../network/connection-kinds.ts';

const KINDS: Record<string, ConnectFailure['kind']> = {
  ...CONNECTION_KINDS,
  ENOTFOUND: 'no-such-host',
  EAI_AGAIN: 'no-such-host',
  EAI_FAIL: 'no-such-host',
  EAI_NODATA: 'no-such-host',
  EAI_NONAME: 'no-such-host',
  ENOENT: 'refused',
};

/** The kind of a system error by its code; null where it is none of the known. */
export const systemKind = (code: string | null): ConnectFailure['kind'] | null => (code && KINDS[code]) || null;
