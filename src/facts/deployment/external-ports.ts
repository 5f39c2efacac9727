import { fail, warn } from '../../check.ts';
import type { DeployedContainer, Role } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';
import { hasInnerName, isOn } from './cluster.ts';
import { isSet, variableOf } from './deployment.ts';

/** What one member of a cluster says of itself, and what is really published. */
export type Member = {
  readonly name: string;
  readonly role: Role;
  /** WA_APP_MULTICONNECT is on. */
  readonly on: boolean;
  readonly engine: string | null;
  /** Null where it is not set, or not told. */
  readonly hostname: string | null;
  readonly hasHostname: boolean;
  /** Its hostname is one that Docker gives it: others reach it inside Docker. */
  readonly inner: boolean;
  readonly hostNetwork: boolean;
  /** COREAPP_EXTERNAL_PORTS or WEBAPP_EXTERNAL_PORTS as it stands; null where it is not set, or not told. */
  readonly stated: string | null;
  readonly hasStated: boolean;
  /** Fixed host ports by container port; empty lists where none is published or Docker chooses. */
  readonly published: readonly { readonly container: number; readonly hosts: readonly number[] }[];
  /** Whether any of its ports is published, on whatever port. */
  readonly anyPublished: boolean;
};

const CORE_PORTS = [6250, 6251, 6252, 6253];
const WEB_PORTS = [443];

const prefixOf = ({ role }: Pick<Member, 'role'>): string => (role === 'webapp' ? 'WEBAPP' : 'COREAPP');

/** One member of a cluster, from its container. */
export const memberOf = (container: DeployedContainer): Member => {
  const { name, role, ports, networkMode } = container;
  const prefix = prefixOf({ role });
  const own = role === 'webapp' ? WEB_PORTS : CORE_PORTS;
  return {
    name,
    role,
    on: isOn(container, 'WA_APP_MULTICONNECT'),
    engine: variableOf(container, 'WA_DB_ENGINE') || null,
    hostname: variableOf(container, `${prefix}_HOSTNAME`) || null,
    hasHostname: isSet(container, `${prefix}_HOSTNAME`),
    inner: hasInnerName(container),
    hostNetwork: networkMode === 'host',
    stated: variableOf(container, `${prefix}_EXTERNAL_PORTS`) || null,
    hasStated: isSet(container, `${prefix}_EXTERNAL_PORTS`),
    published: own.map((port) => ({
      container: port,
      hosts: ports.flatMap((one) => (one.container === port && one.host !== null ? [one.host] : [])),
    })),
    anyPublished: ports.some((one) => own.includes(one.container)),
  };
};

const portsIn = (stated: string): readonly number[] | null => {
  const parts = stated.split(',').map((part) => part.trim());
  const ports = parts.map(Number);
  return parts.every((part, at) => /^\d{1,5}$/.test(part) && (ports[at] ?? 0) >= 1 && (ports[at] ?? 0) <= 65535)
    ? ports
    : null;
};

/** Whether what a member states leads to it: by the host's ports, or by its own inside Docker and in the host's network. */
const leadsTo = ({ inner, hostNetwork, published }: Member, ports: readonly number[]): boolean =>
  published.every(({ container, hosts }, at) => {
    const stated = ports[at] ?? 0;
    return hosts.includes(stated) || ((inner || hostNetwork) && (stated === container || hosts.length === 0));
  });

const shown = ({ published }: Member): string =>
  published.map(({ container, hosts }) => `${hosts.join(' or ') || 'none'} for ${container}`).join(', ');

/** What is to be said of the ports that a member states for itself. */
export const statedPorts = (member: Member): readonly Finding[] => {
  const { name, stated, published, hostname } = member;
  const variable = `${prefixOf(member)}_EXTERNAL_PORTS`;
  const subject = name;
  if (stated === null && member.hasStated) return [];
  if (stated === null)
    return [
      warn(`${name} has no ${variable}; the vendor's files set it to the ports that others reach it on`, {
        subject,
        remedy: `Set ${variable} to the published ports of ${name}.`,
      }),
    ];
  const ports = portsIn(stated);
  if (ports === null || ports.length !== published.length)
    return [
      fail(
        `${name} has ${variable}=${stated}, which is not ${published.length} ${published.length > 1 ? 'ports with commas between them' : 'port'}`,
        {
          subject,
          remedy: `Set ${variable} to ${published.map(({ hosts, container }) => hosts[0] ?? container).join(',')}.`,
        },
      ),
    ];
  if (leadsTo(member, ports)) return [];
  if (!member.anyPublished)
    return [
      fail(`${name} publishes no port, while others are to reach it as ${hostname ?? 'another host'} on ${stated}`, {
        subject,
        remedy: `Publish its ports ${published.map(({ container }) => container).join(', ')} as ${stated}.`,
      }),
    ];
  return [
    fail(`${name} has ${variable}=${stated}, but publishes ${shown(member)}`, {
      subject,
      remedy: `Set ${variable} to the ports that are published.`,
    }),
  ];
};
