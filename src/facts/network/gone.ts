import type { Side } from '../../host/answers/network.ts';
import type { Host } from '../../host/host.ts';
import { isUnknownName } from './reach-words.ts';
import type { ReachView } from './views.ts';

/** What speaks for it that a host of the vendor was taken away, and not that names do not resolve here. */
export type Gone = {
  /** Another host of the vendor that resolves from where this one does not; null where none does. */
  readonly witness: string | null;
  readonly epochMs: number;
};

const unknownEverywhere = (views: ReachView): boolean => {
  const seen = [views.host.seen, views.coreapp.seen].filter((one) => one !== null);
  return seen.every(isUnknownName);
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a day, "2025-10-23", is over. */
export const isOver = (day: string, epochMs: number): boolean =>
  DAY.test(day) && epochMs >= Date.parse(day) + 86_400_000;

/** Looks for what speaks for it, where no side knows the name; null where one does. */
export const goneOf = async (host: Host, views: ReachView, others: readonly string[]): Promise<Gone | null> => {
  if (!unknownEverywhere(views)) return null;
  const side: Side = views.host.seen ? 'host' : 'coreapp';
  const { epochMs } = await host.system('now');
  for (const other of others) {
    const seen = await host.network('reach', side, other, '443/tls').catch(() => null);
    if (seen && seen.addresses.length > 0) return { witness: other, epochMs };
  }
  return { witness: null, epochMs };
};

/** Whether it is to be told as an observation: the product ended, and other names resolve. */
export const isGone = (gone: Gone | null, endedOn: string): gone is Gone & { readonly witness: string } =>
  gone !== null && gone.witness !== null && isOver(endedOn, gone.epochMs);
