import type { Json } from '../../../model.ts';
import type { DatabaseAnswers } from '../../answers/database.ts';
import type { Asking } from '../../host.ts';
import type { DatabaseAccess } from './access.ts';
import { askDatabase, type DatabaseTopic } from './ask.ts';

type Connection = DatabaseAnswers['connect'];

/** A question to a database ends by then, ms; what was learnt before is kept. */
const DEADLINE = 9300;

// Our own child speaks, and the shape is checked by whoever asked.
const ask = async (asking: Asking, access: DatabaseAccess): Promise<Connection> =>
  (await askDatabase('connect', access, asking)) as Connection;

/** Asks once more, at the address that the name has in a client container's network; null where it has none there. */
const again = async (asking: Asking, access: DatabaseAccess): Promise<Connection | null> => {
  const { seenFromClient } = await import('./client-network.ts');
  const there = await seenFromClient(asking, access);
  const address = there.address ?? there.addresses[0];
  const dns = there.steps[0];
  if (!address || !dns) return null;
  access.address = address;
  const answer = await ask(asking, access).catch((error: unknown) => {
    access.address = null;
    throw error;
  });
  // An address that this host cannot reach, as of an overlay network, serves no other question either.
  if (!answer.steps.some(({ step }) => step === 'tcp')) access.address = null;
  const steps = [dns, ...answer.steps.filter(({ step }) => step !== 'dns')];
  return { ...answer, addresses: there.addresses, via: 'client-network', steps };
};

/**
 * The way there, walked once. A name that only a client container's network knows, as that of the vendor's own database
 * container, is resolved there; what came further is the answer.
 */
const walked = async (asking: Asking, access: DatabaseAccess): Promise<Connection> => {
  const since = performance.now();
  // Containers get other addresses when they start anew: what was found in an earlier run does not count.
  access.address = null;
  const first = await ask(asking, access);
  if (first.failed?.step !== 'dns') return first;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('late')), DEADLINE - (performance.now() - since));
  const signal = AbortSignal.any([asking.signal, late.signal]);
  try {
    return (await again({ ...asking, signal }, access)) ?? first;
  } catch {
    asking.signal.throwIfAborted();
    return first;
  } finally {
    clearTimeout(timer);
  }
};

/** One connection, step by step; whoever asks again in the same run is told the same. */
export const connect = (asking: Asking, access: DatabaseAccess): Promise<Connection> => {
  access.connection ??= walked(asking, access).catch((error: unknown) => {
    access.connection = null;
    throw error;
  });
  return access.connection;
};

/** Asks a database that was logged in to. A login that failed is not tried again: a server may lock the account after a few. */
export const askConnected = async (topic: DatabaseTopic, asking: Asking, access: DatabaseAccess): Promise<Json> => {
  const { failed } = await connect(asking, access);
  if (failed) throw new Error(`no connection to the database: ${failed.message}`);
  return askDatabase(topic, access, asking);
};
