import { isIP } from 'node:net';

/** What a resolv.conf says, as far as it changes what a name comes to. */
export type Resolving = {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
};

const MOST_SERVERS = 3;
const MOST_NDOTS = 15;
const MOST_SEARCH = 32;

const fieldsOf = (line: string, comment: RegExp): readonly string[] => {
  const [said = ''] = line.split(comment);
  return said.split(/\s+/).filter(Boolean);
};

/** A resolv.conf as glibc reads it: three servers at most, the last "search" or "domain" counts, this machine where none is named. */
export const resolvingOf = (text: string): Resolving => {
  const lines = text.split('\n').map((line) => fieldsOf(line, /^[;#]/));
  const values = (...keys: readonly string[]) => lines.filter(([key]) => keys.includes(key ?? ''));
  const servers = values('nameserver').flatMap(([, server = '']) => (isIP(server) ? [server] : []));
  const [key, ...search] = values('search', 'domain').at(-1) ?? [];
  const dots = values('options').flatMap((options) =>
    options.flatMap((option) => /^ndots:(\d{1,4})$/.exec(option)?.[1] ?? []),
  );
  return {
    servers: servers.length > 0 ? servers.slice(0, MOST_SERVERS) : ['127.0.0.1'],
    search: (key === 'domain' ? search.slice(0, 1) : search).slice(0, MOST_SEARCH),
    ndots: Math.min(Number(dots.at(-1) ?? 1), MOST_NDOTS),
  };
};

/** The names that are asked for in turn: the name itself first where it has dots enough, and alone where it ends in one. */
export const candidatesOf = (host: string, { search, ndots }: Resolving): readonly string[] => {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const below = search.map((domain) => `${host}.${domain.replace(/\.$/, '')}`.replace(/\.$/, ''));
  const dots = host.split('.').length - 1;
  return [...new Set(dots >= ndots ? [host, ...below] : [...below, host])];
};

/** The addresses of a name in a hosts file, in its order. */
export const addressesOf = (host: string, hosts: string): readonly string[] => {
  const name = host.replace(/\.$/, '').toLowerCase();
  const found = hosts.split('\n').flatMap((line) => {
    const [address = '', ...names] = fieldsOf(line, /#/);
    return isIP(address) && names.some((each) => each.toLowerCase() === name) ? [address] : [];
  });
  return [...new Set(found)];
};
