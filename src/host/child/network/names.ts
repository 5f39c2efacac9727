import { lookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { codeOf } from '../../../error-code.ts';
import { textInside } from './foreign-root.ts';
import { resolvingOf } from './name-files.ts';
import type { Fault, From } from './order.ts';
import { resolve } from './resolve.ts';

/** How names are resolved in a network: addresses, or why not; and the name servers that are asked. */
export type Names = {
  readonly resolve: (host: string, withinMs: number) => Promise<readonly string[] | Fault>;
  readonly servers: readonly string[];
};

/** The C library's words for a name that is there for nobody; it has others for servers that do not answer. */
const NO_SUCH_NAME = new Set(['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA', 'EINVAL']);

const WORDS: Record<string, string> = {
  ENOTFOUND: 'there is no such name',
  EAI_AGAIN: 'the name servers gave no answer that can be used',
  EAI_FAIL: 'the name servers failed to look it up',
  EINVAL: 'this can be no name of a host',
};

const refusal = (host: string, error: Error): Fault => {
  const code = codeOf(error);
  const kind = NO_SUCH_NAME.has(code ?? '') ? 'no-such-host' : 'no-name-answer';
  return { kind, message: `"${host}": ${WORDS[code ?? ''] ?? error.message}`, code };
};

/** As every program of this host resolves a name. The C library cannot be stopped: what is late goes on until this process ends. */
const bySystem = (host: string, withinMs: number): Promise<readonly string[] | Fault> =>
  new Promise((settle) => {
    if (isIP(host)) return settle([host]);
    const late = `"${host}": no name server answered within ${(withinMs / 1000).toFixed(1)} s`;
    const timer = setTimeout(() => settle({ kind: 'no-name-answer', message: late, code: 'ETIMEOUT' }), withinMs);
    lookup(host, { all: true, order: 'verbatim' }, (error, all) => {
      clearTimeout(timer);
      settle(error ? refusal(host, error) : [...new Set(all.map(({ address }) => address))]);
    });
  });

const ownServers = (): readonly string[] => {
  try {
    return resolvingOf(readFileSync('/etc/resolv.conf', 'utf8')).servers;
  } catch {
    // No such file: the C library asks this machine.
    return resolvingOf('').servers;
  }
};

/** Names as this host has them, or as a container has them by its own files. */
export const namesFor = (from: From | null): Names => {
  if (!from) return { resolve: bySystem, servers: ownServers() };
  const root = `/proc/${from.pid}/root`;
  const files = { hosts: textInside(root, '/etc/hosts') ?? '', resolv: textInside(root, '/etc/resolv.conf') ?? '' };
  return {
    resolve: (host, withinMs) => resolve(host, files, withinMs),
    servers: resolvingOf(files.resolv).servers,
  };
};
