import { dirname, resolve } from 'node:path';
import type { DeployedContainer } from '../../answers/deployment.ts';
import type { ReadCompose } from '../login/compose-reading.ts';
import { listOf, mapOf, textOf } from './compose-words.ts';
import { isRemoteVolume } from './remote-mounts.ts';

type Mount = DeployedContainer['mounts'][number];

/** Where a Compose file stands, and what it says of its volumes. */
type Around = Pick<ReadCompose, 'project' | 'volumes'> & { readonly path: string };

const volume = (key: string, destination: string, writable: boolean, { project, volumes }: Around): Mount => {
  const said = mapOf(volumes[key]);
  const external = mapOf(said['external'])['name'];
  const own = said['external'] ? key : `${project}_${key}`;
  const options = Object.fromEntries(
    Object.entries(mapOf(said['driver_opts'])).map(([name, value]) => [name, textOf(value)]),
  );
  return {
    type: 'volume',
    source: textOf(said['name']) || textOf(external) || own,
    destination,
    driver: textOf(said['driver']) || (said['external'] ? null : 'local'),
    remote: isRemoteVolume(options),
    writable,
  };
};

const bind = (source: string, destination: string, writable: boolean, { path }: Around): Mount => ({
  type: 'bind',
  source: source.startsWith('~') ? source : resolve(dirname(path), source),
  destination,
  driver: null,
  remote: false,
  writable,
});

/** "[SOURCE:]TARGET[:OPTIONS]": a source that is a path is of the host, any other names a volume. */
const short = (text: string, around: Around): readonly Mount[] => {
  const parts = text.split(':');
  const [source = '', target = source, options = ''] = parts;
  const writable = !options.split(',').includes('ro');
  if (!target) return [];
  if (parts.length === 1)
    return [{ type: 'volume', source: '', destination: target, driver: 'local', remote: false, writable }];
  return [/^[./~]/.test(source) ? bind(source, target, writable, around) : volume(source, target, writable, around)];
};

const long = (said: Readonly<Record<string, unknown>>, around: Around): readonly Mount[] => {
  const [type, source, target] = [textOf(said['type']), textOf(said['source']), textOf(said['target'])];
  const writable = textOf(said['read_only']) !== 'true';
  if (!target) return [];
  if (type === 'bind') return [bind(source, target, writable, around)];
  if (type === 'volume' && source) return [volume(source, target, writable, around)];
  return [{ type: type || 'volume', source, destination: target, driver: null, remote: false, writable }];
};

/** The mounts of a service, by `volumes` in its short and its long form; of several at one place the last. */
export const composeMounts = (volumes: unknown, around: Around): Mount[] => {
  const all = listOf(volumes).flatMap((one) =>
    typeof one === 'object' && one !== null ? long(mapOf(one), around) : short(textOf(one), around),
  );
  return [...new Map(all.map((mount) => [mount.destination, mount])).values()];
};
