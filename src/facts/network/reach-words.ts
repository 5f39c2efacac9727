import type { ConnectionFailure } from '../../host/answers/connection.ts';
import type { Side } from '../../host/answers/network.ts';
import { connectionWords } from '../api/connection.ts';
import type { Reach } from './views.ts';

type Port = Reach['ports'][number];

/** "443" of "443/tls". */
export const numberOf = ({ port }: Pick<Port, 'port'>): string => port.split('/')[0] ?? port;

/** Ports that took what was tried, and why the others did not, each with its own words. */
export const isOpen = ({ failed }: Port): boolean => failed === null;

/** Why one port of a host was not reached, in words. */
export const failureOf = ({ failed }: Port): string => (failed ? connectionWords(failed) : 'it was reached');

/** Failures of a host's ports, told once where they are the same. */
export const failuresOf = (ports: readonly Port[]): string => {
  const words = [...new Set(ports.map(failureOf))];
  if (words.length === 1) return words[0] ?? '';
  return ports.map((port) => `${numberOf(port)}: ${failureOf(port)}`).join('; ');
};

/** Codes by which a name is there for nobody, as the C library and name servers say it. */
const NO_SUCH_NAME = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA']);

/** Whether the name servers say that there is no such name, and not only nothing. */
export const isUnknownName = ({ ports }: Pick<Reach, 'ports'>): boolean =>
  ports.length > 0 &&
  ports.every(
    ({ failed }) => failed?.step === 'dns' && failed.kind === 'no-such-host' && NO_SUCH_NAME.has(failed.code ?? ''),
  );

const OPEN_DNS: Readonly<Record<Side, (host: string) => string>> = {
  host: (host) => `Let the name servers of this host resolve ${host}.`,
  coreapp: (host) =>
    `Give containers name servers that resolve ${host}: "dns" in /etc/docker/daemon.json, or in the service of the Compose file.`,
};

/** The first step that opens the way to a host of the vendor, from one side. */
export const openingRemedy = (failed: ConnectionFailure, side: Side, host: string, ports: string): string => {
  if (failed.step === 'dns') return OPEN_DNS[side](host);
  if (failed.step === 'tls')
    return `Let connections to ${host} on ${ports} through as they are: what stands in between breaks them.`;
  const through = side === 'coreapp' ? " (forwarding for Docker's networks too)" : '';
  return `Open outgoing TCP ${ports} to ${host} in every firewall and security group${through}, by its name or for all addresses: they change.`;
};
