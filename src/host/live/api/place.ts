import { isIPv6 } from 'node:net';
import type { DockerAccess } from '../docker/access.ts';
import type { ClientContainer } from '../docker/inspected.ts';

/** Where the API is. */
export type Place = {
  /** https://host:port. */
  readonly url: string;
  /** Name or address to connect to, without brackets. */
  readonly host: string;
  readonly port: number;
  /** The names and addresses of which its certificate must hold one; the first that is a name is asked for. */
  readonly names: readonly string[];
  /** "--api-url", "a person", or "container NAME". */
  readonly from: string;
  /** Further Webapps that were not asked. */
  readonly others: readonly string[];
};

/** Why there is none. */
export type NoPlace = { readonly none: string; readonly others: readonly string[] };

const HTTPS = 443;
const GIVE = 'give it by --api-url';
const ALL_ADDRESSES: Readonly<Record<string, string>> = { '': '127.0.0.1', '0.0.0.0': '127.0.0.1', '::': '::1' };

const urlOf = (host: string, port: number): string => `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;

/** The place that a URL names. */
export const placeOf = (url: string, from: string): Place => {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const number = Number(port || HTTPS);
  return { url: urlOf(host, number), host, port: number, names: [host], from, others: [] };
};

/** The address and port of this host that reach port 443 of a container; null where none is published. */
const published = ({ ports, networkMode }: ClientContainer): { host: string; port: number } | null => {
  if (networkMode === 'host') return { host: '127.0.0.1', port: HTTPS };
  const bound = ports.filter(({ container, protocol, host }) => container === HTTPS && protocol === 'tcp' && host);
  // An Engine tells 0.0.0.0 and :: for one and the same; the older of the two is there wherever the other is.
  const [first] = bound.toSorted(
    (one, other) => Number(one.address.includes(':')) - Number(other.address.includes(':')),
  );
  return first?.host ? { host: ALL_ADDRESSES[first.address] ?? first.address, port: first.host } : null;
};

const inside = ({ networks }: ClientContainer): { host: string; port: number } | null => {
  const [address] = networks.flatMap(({ addresses }) => addresses);
  return address && process.platform === 'linux' ? { host: address, port: HTTPS } : null;
};

const LOOPBACK = /^(127\.|::1$)/;

/** Who goes to a Webapp by its published port means the name that it was given, or this very host. */
const namesOf = (host: string, { env }: ClientContainer): readonly string[] => {
  const [given] = /^[\w.-]+$/.exec(env['WA_WEB_SERVERNAME']?.trim() ?? '') ?? [];
  return [...(given ? [given] : []), ...(LOOPBACK.test(host) ? ['localhost'] : []), host];
};

const ofWebapps = (webapps: readonly ClientContainer[]): Place | NoPlace => {
  const [chosen, ...rest] = webapps.filter(({ running }) => running);
  const [stopped] = webapps;
  if (!stopped) return { none: `no Webapp container was found here: ${GIVE}`, others: [] };
  if (!chosen) return { none: `the Webapp container ${stopped.name} does not run`, others: [] };
  const others = rest.map(({ name }) => name);
  if (!chosen.engine.local)
    return { none: `the Webapp container ${chosen.name} runs on another machine: ${GIVE}`, others };
  const at = published(chosen) ?? inside(chosen);
  if (!at) return { none: `port ${HTTPS} of the Webapp container ${chosen.name} is not published: ${GIVE}`, others };
  return {
    url: urlOf(at.host, at.port),
    ...at,
    names: namesOf(at.host, chosen),
    from: `container ${chosen.name}`,
    others,
  };
};

/** Where the API is: as it was given, else the first Webapp that runs here, by name. Rejects only when cancelled. */
export const findPlace = async (
  given: { readonly url: string | null; readonly from: string },
  docker: Pick<DockerAccess, 'clients'> | null,
  signal: AbortSignal,
): Promise<Place | NoPlace> => {
  if (given.url !== null) return placeOf(given.url, given.from);
  if (!docker) return { none: `a Compose file is judged, which runs nothing: ${GIVE}`, others: [] };
  try {
    const clients = await docker.clients(signal);
    const byName = clients.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return ofWebapps(byName.filter(({ role }) => role === 'webapp'));
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return { none: `no Webapp container was looked for (${why}): ${GIVE}`, others: [] };
  }
};
