import { resolve } from 'node:path';
import type { DeployedContainer } from '../../answers/deployment.ts';
import type { Inspected } from './inspected.ts';
import type { InspectedBody } from './inspected-body.ts';

/** More ports than a container publishes. */
const MOST_PORTS = 512;

/** A value keeps what follows its first "="; an entry without one is a name that was taken out of the environment. */
export const envOf = (entries: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    entries.flatMap((entry) => {
      const at = entry.indexOf('=');
      return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)]] : [];
    }),
  );

type Ports = DeployedContainer['ports'];

/** Docker tells a port that is open to all twice, for IPv4 and for IPv6: once is enough. */
const once = (ports: Ports): Ports =>
  ports.filter(
    (one) =>
      one.address !== '::' ||
      !ports.some(
        ({ container, protocol, host, address }) =>
          address === '0.0.0.0' && container === one.container && protocol === one.protocol && host === one.host,
      ),
  );

/** The ports that it publishes, or would where it does not run; `host` null where Docker chooses. */
export const portsOf = ({ HostConfig, NetworkSettings }: InspectedBody, running: boolean): Ports => {
  // What it has while it runs; what it will have where it does not. In the host's network it has none, whatever was wished.
  const live = NetworkSettings?.Ports;
  const bindings = Object.entries((running && live ? live : HostConfig?.PortBindings) ?? {});
  const ports = bindings.flatMap(([key, bound]) => {
    const [port = '', protocol = 'tcp'] = key.split('/');
    return (bound ?? []).map(({ HostIp, HostPort }) => ({
      container: Number.parseInt(port, 10) || 0,
      protocol,
      host: Number.parseInt(HostPort, 10) || null,
      address: HostIp,
    }));
  });
  return once(ports.slice(0, MOST_PORTS));
};

/** What Compose says of it in labels, its files by whole paths; null where Compose did not make it. */
export const composeOf = (labels: Readonly<Record<string, string>>): Inspected['compose'] => {
  const label = (name: string) => labels[`com.docker.compose.${name}`] || null;
  const [project, service] = [label('project'), label('service')];
  if (!project || !service) return null;
  const folder = label('project.working_dir');
  // Old Compose wrote them as they were given, relative to the project's folder.
  const files = (label('project.config_files') ?? '').split(',').filter(Boolean);
  const whole = files.map((file) => (file.startsWith('/') || !folder ? file : resolve(folder, file)));
  return { project, service, folder, files: whole.slice(0, 32) };
};

/** Its mounts, whatever the Engine's age tells of them. */
export const mountsOf = ({ Mounts }: InspectedBody): Inspected['mounts'] =>
  (Mounts ?? []).map(({ Type, Name, Source, Destination, Driver, RW }) => ({
    // Engines before 1.13 do not tell the type.
    type: Type || (Name ? 'volume' : 'bind'),
    name: Name ?? '',
    source: Source ?? '',
    destination: Destination,
    driver: Driver || null,
    writable: RW ?? true,
  }));

/** A link as the Engine keeps it, "/db:/waweb/database": the container, and the name that it has in the other. */
export const linkOf = (link: string): Inspected['linked'][number] => {
  const [container = '', alias = container] = link.split(':');
  return { container: container.replace(/^\//, ''), alias: alias.split('/').at(-1) ?? '' };
};
