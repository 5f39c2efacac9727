import type { ConnectionFailure } from '../../answers/connection.ts';
import type { ConnectFailure, DatabaseAnswers } from '../../answers/database.ts';
import type { Limits, Look, Reached } from '../../child/network/order.ts';
import type { Asking } from '../../host.ts';
import type { Login } from '../../login.ts';
import { clientContainer } from '../docker/client-container.ts';
import { explained } from '../network/enter.ts';
import { lookInside } from '../network/looks.ts';
import type { DatabaseAccess } from './access.ts';

/** With what finding the container and starting a child takes, this stays below the common deadline of a question, ms. */
const DEADLINE = 8000;
const LIMITS: Omit<Limits, 'whole'> = { name: 4000, step: 4000 };

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

/** The same in the words that failures of a database have. */
const failureOf = ({ kind, message, code, step }: ConnectionFailure): SeenFromClient['failed'] => ({
  step: step === 'dns' ? 'dns' : 'tcp',
  kind: DATABASE_KINDS[kind] ?? 'other',
  message,
  code,
});
const DATABASE_KINDS: Readonly<Partial<Record<ConnectionFailure['kind'], ConnectFailure['kind']>>> = {
  'no-such-host': 'no-such-host',
  'no-name-answer': 'no-answer',
  'no-answer': 'no-answer',
  refused: 'refused',
  unreachable: 'unreachable',
  closed: 'closed',
};

/** Why a login cannot be asked for from a container, null where it can. */
const unaskable = ({ socket }: Login): string | null => (socket ? 'the login names a socket of this host' : null);

/** The login's host and port from the network of the client container that runs. Rejects when cancelled, or without a login. */
export const seenFromClient = async (asking: Asking, access: DatabaseAccess): Promise<SeenFromClient> => {
  const login = await access.login(asking);
  const not = unaskable(login) ?? (await access.chain(asking)).noClient;
  if (not) return skipped(not);
  const since = performance.now();
  const client = await clientContainer(access.docker, asking.signal);
  if (typeof client === 'string') return skipped(client);
  const { name } = client;
  const { host, port } = login;
  const look: Look = { what: 'reach', host, ports: [`${port}/tcp`], authority: null };
  const whole = Math.max(DEADLINE - (performance.now() - since), 0);
  const asked = await lookInside(client, [look], { ...LIMITS, whole }, asking);
  if ('not' in asked) return skipped(asked.not, name);
  const { addresses, ports } = asked.seen[0] as Reached;
  const [{ address = null, steps = [], failed = null } = {}] = ports;
  return {
    skipped: null,
    container: name,
    addresses,
    address,
    steps: steps.flatMap(({ step, ms }) => (step === 'http' ? [] : [{ step, ms }])),
    failed: failed && failureOf(explained(failed, host, client)),
  };
};

/** The same name and port, asked from a client container's network. Rejects when cancelled, or without a login. */
export const clientNetwork = async (
  asking: Asking,
  access: DatabaseAccess,
): Promise<DatabaseAnswers['client-network']> => {
  const { address: _, ...answer } = await seenFromClient(asking, access);
  return answer;
};
