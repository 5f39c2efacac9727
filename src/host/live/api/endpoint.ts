import type { ApiAnswers } from '../../answers/api.ts';
import type { TlsSession } from '../../answers/connection.ts';
import { failureIn } from './api-failure.ts';
import { dialled, type Limit, type Line, openLine, shaken, within } from './line.ts';
import type { Place } from './place.ts';
import type { ApiSession } from './session.ts';
import { faultOf, type Trust } from './trust.ts';

/** Whom a trusted certificate is trusted for: where the system's authorities alone would not do, it is that of `--api-ca`. */
const named = async (seen: Line, place: Place, trust: Trust, limit: Limit): Promise<TlsSession> => {
  const system = seen.session.trusted && !trust.pin ? trust.systemOnly() : null;
  if (!system) return seen.session;
  const { socket } = await dialled([seen.address], place.port, limit);
  const again = await shaken(socket, place, { secureContext: system }, limit);
  const fault = faultOf(again, place);
  again.destroy();
  return { ...seen.session, by: fault === null ? 'system' : '--api-ca', fault };
};

/** Where the API is and whom its certificate names; not a byte of HTTP is written. */
export const endpoint = async (session: ApiSession, signal: AbortSignal): Promise<ApiAnswers['endpoint']> => {
  const limit = within(signal);
  const place = await session.place(signal);
  const unseen = { address: null, steps: [], failed: null, tls: null };
  if ('none' in place) return { url: null, from: null, none: place.none, others: [...place.others], ...unseen };
  const { url, from } = place;
  const known = { url, from, none: null, others: [...place.others] };
  const trust = await session.trust(signal);
  try {
    const line = await openLine(place, trust, limit);
    line.socket.destroy();
    const { address, steps } = line;
    return { ...known, address, steps, failed: null, tls: await named(line, place, trust, limit) };
  } catch (error) {
    return { ...known, ...unseen, failed: failureIn(error) };
  }
};
