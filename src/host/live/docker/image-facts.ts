import * as z from 'zod/mini';
import type { DeployedContainer } from '../../answers/deployment.ts';
import { askIfThere } from './ask.ts';
import type { Way } from './endpoint.ts';
import type { Inspected } from './inspected.ts';
import { lenient } from './lenient.ts';

type Facts = DeployedContainer['imageFacts'];

const text = lenient(z.string());
const body = z.object({
  Created: text,
  Architecture: text,
  Config: lenient(z.object({ Labels: lenient(z.record(z.string(), z.string())) })),
});

/** The day after which the vendor's build does not work, `YYYY-MM-DD`. */
const EXPIRES = 'EXPIRES_ON';
const LONGEST = 64;

/** More builds than a deployment has. */
const MOST = 8;
const PATIENCE = 2000;

const dayOf = (labels: Readonly<Record<string, string>> | null | undefined): string | null =>
  labels?.[EXPIRES]?.slice(0, LONGEST) ?? null;

const factsOf = async (way: Way, id: string, signal: AbortSignal): Promise<Facts> => {
  // An image that was deleted, or cannot be told, is none of the containers' faults.
  const found = await askIfThere(way, `/images/${encodeURIComponent(id)}/json`, body, signal, PATIENCE).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      return null;
    },
  );
  if (!found) return null;
  return {
    created: found.Created?.slice(0, LONGEST) || null,
    expiresOn: dayOf(found.Config?.Labels),
    architecture: found.Architecture?.slice(0, LONGEST) || null,
  };
};

/** What the Engine holds of the images of containers, each asked for once. A container keeps the labels of an image that is gone. */
export const imageFacts = async (
  way: Way,
  containers: readonly Inspected[],
  signal: AbortSignal,
): Promise<(container: Inspected) => Facts> => {
  const ids = [...new Set(containers.map(({ imageId }) => imageId))].filter(Boolean).slice(0, MOST);
  const facts = new Map(await Promise.all(ids.map(async (id) => [id, await factsOf(way, id, signal)] as const)));
  return ({ imageId, labels }) => {
    const expiresOn = dayOf(labels);
    const found = facts.get(imageId) ?? null;
    if (found) return { ...found, expiresOn: found.expiresOn ?? expiresOn };
    return expiresOn === null ? null : { created: null, expiresOn, architecture: null };
  };
};
