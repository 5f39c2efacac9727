import { fail, pass, unknown, warn } from '../../check.ts';
import type { Finding } from '../../model.ts';
import type { HealthNode } from './nodes.ts';
import { timeWords } from './starts.ts';
import { blameOf, troubleFinding, troubleWords } from './trouble.ts';

/** Ms since the start of the container, null where it is not known. */
type Since = number | null;

const after = (since: Since): string => (since === null ? '' : `, ${timeWords(since)} after its start`);

const STATES: Readonly<Record<string, (since: Since) => Finding>> = {
  connected: () => pass('The client is connected (gateway_status connected)'),
  connecting: (since) =>
    pass(`The client is connecting${after(since)}, which counts as good; how long it may take is judged by api.ready`),
  disconnected: (since) =>
    fail(`The client is disconnected${after(since)}; a single instance must be connected`, {
      remedy: "Look into Coreapp's log for the reason, and let it reach the servers of WhatsApp (network.chat).",
    }),
};

/** No number is registered: the client has nobody to connect as. */
export const UNREGISTERED = fail('No phone number is registered with the client (gateway_status unregistered)', {
  remedy:
    'Register the number, or move it to the Cloud API: since the end of the product the vendor refuses new registrations.',
});

/** The schema is being made, which takes minutes; beyond `most` ms since the start it fails. */
export const uninitializedFinding = (since: Since, most: number): Finding => {
  const is = `The database of the client is being created or upgraded (uninitialized)${after(since)}; it takes a few minutes`;
  if (since !== null && since > most)
    return fail(`${is}, at most ${timeWords(most)}`, {
      remedy: "Look for QSqlError in Coreapp's log: rights, disk or connection of the database.",
    });
  return warn(is, { remedy: 'Run the check again in some minutes.' });
};

/** Judges a single instance by what it says of itself. */
export const singleFinding = ({ status, errors: [error] }: HealthNode, since: Since): Finding => {
  if (error) {
    const trouble = { ...error, path: '/v1/health', status: null, byKey: false };
    const { blame, remedy } = blameOf(trouble);
    if (blame === 'starting') return troubleFinding(trouble);
    return fail(`The client answers ${troubleWords(trouble)}`, { remedy });
  }
  const known = status !== null && Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (known) return known(since);
  return unknown(
    status === null ? 'The client tells no state' : `The client calls its state "${status}", which is not known`,
    {
      remedy: "Look into Coreapp's log, and run the check again.",
    },
  );
};
