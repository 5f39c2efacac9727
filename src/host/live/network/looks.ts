import type { Json } from '../../../model.ts';
import type { Limits, Look, LookOrder, Reached, Timed } from '../../child/network/order.ts';
import type { Asking } from '../../host.ts';
import { askChild } from '../child.ts';
import { askInside, type Inside } from './enter.ts';

/**
 * A name may take as long as the C library gives its first server (5 s) before it asks the next; with the steps after it one look
 * ends well below the common deadline of a question, ms.
 */
export const LIMITS: Limits = { name: 5200, step: 2500, whole: 7500 };

/** What a child takes to start and to end, ms. */
const AROUND = 1200;

const LOOKS = 'network-looks';

type Seen = readonly (Reached | Timed)[];

const about = (order: LookOrder): Json => order as unknown as Json;

/** Looks from the network of this host. */
export const lookHere = async (looks: readonly Look[], limits: Limits, asking: Asking): Promise<Seen> => {
  const within = limits.whole + AROUND;
  const late = () => `the network gave no answer within ${(within / 1000).toFixed(1)} s`;
  const order: LookOrder = { from: null, looks, limits };
  return (await askChild({ ask: LOOKS, about: about(order) }, asking, within, late)) as unknown as Seen;
};

/** Looks from the network of a container, with its own names; a sentence where that cannot be. Rejects only when cancelled. */
export const lookInside = async (
  container: Inside,
  looks: readonly Look[],
  limits: Limits,
  asking: Asking,
): Promise<{ readonly seen: Seen } | { readonly not: string }> => {
  const { pid, id } = container;
  const order: LookOrder = { from: { pid, id }, looks, limits };
  const asked = await askInside(container, { ask: LOOKS, about: about(order) }, asking, limits.whole + AROUND);
  return 'not' in asked ? asked : { seen: asked.told as unknown as Seen };
};
