import { fail, pass, unknown } from '../../check.ts';
import type { DatabaseAnswers } from '../../host/answers/database.ts';
import type { Finding } from '../../model.ts';
import { failureWords } from './connect.ts';

type Connect = Pick<DatabaseAnswers['connect'], 'target' | 'failed' | 'via'>;
type ClientNetwork = DatabaseAnswers['client-network'];

/** Whose network the second opinion is from. */
const FROM_CLIENT = "from Coreapp's network";

/** Whether a connection got to the server's port. */
const reaches = (failed: { readonly step: string } | null): boolean =>
  failed === null || (failed.step !== 'dns' && failed.step !== 'tcp');

/** Whether only the client's own network leads to the server: then nothing is wrong, and this host cannot judge it. */
export const onlyFromClient = (connect: Connect, network: ClientNetwork | null): boolean =>
  network !== null && network.skipped === null && reaches(network.failed) && !reaches(connect.failed);

/** The default bridge of Docker resolves no names: there the vendor's single-instance files cannot find "db". */
const REMEDIES: Readonly<Record<string, (container: string) => string>> = {
  dns: (container) =>
    `Put the database and ${container} into one network of their own in the compose file (Docker's default bridge resolves no names), or give an address in WA_DB_HOSTNAME.`,
  tcp: () =>
    "Open the database's port to the network of the client's containers, in firewalls and in its listen address.",
};

/** What the same name and port came to in the client's network, beside what they came to here. */
export const clientFindings = (connect: Connect, network: ClientNetwork | null): readonly Finding[] => {
  if (network === null || network.skipped !== null) return [];
  const container = network.container ?? 'the client';
  const { target, failed, via } = connect;
  const subject = FROM_CLIENT;
  if (network.failed && !reaches(network.failed))
    return [
      fail(
        `${target} cannot be reached from the network of ${container}, where ${failureWords(network.failed)}${reaches(failed) ? '; from this host it can' : ''}`,
        { subject, remedy: (REMEDIES[network.failed.step] ?? REMEDIES['tcp'])?.(container) ?? '' },
      ),
    ];
  if (onlyFromClient(connect, network))
    return [pass(`${target} is reached from the network of ${container}, and not from this host`, { subject })];
  const how =
    via === 'client-network' ? '; its name resolves there only, and this host took the address from there' : '';
  return [pass(`${target} is reached from the network of ${container} too${how}`, { subject })];
};

/** A server that only the client reaches is no fault, but nothing of it is known. */
export const unreachedHere = ({ target, failed }: Connect): Finding =>
  unknown(
    `${target} is reached from the client's network only; from this host ${failed ? failureWords(failed) : 'it is not'}, so the server could not be judged`,
    { remedy: "Run the tool where the database can be reached, or publish the database's port to this host." },
  );
