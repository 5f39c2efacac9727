import type { ConnectFailure } from '../../answers/database.ts';

const KINDS: Record<string, ConnectFailure['kind']> = {
  ENOTFOUND: 'no-such-host',
  EAI_AGAIN: 'no-such-host',
  EAI_FAIL: 'no-such-host',
  EAI_NODATA: 'no-such-host',
  EAI_NONAME: 'no-such-host',
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'no-answer',
  ECONNRESET: 'closed',
  ECONNABORTED: 'closed',
  EPIPE: 'closed',
};

/** The kind of a system error by its code; null where it is none of the known. */
export const systemKind = (code: string | null): ConnectFailure['kind'] | null => (code && KINDS[code]) || null;
