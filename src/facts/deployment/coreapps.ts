import { fail, pass } from '../../check.ts';
import type { DeployedContainer } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';
import { addressPosition } from '../database/network.ts';
import { isMulticonnect, isSpread } from './cluster.ts';
import { variableOf } from './deployment.ts';
import { isUp } from './in-use.ts';

const CORE_PORTS = new Set([6250, 6251, 6252, 6253]);

/** What a container's name of its database leads to: "db" is another server in each deployment's own network. */
const serverOf = (one: DeployedContainer, all: readonly DeployedContainer[]): string => {
  const name = variableOf(one, 'WA_DB_HOSTNAME') ?? '';
  if (name.includes('.') || addressPosition(name) !== 'unknown') return name;
  const own = new Set(one.networks.map((network) => network.name));
  const found = all.find(
    (other) =>
      other.role === 'database' &&
      other.networks.some(
        (shared) => own.has(shared.name) && [other.name, other.compose?.service, ...shared.aliases].includes(name),
      ),
  );
  return found ? `container ${found.name}` : `${name} in ${[...own].toSorted().join()}`;
};

/** Plain Coreapps by the databases that they keep one number's data in: more than one for a number is the fault. */
export const plainCoreapps = (containers: readonly DeployedContainer[]): readonly (readonly string[])[] => {
  const plain = containers.filter((one) => one.role === 'coreapp' && isUp(one) && !isMulticonnect([one]));
  const store = (one: DeployedContainer) =>
    JSON.stringify([
      serverOf(one, containers),
      ...['WA_DB_PORT', 'WA_DB_NAME_PREFIX'].map((name) => variableOf(one, name)),
    ]);
  return Object.values(Object.groupBy(plain, store)).map((group = []) => group.map(({ name }) => name));
};

/** Why a deployment may do without a Coreapp or a Webapp here; null where it may not. */
export const elsewhere = (clients: readonly DeployedContainer[]) => {
  const has = (role: DeployedContainer['role']) => clients.some((one) => one.role === role);
  const spread = isSpread(clients);
  const coreName = clients.map((one) => variableOf(one, 'WACORE_HOSTNAME')).find((name) => name?.includes('.'));
  const published = clients.some(({ ports }) => ports.some(({ container }) => CORE_PORTS.has(container)));
  return {
    coreapp: has('coreapp') || has('master') ? null : { away: spread || coreName !== undefined },
    webapp: has('webapp') ? null : { away: spread || published },
  };
};

/** What is to be said of roles that nobody has here, and of Coreapps that are one too many. */
export const roleFindings = (
  missing: ReturnType<typeof elsewhere>,
  plain: readonly (readonly string[])[],
): readonly Finding[] => {
  const roles = (['coreapp', 'webapp'] as const).flatMap((role): readonly Finding[] => {
    const name = role === 'coreapp' ? 'Coreapp' : 'Webapp';
    if (missing[role] === null) return [];
    if (missing[role].away) return [pass(`No ${name} is here; the others name one on another host`, { subject: name })];
    return [
      fail(`There is no ${name} container; a deployment needs a Coreapp and a Webapp`, {
        subject: name,
        remedy: `Start the ${name}: docker compose up -d in the folder of its Compose file.`,
      }),
    ];
  });
  const many = plain
    .filter((group) => group.length > 1)
    .map((group) =>
      fail(
        `${group.length} plain Coreapps run on one database (${group.join(', ')}): without multiconnect several for one number end in a temporary ban`,
        {
          subject: 'Coreapp',
          remedy: `Stop all but one of them (docker stop ${group.at(-1)}), or set up multiconnect.`,
        },
      ),
    );
  return [...roles, ...many];
};
