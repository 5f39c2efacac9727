import * as z from 'zod/mini';
import type { DockerAnswers } from '../../answers/docker.ts';
import { ask } from './ask.ts';
import { reachable } from './engine.ts';
import { containersFrom } from './facts.ts';
import { lenient } from './lenient.ts';
import { addressesIn, attachments } from './networks.ts';

type Container = DockerAnswers['containers']['containers'][number];

/** A running client container from within. `env` holds secrets: this is never an answer and never evidence. */
export type ClientContainer = {
  readonly name: string;
  readonly id: string;
  readonly product: 'coreapp' | 'webapp';
  /** Its first process as the Engine's machine numbers it, 0 where that is not told. */
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
  /** "bridge", "host", "none", "container:ID" or the name of a network. */
  readonly networkMode: string;
  /** Networks that it is attached to, with its addresses there. */
  readonly networks: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  /** The Engine that it runs on. */
  readonly engine: DockerAnswers['engine'];
};

const inspected = z.object({
  State: z.object({ Pid: z.catch(z.int(), 0) }),
  Config: z.object({ Env: lenient(z.array(z.string())) }),
  HostConfig: lenient(z.object({ NetworkMode: lenient(z.string()) })),
  NetworkSettings: lenient(z.object({ Networks: attachments })),
});

/** A value keeps what follows its first "="; an entry without one is a name that was taken out of the environment. */
const envOf = (entries: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    entries.flatMap((entry) => {
      const at = entry.indexOf('=');
      return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)]] : [];
    }),
  );

/** The Coreapp before the Webapp: it is the one that uses the database. By name, so that each run takes the same. */
const chosen = (all: readonly Container[]): (Container & { product: ClientContainer['product'] }) | null => {
  const running = all.filter(({ state }) => state === 'running').toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const pick = (product: ClientContainer['product']) => running.find((one) => one.product === product);
  const found = pick('coreapp') ?? pick('webapp');
  return found?.product ? { ...found, product: found.product } : null;
};

const look = async (signal: AbortSignal): Promise<ClientContainer | string> => {
  const { way, engine } = await reachable(signal);
  const container = chosen((await containersFrom(way, signal)).containers);
  if (!container) return 'no client container runs';
  const { name, id, product } = container;
  const body = await ask(way, `/containers/${encodeURIComponent(id)}/json`, inspected, signal);
  return {
    name: name || id.slice(0, 12),
    id,
    product,
    pid: body.State.Pid,
    env: envOf(body.Config.Env ?? []),
    networkMode: body.HostConfig?.NetworkMode ?? '',
    networks: Object.entries(body.NetworkSettings?.Networks ?? {}).map(([network, attached]) => ({
      name: network,
      addresses: addressesIn(attached),
    })),
    engine,
  };
};

/** The client container that runs, the Coreapp first, or why there is none to ask, in a sentence; rejects only when cancelled. */
export const clientContainer = async (signal: AbortSignal): Promise<ClientContainer | string> =>
  look(signal).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return error instanceof Error ? error.message : String(error);
  });
