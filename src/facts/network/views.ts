import type { NetworkAnswers, Side } from '../../host/answers/network.ts';
import type { Host } from '../../host/host.ts';

type Answer = { readonly skipped: string | null; readonly container: string | null };

/** What was seen from one side; null where nothing was, and `why`. */
type View<T> = { readonly seen: T | null; readonly container: string | null; readonly why: string | null };

/** The same looked at from this host and from Coreapp's network. At least one of them saw something. */
export type Views<T> = Readonly<Record<Side, View<T>>>;

export type ReachView = Views<NetworkAnswers['reach']>;
export type Reach = NetworkAnswers['reach'];

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const view = async <T extends Answer>(ask: () => Promise<T>): Promise<{ view: View<T>; error: unknown }> => {
  try {
    const answer = await ask();
    const { skipped, container } = answer;
    return { view: { seen: skipped === null ? answer : null, container, why: skipped }, error: null };
  } catch (error) {
    return { view: { seen: null, container: null, why: wordsOf(error) }, error };
  }
};

/**
 * Looks from both sides. One that cannot be looked from is told and no more: Coreapp's network is one that few may enter. Throws
 * where nothing was seen from either.
 */
export const fromBoth = async <T extends Answer>(look: (side: Side) => Promise<T>): Promise<Views<T>> => {
  const [host, coreapp] = await Promise.all([view(() => look('host')), view(() => look('coreapp'))]);
  if (!host.view.seen && !coreapp.view.seen) throw host.error ?? new Error(host.view.why ?? 'nothing was looked at');
  return { host: host.view, coreapp: coreapp.view };
};

/** One host and its ports from both sides. */
export const reachFromBoth = (host: Host, name: string, ports: readonly string[]): Promise<ReachView> =>
  fromBoth((side) => host.network('reach', side, name, ...ports));

/** The side that decides, as the client goes out from there: Coreapp's network where it was looked from, else this host. */
export const deciding = <T>({ coreapp }: Views<T>): Side => (coreapp.seen ? 'coreapp' : 'host');

/** Where a side is, in words. */
export const sideWords = <T>(views: Views<T>, side: Side): string =>
  side === 'host' ? 'from this host' : `from the network of ${views.coreapp.container ?? 'the Coreapp'}`;

/** What is to be added where Coreapp's network was to be looked from and was not. */
export const unlooked = <T>({ coreapp }: Views<T>): string =>
  coreapp.seen === null && coreapp.container !== null
    ? ` (not tried from the network of ${coreapp.container}: ${coreapp.why})`
    : '';
