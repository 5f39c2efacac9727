import type { DockerAccess } from '../docker/access.ts';
import { type Look, lookOf, nothingAt } from './place.ts';
import { draftOfValues, hasLogin, type Values } from './values.ts';

/** Longest time of asking the Engine for its containers and one of them, ms: it goes on beside the other places. */
const PATIENCE = 5000;
/** The same where a person waits to be asked for what was not found: an Engine that is well takes a tenth of it. */
const PATIENCE_OF_PERSON = 1500;

/** The environment of a client container that runs, or why there is none to tell. It holds secrets. */
export type Client =
  | { readonly container: string; readonly environment: Values }
  | {
      readonly none: string;
      /** The Engine might have answered, had it been waited for. */
      readonly cutShort: boolean;
    };

/** A check of its own tells which Engine it was, and why it gave no answer. */
const briefly = (why: string): string =>
  why.replace(/^(the Docker Engine) at .*? (gave no answer \([\w-]+\)):.*$/s, '$1 $2');

/** Looks into the environment of a running client container; rejects only when cancelled. */
export const clientIn = async (docker: DockerAccess, signal: AbortSignal, personWaits: boolean): Promise<Client> => {
  const { clientContainer } = await import('../docker/client-container.ts');
  const patience = personWaits ? PATIENCE_OF_PERSON : PATIENCE;
  const late = AbortSignal.timeout(patience);
  try {
    const found = await clientContainer(docker, AbortSignal.any([signal, late]));
    return typeof found === 'string'
      ? { none: briefly(found), cutShort: false }
      : { container: found.name, environment: found.env };
  } catch (error) {
    if (signal.aborted || !late.aborted) throw error;
    return { none: `the Docker Engine did not answer within ${patience / 1000} s`, cutShort: personWaits };
  }
};

/** The place that a client's environment is told as. */
export const placeOf = (client: Client): string =>
  'none' in client ? 'a running client container' : `container ${client.container}`;

/** The login that a running client uses. */
export const fromClient = (client: Client): Look => {
  const place = placeOf(client);
  if ('none' in client) return nothingAt(place, 'not-found', client.none);
  if (!hasLogin(client.environment)) return nothingAt(place, 'not-found', 'its environment has no WA_DB_* variables');
  return lookOf(place, draftOfValues(client.environment), [], { values: client.environment });
};
