import { fail, pass, unknown, warn } from '../../check.ts';
import type { Finding } from '../../model.ts';
import type { HealthNode, SupportNode } from './nodes.ts';
import { isSilent, label, labels, ofNobody, ofSilent } from './silent-nodes.ts';
import { type Layout, unownedShards } from './topology.ts';

type Cluster = {
  readonly nodes: readonly HealthNode[];
  readonly supported: readonly SupportNode[];
  readonly layout: Layout;
};

const NAMES = { 'high-availability': 'High availability', multiconnect: 'Multiconnect', single: 'Single instance' };

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const sorted = (nodes: readonly HealthNode[]) => {
  const told = nodes.filter((node) => !isSilent(node));
  const coreapps = told.filter(({ role }) => role === 'coreapp');
  return {
    silent: nodes.filter(isSilent),
    coreapps,
    connected: coreapps.filter(({ status }) => status === 'connected'),
    connecting: coreapps.filter(({ status }) => status === 'connecting'),
    primaries: told.filter(({ role }) => role === 'primary_master'),
  };
};

const tooMany = ({ layout }: Cluster, connected: readonly HealthNode[], wanted: number): Finding =>
  fail(
    `${NAMES[layout.topology]}: ${plural(connected.length, 'Coreapp')} (${labels(connected)}) say connected; exactly ${wanted} must be, ${wanted === 1 ? 'or the number may be banned' : 'one for each shard'}`,
    {
      remedy:
        'Stop the Coreapp that should not own the number, and let all nodes use one database and one set of masters.',
    },
  );

const tooFew = ({ supported, layout }: Cluster, connected: readonly HealthNode[], wanted: number): Finding => {
  const unowned = unownedShards(supported, layout.shards);
  const which = unowned.length > 0 ? `; nobody owns shard ${unowned.join(', ')}` : '';
  const is =
    layout.topology === 'multiconnect' ? `${connected.length} of ${plural(wanted, 'shard')} have` : 'No node is';
  const rest = layout.topology === 'multiconnect' ? ' a connected Coreapp' : ' the connected Coreapp';
  return fail(`${NAMES[layout.topology]}: ${is}${rest}; exactly ${wanted} needed${which}`, {
    remedy: 'Start or mend the Coreapps that do not answer, and add one where none is spare.',
  });
};

const ofPrimary = ({ layout }: Cluster, primaries: readonly HealthNode[]): readonly Finding[] => {
  const many = layout.topology === 'multiconnect';
  if (primaries.length > 1)
    return [
      fail(
        `${primaries.length} nodes say that they are the primary master (${labels(primaries)}); exactly one may be`,
        {
          remedy: 'Let all masters use one database and reach each other, then restart the one that should not lead.',
        },
      ),
    ];
  const [primary] = primaries;
  if (!primary)
    return [
      (many ? fail : warn)(
        `No node is the primary master${many ? '; multiconnect needs one that is connected' : '; without one no other Coreapp takes over'}`,
        { remedy: 'Start a master, and let it reach the database.' },
      ),
    ];
  if (!many || primary.status === 'connected' || primary.status === 'connecting') return [];
  return [
    fail(`The primary master ${label(primary)} is ${primary.status}; multiconnect needs it connected`, {
      subject: label(primary),
      remedy: `Look into the log of ${label(primary)}, and restart it.`,
    }),
  ];
};

/** Judges the nodes of a cluster by their number in each state; time in a start is not judged here. */
export const clusterFindings = (cluster: Cluster): readonly Finding[] => {
  const { nodes, layout } = cluster;
  const { silent, coreapps, connected, connecting, primaries } = sorted(nodes);
  if (silent.length === nodes.length) return ofNobody(nodes);
  const wanted = layout.shards ?? (layout.topology === 'multiconnect' ? null : 1);
  // Shards come in powers of two: three connected Coreapps leave one of four unowned, whatever their number is.
  const least = wanted ?? Math.max(2, 2 ** Math.ceil(Math.log2(Math.max(1, connected.length + connecting.length))));
  const primary = ofPrimary(cluster, primaries);
  const few = connected.length + connecting.length < least;
  const counted = [
    ...(wanted !== null && connected.length > wanted ? [tooMany(cluster, connected, wanted)] : []),
    ...(few ? [tooFew(cluster, connected, least)] : []),
  ];
  const isNeeded = few || primary.some(({ outcome }) => outcome === 'fail');
  const spare = coreapps.length - Math.max(least, connected.length);
  const lonely = counted.length === 0 && silent.length === 0 && wanted !== null && spare < 1;
  const findings = [
    ...counted,
    ...primary,
    ...silent.map((node) => ofSilent(node, isNeeded)),
    ...(lonely
      ? [
          warn(
            `No Coreapp is spare: when one of ${coreapps.length} fails, ${layout.topology === 'multiconnect' ? 'its shard stays' : 'the number is'} offline`,
            {
              remedy: `Add a Coreapp: ${plural(least + 1, 'Coreapp')} for ${plural(least, 'shard')} survive the failure of one.`,
            },
          ),
        ]
      : []),
  ];
  if (findings.length > 0) return findings;
  const state = `${plural(connected.length, 'Coreapp')} connected${connecting.length > 0 ? ` and ${connecting.length} connecting` : ''}, ${spare} spare`;
  const is = `${NAMES[layout.topology]}: ${state}, primary master ${primaries.map(label).join()}`;
  if (wanted !== null) return [pass(`${is}, ${plural(wanted, 'shard')}`)];
  if (spare > 0)
    return [pass(`${is}; the number of shards is not told, and a spare would have taken one that nobody owns`)];
  return [
    unknown(`${is}; the number of shards is not told, so whether these are enough is not known`, {
      remedy: 'Log in as an administrator (WA_API_USERNAME and WA_API_PASSWORD): the shards are told to one only.',
    }),
  ];
};
