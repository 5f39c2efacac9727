import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { codeOf } from '../../../error-code.ts';
import { addressesOf, candidatesOf, type Resolving, resolvingOf } from './name-files.ts';
import type { Fault } from './order.ts';

/** One try of one server, ms. */
const TRY = 1200;

/** No server answered at all: no other name will fare better. */
const SILENT = new Set(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED']);

/** Answers by which a name is there for nobody. */
const NO_SUCH_NAME = new Set(['ENOTFOUND', 'ENODATA']);

/** The texts of a container's /etc/hosts and /etc/resolv.conf. */
export type NameFiles = { readonly hosts: string; readonly resolv: string };

type Asked = { readonly addresses: readonly string[]; readonly code: string };

const ask = async (resolver: Resolver, name: string): Promise<Asked> => {
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = [four, six].flatMap((told) => (told.status === 'fulfilled' ? told.value : []));
  const code = four.status === 'rejected' ? (codeOf(four.reason) ?? 'ENOTFOUND') : 'ENODATA';
  return { addresses, code };
};

const unresolved = (host: string, code: string, { servers }: Resolving): Fault => {
  const who = servers.join(', ');
  if (code === 'ETIMEOUT' || code === 'ECANCELLED')
    return { kind: 'no-name-answer', message: `${who} did not answer for "${host}"`, code: 'ETIMEOUT' };
  if (code === 'ECONNREFUSED') return { kind: 'no-name-answer', message: `nothing answers for names at ${who}`, code };
  const words: Record<string, string> = {
    ENOTFOUND: 'there is no such name',
    ENODATA: 'that name has no address',
    ESERVFAIL: 'it failed to look it up',
    EREFUSED: 'it refuses to look it up',
  };
  const kind = NO_SUCH_NAME.has(code) ? 'no-such-host' : 'no-name-answer';
  return { kind, message: `${who} says of "${host}": ${words[code] ?? code}`, code };
};

/** The addresses that a name has for a program with these files: an address itself, the hosts file, the name servers. */
export const resolve = async (
  host: string,
  { hosts, resolv }: NameFiles,
  withinMs: number,
): Promise<readonly string[] | Fault> => {
  if (isIP(host)) return [host];
  const listed = addressesOf(host, hosts);
  if (listed.length > 0) return listed;
  const resolving = resolvingOf(resolv);
  const resolver = new Resolver({ timeout: TRY, tries: 2 });
  resolver.setServers(resolving.servers);
  const limit = setTimeout(() => resolver.cancel(), withinMs);
  try {
    const codes: string[] = [];
    for (const name of candidatesOf(host, resolving)) {
      const { addresses, code } = await ask(resolver, name);
      if (addresses.length > 0) return addresses;
      codes.push(code);
      if (SILENT.has(code)) break;
    }
    // A clear "no" for one of the names says more than a failure for another.
    const code = codes.at(-1) ?? 'ENOTFOUND';
    return unresolved(host, SILENT.has(code) ? code : (codes.find((each) => each === 'ENOTFOUND') ?? code), resolving);
  } finally {
    clearTimeout(limit);
  }
};
