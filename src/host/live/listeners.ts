import type { SystemAnswers } from '../answers/system.ts';
import { kernelLine, kernelLink, kernelNames, kernelTable } from './kernel-files.ts';

type Listener = SystemAnswers['listeners']['listeners'][number];
type Owner = Pick<Listener, 'pid' | 'program'>;

const MOST = 4096;
const SEARCH_MS = 500;
const PAUSE_EVERY = 64;

/** An address of /proc/net/tcp: 32-bit words in the byte order of x86 (little-endian), in hex. */
const address = (hex: string): string => {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = Array.from({ length: 8 }, (_, at) => `${bytes[at * 2]}${bytes[at * 2 + 1]}`);
  const mapped = /^0{20}ffff(.{8})$/i.exec(groups.join(''))?.[1];
  if (mapped) return `::ffff:${(mapped.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).join('.')}`;
  const short = groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
  return short.replace(/(^|:)0(:0)+(:|$)/, '::');
};

const LISTENING = '0A';

/** Listening sockets in a table. The kernel writes them before all others, so the first MiB of the table holds them. */
const sockets = (table: string) =>
  table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [, hex = '', port = ''] = /^([0-9A-Fa-f]+):([0-9A-Fa-f]{4})$/.exec(local) ?? [];
    return state === LISTENING && hex ? [{ inode, port: Number.parseInt(port, 16), address: address(hex) }] : [];
  });

/** The inodes of the sockets that a process has open; none of them where it is not ours to look at. */
const socketsOf = (folder: string): readonly string[] => {
  const inodes: string[] = [];
  for (const descriptor of kernelNames(folder)) {
    const link = kernelLink(`${folder}/${descriptor}`);
    if (link === 'denied') break;
    const inode = /^socket:\[(\d+)\]$/.exec(link ?? '')?.[1];
    if (inode) inodes.push(inode);
  }
  return inodes;
};

/** Who holds the sockets, as far as we may see other processes; the search ends when all are found or time is up. */
const owners = async (root: string, inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, Owner>> => {
  const found = new Map<string, Owner>();
  const until = performance.now() + SEARCH_MS;
  const processes = kernelNames(`${root}/proc`).filter((name) => /^\d+$/.test(name));
  for (const [count, pid] of processes.entries()) {
    if (found.size === inodes.size || performance.now() > until) break;
    if (count % PAUSE_EVERY === PAUSE_EVERY - 1) await new Promise(setImmediate);
    for (const inode of socketsOf(`${root}/proc/${pid}/fd`))
      if (inodes.has(inode) && !found.has(inode))
        found.set(inode, { pid: Number(pid), program: kernelLine(`${root}/proc/${pid}/comm`) });
  }
  return found;
};

/** Listening TCP sockets by the files of /proc; null where there are none. `root` is for made-up trees. */
export const listenersOfFiles = async (root = ''): Promise<SystemAnswers['listeners'] | null> => {
  const [table, six] = await Promise.all([kernelTable(`${root}/proc/net/tcp`), kernelTable(`${root}/proc/net/tcp6`)]);
  if (table === null) return null;
  const open = [table, six ?? ''].flatMap(sockets).slice(0, MOST);
  const holders = await owners(root, new Set(open.map(({ inode }) => inode)));
  const listeners = open.map(({ inode, ...socket }) => ({
    ...socket,
    ...(holders.get(inode) ?? { pid: null, program: null }),
  }));
  return { listeners: listeners.sort((a, b) => a.port - b.port) };
};

/** TCP ports that something listens on here; without /proc (macOS, Windows) systeminformation asks netstat. */
export const listeners = async (): Promise<SystemAnswers['listeners']> => {
  const told = process.platform === 'linux' ? await listenersOfFiles() : null;
  if (told) return told;
  const { default: systeminformation } = await import('systeminformation');
  const connections = await systeminformation.networkConnections();
  const open = connections.filter(({ protocol, state }) => protocol.startsWith('tcp') && state === 'LISTEN');
  return {
    listeners: open.slice(0, MOST).map(({ localPort, localAddress, pid, process: program }) => ({
      port: Number(localPort),
      address: localAddress,
      pid: pid > 0 ? pid : null,
      program: program || null,
    })),
  };
};
