import { fail, pass, warn } from '../../check.ts';
import type { Finding } from '../../model.ts';
import { type Member, statedPorts } from './external-ports.ts';
import { ENGINES } from './login-variables.ts';

export type Cluster = {
  readonly members: readonly Member[];
  /** It goes beyond this host: what is missing here may be elsewhere. */
  readonly spread: boolean;
};

/** How many the vendor wants at least. */
export type ClusterLimits = { readonly masters: number; readonly coreapps: number };

const namesOf = (members: readonly Member[]): string => members.map(({ name }) => name).join(', ');

const switches = (members: readonly Member[]): readonly Finding[] => {
  const off = members.filter(({ on }) => !on);
  if (off.length === 0) return [];
  return [
    fail(`${namesOf(off)} has no WA_APP_MULTICONNECT=1, while others of the cluster have`, {
      subject: off[0]?.name ?? '',
      remedy: 'Set WA_APP_MULTICONNECT=1 in all containers.',
    }),
  ];
};

const engines = (members: readonly Member[]): readonly Finding[] =>
  members
    .filter(({ engine }) => engine !== null && !ENGINES.includes(engine.trim().toUpperCase()))
    .map(({ name, engine }) =>
      fail(`${name} has WA_DB_ENGINE=${engine}; a cluster needs a server that all share, ${ENGINES.join(' or ')}`, {
        subject: name,
        remedy: `Set WA_DB_ENGINE to ${ENGINES.join(' or ')}, and its host, port, user and password.`,
      }),
    );

const counted = ({ members, spread }: Cluster, limits: ClusterLimits): readonly Finding[] => {
  const masters = members.filter(({ role }) => role === 'master').length;
  const coreapps = members.filter(({ role }) => role === 'coreapp').length;
  const here = `${masters} ${masters === 1 ? 'master' : 'masters'} and ${coreapps} ${coreapps === 1 ? 'Coreapp' : 'Coreapps'}`;
  if (spread) return [pass(`${here} on this host; the cluster goes beyond it, so api.health counts the whole`)];
  const few: Finding[] = [];
  if (masters === 0)
    few.push(
      fail('No container is a master (WA_MASTER_NODE=1); a cluster needs one, and a second to take over', {
        subject: 'master',
        remedy: 'Start two masters, as in multiconnect-compose.yml.',
      }),
    );
  else if (masters < limits.masters)
    few.push(
      warn(`${masters} master of at least ${limits.masters}: none takes over when it fails`, {
        subject: 'master',
        remedy: 'Start a second master.',
      }),
    );
  if (coreapps < limits.coreapps)
    few.push(
      warn(`${coreapps} Coreapp of at least ${limits.coreapps}: no spare takes over a shard when it fails`, {
        subject: 'Coreapp',
        remedy: 'Start one Coreapp more than there are shards.',
      }),
    );
  return few.length > 0 ? few : [pass(`${here} on this host`)];
};

const named = (members: readonly Member[]): readonly Finding[] => {
  const nameless = members
    .filter(({ hasHostname }) => !hasHostname)
    .map(({ name, role }) => {
      const variable = role === 'webapp' ? 'WEBAPP_HOSTNAME' : 'COREAPP_HOSTNAME';
      return fail(`${name} has no ${variable}, by which the others of the cluster reach it`, {
        subject: name,
        remedy: `Set ${variable} to a name of it that the other containers resolve.`,
      });
    });
  const cores = members.filter(({ role, hostname }) => role !== 'webapp' && hostname !== null);
  const place = ({ hostname, stated }: Member) => `${hostname} on ${stated ?? 'the same ports'}`;
  const twice = Object.entries(Object.groupBy(cores, place))
    .filter(([, some = []]) => some.length > 1)
    .map(([where, some = []]) =>
      fail(`${namesOf(some)} say that they are the same: ${where}`, {
        subject: some[0]?.name ?? '',
        remedy: 'Give each its own COREAPP_HOSTNAME, or its own ports in COREAPP_EXTERNAL_PORTS.',
      }),
    );
  return [...nameless, ...twice];
};

/** What may be said of a cluster's own settings. */
export const clusterFindings = (cluster: Cluster, limits: ClusterLimits): readonly Finding[] => {
  const { members } = cluster;
  const bad = [...switches(members), ...engines(members), ...named(members), ...members.flatMap(statedPorts)];
  const right = bad.length === 0 ? [pass(`${namesOf(members)}: names and ports fit what is published`)] : [];
  return [...counted(cluster, limits), ...bad, ...right];
};
