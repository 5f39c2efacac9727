import type { NetworkAnswers, Side } from '../../answers/network.ts';
import type { Look, Reached, Timed } from '../../child/network/order.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from '../docker/access.ts';
import { clientContainer } from '../docker/client-container.ts';
import type { ClientContainer } from '../docker/inspected.ts';
import { LIMITS, lookHere, lookInside } from './looks.ts';
import { together } from './together.ts';

/** With what finding the container took, an answer from its network stays below the common deadline of a question, ms. */
const DEADLINE = 9300;
const LEAST = 2000;

/** What one look came to, and from where it was taken. */
type Sighting = {
  readonly skipped: string | null;
  readonly container: string | null;
  /** Null where it was skipped. */
  readonly seen: Reached | Timed | null;
};

/** The way to the network within one run: looks that are asked for together are taken together, by one child for each side. */
export type NetworkAccess = {
  readonly look: (side: Side, look: Look, signal: AbortSignal) => Promise<Sighting>;
};

/** The Coreapp that runs here, or why there is none to enter, in a sentence; rejects only when cancelled. */
export const coreappHere = async (docker: DockerAccess, signal: AbortSignal): Promise<ClientContainer | string> => {
  const found = await clientContainer(docker, signal);
  return typeof found === 'string' || found.product === 'coreapp' ? found : 'no Coreapp runs here';
};

const fromHost = async (looks: readonly Look[], asking: Asking): Promise<readonly Sighting[]> =>
  (await lookHere(looks, LIMITS, asking)).map((seen) => ({ skipped: null, container: null, seen }));

const fromCoreapp =
  (docker: DockerAccess) =>
  async (looks: readonly Look[], asking: Asking): Promise<readonly Sighting[]> => {
    const since = performance.now();
    const coreapp = await coreappHere(docker, asking.signal);
    const skipped = (why: string, container: string | null) =>
      looks.map(() => ({ skipped: why, container, seen: null }));
    if (typeof coreapp === 'string') return skipped(coreapp, null);
    const left = DEADLINE - (performance.now() - since) - 1000;
    const limits = { ...LIMITS, whole: Math.max(Math.min(LIMITS.whole, left), LEAST) };
    const asked = await lookInside(coreapp, looks, limits, asking);
    if ('not' in asked) return skipped(asked.not, coreapp.name);
    return asked.seen.map((seen) => ({ skipped: null, container: coreapp.name, seen }));
  };

export const networkAccess = (docker: DockerAccess): NetworkAccess => {
  const ways = { host: () => together(fromHost), coreapp: () => together(fromCoreapp(docker)) };
  // What measures the time of names goes by itself: handshakes in the same process would be measured with it.
  const reach = { host: ways.host(), coreapp: ways.coreapp() };
  const dns = { host: ways.host(), coreapp: ways.coreapp() };
  return { look: (side, look, signal) => ({ reach, dns })[look.what][side](look, signal) };
};

/** The answer to `network "reach"`, and to `network "dns"`, where there is nothing to tell. */
export const NOT_REACHED: Omit<NetworkAnswers['reach'], 'skipped' | 'container'> = {
  addresses: [],
  dns: null,
  ports: [],
};
export const NOT_TIMED: Omit<NetworkAnswers['dns'], 'skipped' | 'container'> = {
  servers: [],
  times: [],
  failures: [],
  addresses: [],
};
