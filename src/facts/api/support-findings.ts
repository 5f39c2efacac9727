import { fail, warn } from '../../check.ts';
import type { Finding } from '../../model.ts';
import { apart, gigabytes, milliseconds } from '../../units.ts';
import type { HealthNode, SupportNode } from './nodes.ts';
import { blameOf, troubleWords } from './trouble.ts';
import { utcOf } from './utc.ts';

// What the support node tells of each node, but for how far a start has come (api.ready) and when its build ends (lifecycle.build).

const label = ({ name }: SupportNode): string => name ?? 'the client';

/** States of the socket that are part of a start, which api.ready judges. */
const STARTING = new Set(['SC', 'UP receiving offline']);

/** Whether this node is to be connected: one that health says is not, and a spare of a cluster, need no socket. */
const isToBeUp = (node: SupportNode, health: readonly HealthNode[]): boolean => {
  const state = health.find(({ name }) => name === node.name)?.status ?? null;
  if (state !== null) return state === 'connected';
  return node.name === null || node.shards.some((shard) => shard >= 0);
};

/** Sockets that are down although their node is said to be connected. */
export const socketFindings = (nodes: readonly SupportNode[], health: readonly HealthNode[]): readonly Finding[] =>
  nodes
    .filter(({ errors, socket }) => errors.length === 0 && socket !== null && socket !== 'UP' && !STARTING.has(socket))
    .filter((node) => isToBeUp(node, health))
    .map((node) =>
      fail(`The socket of ${label(node)} to the servers of WhatsApp is ${node.socket}; UP needed`, {
        subject: label(node),
        remedy: `Look into the log of ${label(node)} for the reason, and let it reach the servers of WhatsApp (network.chat).`,
      }),
    );

/** Nodes that support could not ask, where health could: what it said of them itself is not told twice. */
export const silentFindings = (nodes: readonly SupportNode[], health: readonly HealthNode[]): readonly Finding[] =>
  nodes.flatMap((node) => {
    const [error] = node.errors;
    if (!error || health.some(({ name, errors }) => name === node.name && errors.length > 0)) return [];
    const trouble = { ...error, status: null, byKey: false };
    const subject = label(node);
    return [warn(`${subject} answers ${troubleWords(trouble)}`, { subject, remedy: blameOf(trouble).remedy })];
  });

/** Network file systems call their free space all that a number can hold, near 2^63. */
const UNBOUNDED = 2 ** 60;

/** Places whose free space is not told, as on a network file system. */
export const untoldPlaces = (nodes: readonly SupportNode[]): readonly string[] => [
  ...new Set(
    nodes.flatMap(({ freeSpace }) => Object.keys(freeSpace).filter((place) => (freeSpace[place] ?? 0) >= UNBOUNDED)),
  ),
];

/** Free space by place that is short, places of the same file system (of one figure) together. */
export const spaceFindings = (
  nodes: readonly SupportNode[],
  { warnBelow, failBelow }: { readonly warnBelow: number; readonly failBelow: number },
): readonly Finding[] =>
  nodes.flatMap((node) => {
    const short = Object.entries(node.freeSpace).filter(([, free]) => free >= 0 && free < warnBelow);
    const places = Object.entries(Object.groupBy(short, ([, free]) => free));
    return places.map(([free, of]) => {
      const names = (of ?? []).map(([name]) => name).join(', ');
      const few = Number(free) < failBelow;
      const [is, least] = apart([Number(free), few ? failBelow : warnBelow], gigabytes, 'bytes');
      return (few ? fail : warn)(`${label(node)} has ${is} free for ${names}; at least ${least} needed`, {
        subject: node.name === null ? `free_space ${names}` : `${node.name} ${names}`,
        remedy: 'Remove old logs and media there, run the garbage collection of media, or give the volume more space.',
      });
    });
  });

const FAMILIES = ['axolotl', 'callback', 'cluster', 'config', 'contact', 'jobqueue', 'message'];

const told = (nodes: readonly SupportNode[]): readonly SupportNode[] =>
  nodes.filter(({ errors }) => errors.length === 0);

/** Families of the schema that a node lacks, and those whose versions differ from node to node. */
export const schemaFindings = (nodes: readonly SupportNode[]): readonly Finding[] => {
  const lacking = told(nodes).flatMap((node) => {
    const missing = FAMILIES.filter((family) => !Object.hasOwn(node.schema, family));
    return missing.length === 0
      ? []
      : [
          warn(`${label(node)} tells no schema version of ${missing.join(', ')}`, {
            subject: label(node),
            remedy: "Look for QSqlError in Coreapp's log of its start: these databases may not have been made.",
          }),
        ];
  });
  const versions = (family: string) => [
    ...new Set(told(nodes).flatMap(({ schema }) => (Object.hasOwn(schema, family) ? [schema[family]] : []))),
  ];
  const mixed = FAMILIES.filter((family) => versions(family).length > 1);
  if (mixed.length === 0) return lacking;
  const words = mixed.map((family) => `${family} ${versions(family).join(' and ')}`).join(', ');
  return [
    ...lacking,
    fail(`The nodes tell different schema versions: ${words}; one database has one`, {
      subject: 'schema',
      remedy: 'Give all nodes the same database and WA_DB_NAME_PREFIX, and restart those that are of an older version.',
    }),
  ];
};

/** Versions of the client that differ from node to node. */
export const versionFindings = (nodes: readonly SupportNode[]): readonly Finding[] => {
  const versions = Object.groupBy(
    told(nodes).filter(({ version }) => version !== null),
    ({ version }) => (version ?? '').replace(/^v/, ''),
  );
  if (Object.keys(versions).length <= 1) return [];
  const words = Object.entries(versions).map(([version, of]) => `${version} on ${(of ?? []).map(label).join(', ')}`);
  return [
    fail(`The nodes run different versions: ${words.join('; ')}; all must run one`, {
      subject: 'version',
      remedy: 'Set one WA_API_VERSION for all nodes, and make their containers anew.',
    }),
  ];
};

/** When a node was asked, by this host's clock, and how long that took, ms. */
export type Asked = { readonly askedAt: number | null; readonly ms: number };

/** How far a node's clock is from this host's, ms: nothing that the time of the answer itself explains. Null where it tells none. */
const skewOf = ({ clock }: SupportNode, { askedAt, ms }: Asked): number | null => {
  const at = clock !== null && /\d:\d\d/.test(clock) ? utcOf(clock) : null;
  if (at === null || askedAt === null) return null;
  if (at > askedAt + ms) return at - askedAt - ms;
  // Clocks of the client have no fractions of a second.
  return at + 1000 < askedAt ? at - askedAt : 0;
};

/** Clocks that are further off than Webapp and Coreapp accept of each other. */
export const clockFindings = (nodes: readonly SupportNode[], asked: Asked, most: number): readonly Finding[] =>
  told(nodes).flatMap((node) => {
    const skew = skewOf(node, asked);
    if (skew === null || Math.abs(skew) <= most) return [];
    const [off, limit] = apart([Math.abs(skew), most], milliseconds, 'ms');
    return [
      warn(
        `The clock of ${label(node)} is ${off} ${skew > 0 ? 'ahead of' : 'behind'} this host's; at most ${limit} allowed`,
        {
          subject: `clock of ${label(node)}`,
          remedy: 'Let this host and all hosts of the client follow one time server.',
        },
      ),
    ];
  });
