import type { DatabaseAnswers } from '../../answers/database.ts';
import type { FromNetwork, NetworkOrder } from '../../child/network/order.ts';
import { isOfContainer } from '../../child/network/process-of.ts';
import type { Asking } from '../../host.ts';
import type { Login } from '../../login.ts';
import { askChild, started } from '../child.ts';
import { type ClientContainer, clientContainer } from '../docker/inspect.ts';
import { find } from '../exec.ts';
import type { DatabaseAccess } from './access.ts';

/** With what finding the container takes, this stays below the common deadline of a question, ms. */
const DEADLINE = 9300;

/** The answer, and the address that took the connection, where one did. */
export type SeenFromClient = DatabaseAnswers['client-network'] & { readonly address: string | null };

const skipped = (why: string, container: string | null = null): SeenFromClient => ({
  skipped: why,
  container,
  addresses: [],
  address: null,
  steps: [],
  failed: null,
});

/** Why a container's network cannot be entered from here, in a sentence; the program that enters it where it can. */
const entrance = ({ name, engine, id, pid }: ClientContainer): { readonly by: string } | { readonly not: string } => {
  if (process.platform !== 'linux') return { not: `the network of ${name} can only be entered on Linux` };
  if (!engine.local) return { not: `${name} runs on the Docker Engine of another machine` };
  if (process.getuid?.() !== 0) return { not: `entering the network of ${name} takes root` };
  if (!isOfContainer(pid, id)) return { not: `no process of this machine is seen to be that of ${name}` };
  const by = find('nsenter');
  return by ? { by } : { not: `there is no program "nsenter", which enters the network of ${name}` };
};

// Docker's default network knows no container by its name, however its name servers put that.
const DEFAULT_NETWORK = new Set(['bridge', 'default']);
const explained = (told: FromNetwork, host: string, { networkMode }: ClientContainer): FromNetwork => {
  const { failed } = told;
  if (failed?.step !== 'dns' || host.includes('.') || !DEFAULT_NETWORK.has(networkMode)) return told;
  const message = `${failed.message}; Docker's default network knows no container by its name`;
  return { ...told, failed: { ...failed, kind: 'no-such-host', message } };
};

/** Why a login cannot be asked for from a container, null where it can. */
const unaskable = ({ socket }: Login): string | null => (socket ? 'the login names a socket of this host' : null);

/** The login's host and port from the network of the client container that runs. Rejects when cancelled, or without a login. */
export const seenFromClient = async (asking: Asking, access: DatabaseAccess): Promise<SeenFromClient> => {
  const login = await access.login(asking);
  const not = unaskable(login) ?? (await access.chain(asking)).noClient;
  if (not) return skipped(not);
  const since = performance.now();
  const client = await clientContainer(asking.signal);
  if (typeof client === 'string') return skipped(client);
  const { name, id, pid } = client;
  const way = entrance(client);
  if ('not' in way) return skipped(way.not, name);
  const { host, port } = login;
  const order: NetworkOrder = { pid, id, host, port };
  const left = Math.max(DEADLINE - (performance.now() - since), 0);
  const late = () => `the network of ${name} gave no answer within ${(left / 1000).toFixed(1)} s`;
  asking.signal.throwIfAborted();
  const child = started(way.by, `--net=/proc/${pid}/ns/net`, '--');
  try {
    const told = await askChild({ ask: 'from-container', about: order }, asking, left, late, child);
    return { skipped: null, container: name, ...explained(told as FromNetwork, host, client) };
  } catch (error) {
    asking.signal.throwIfAborted();
    return skipped(error instanceof Error ? error.message : String(error), name);
  }
};

/** The same name and port, asked from a client container's network. Rejects when cancelled, or without a login. */
export const clientNetwork = async (
  asking: Asking,
  access: DatabaseAccess,
): Promise<DatabaseAnswers['client-network']> => {
  const { address: _, ...answer } = await seenFromClient(asking, access);
  return answer;
};
