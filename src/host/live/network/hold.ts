import type { Json } from '../../../model.ts';
import type { NetworkAnswers } from '../../answers/network.ts';
import type { HoldOrder } from '../../child/network/hold.ts';
import type { Asking } from '../../host.ts';
import { askChild } from '../child.ts';

/** What a name, a connection, and the child's own start may take beside the holding, ms. */
const AROUND = 12_000;
/** The longest that is held; the deadline of the question is beyond it (src/host/bounded.ts), s. */
const LONGEST = 900;

/** A connection from this host, held open without a word; tells how it goes. Rejects when cancelled. */
export const hold = async (
  [host = '', port = '', seconds = '']: readonly string[],
  asking: Asking,
): Promise<NetworkAnswers['hold']> => {
  const wantedMs = Math.min(Number(seconds), LONGEST) * 1000;
  if (!(wantedMs > 0) || !/^\d{1,5}$/.test(port)) throw new Error(`nobody can hold port "${port}" for "${seconds}" s`);
  const order: HoldOrder = { host, port: Number(port), wantedMs };
  const late = () => `the measuring process did not say how the connection to ${host}:${port} ended`;
  const told = await askChild(
    { ask: 'network-hold', about: order as unknown as Json },
    asking,
    wantedMs + AROUND,
    late,
  );
  return { skipped: null, ...(told as unknown as Omit<NetworkAnswers['hold'], 'skipped'>) };
};
