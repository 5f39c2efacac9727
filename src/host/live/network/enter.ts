import type { Json } from '../../../model.ts';
import type { ConnectionFailure } from '../../answers/connection.ts';
import { isOfContainer } from '../../child/network/process-of.ts';
import type { Asking } from '../../host.ts';
import { askChild, started } from '../child.ts';
import type { ClientContainer } from '../docker/inspected.ts';
import { find } from '../exec.ts';

/** A container whose network is to be entered. */
export type Inside = Pick<ClientContainer, 'name' | 'id' | 'pid' | 'running' | 'engine' | 'networkMode'>;

/** Why a container's network cannot be entered from here, in a sentence; the program that enters it where it can. */
const entrance = ({ name, engine, id, pid, running }: Inside): { readonly by: string } | { readonly not: string } => {
  if (!running) return { not: `${name} does not run` };
  if (process.platform !== 'linux') return { not: `the network of ${name} can only be entered on Linux` };
  if (!engine.local) return { not: `${name} runs on the Docker Engine of another machine` };
  if (process.getuid?.() !== 0) return { not: `entering the network of ${name} takes root` };
  if (!isOfContainer(pid, id)) return { not: `no process of this machine is seen to be that of ${name}` };
  const by = find('nsenter');
  return by ? { by } : { not: `there is no program "nsenter", which enters the network of ${name}` };
};

/** What a child said, or why it said nothing; `began`: it was asked, and may have done a part of it. */
type AskedInside = { readonly told: Json } | { readonly not: string; readonly began: boolean };

/** Asks a measuring child that stands in a container's network (docs/adr/0010). Rejects only when cancelled. */
export const askInside = async (
  container: Inside,
  question: { readonly ask: string; readonly about: Json },
  asking: Asking,
  withinMs: number,
): Promise<AskedInside> => {
  const way = entrance(container);
  if ('not' in way) return { not: way.not, began: false };
  const { name, pid } = container;
  const late = () => `the network of ${name} gave no answer within ${(withinMs / 1000).toFixed(1)} s`;
  asking.signal.throwIfAborted();
  const child = started(way.by, `--net=/proc/${pid}/ns/net`, '--');
  try {
    return { told: await askChild(question, asking, withinMs, late, child) };
  } catch (error) {
    asking.signal.throwIfAborted();
    return { not: error instanceof Error ? error.message : String(error), began: true };
  }
};

// Docker's default network knows no container by its name, however its name servers put that.
const DEFAULT_NETWORK = new Set(['bridge', 'default']);

/** A failure to resolve a container's name, with what Docker's default network has to do with it. */
export const explained = <T extends ConnectionFailure>(failed: T, host: string, { networkMode }: Inside): T => {
  if (failed.step !== 'dns' || host.includes('.') || !DEFAULT_NETWORK.has(networkMode)) return failed;
  const message = `${failed.message}; Docker's default network knows no container by its name`;
  return { ...failed, kind: 'no-such-host', message };
};
