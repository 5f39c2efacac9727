import type { DeployedContainer } from '../../answers/deployment.ts';
import type { ComposeService, ReadCompose } from '../login/compose-reading.ts';
import { listOf, mapOf, textOf } from './compose-words.ts';

type Keyed = readonly [string, Readonly<Record<string, unknown>>];
type Networks = Pick<DeployedContainer, 'networkMode' | 'networks'>;

/** The name that Docker knows a network of a Compose file by. */
const nameOf = (key: string, { project, networks }: ReadCompose): string => {
  const said = mapOf(networks[key]);
  const external = textOf(mapOf(said['external'])['name']);
  return textOf(said['name']) || external || (said['external'] ? key : `${project}_${key}`);
};

/**
 * Which networks a service is in, and what the others there call it; the first, by priority and then by name, is its main one, as
 * Compose has it. One with `network_mode` is in none of the file's own.
 */
export const composeNetworks = ({ name, rest }: ComposeService, file: ReadCompose): Networks => {
  const mode = textOf(rest['network_mode']);
  if (mode) {
    const shares = /^(service|container):/.test(mode);
    const network = mode === 'default' ? 'bridge' : mode;
    return { networkMode: mode, networks: shares ? [] : [{ name: network, aliases: [], addresses: [] }] };
  }
  const said = rest['networks'];
  const byKey: readonly Keyed[] = Array.isArray(said)
    ? said.map((key) => [textOf(key), {}])
    : Object.entries(mapOf(said)).map(([key, value]) => [key, mapOf(value)]);
  const keys: readonly Keyed[] = byKey.length > 0 ? byKey : [['default', {}]];
  const priority = (of: Readonly<Record<string, unknown>>) => Number(textOf(of['priority'])) || 0;
  const networks = keys
    .toSorted(([a, one], [b, other]) => priority(other) - priority(one) || (a < b ? -1 : 1))
    .map(([key, of]) => {
      const named = nameOf(key, file);
      const own = [name, textOf(rest['container_name']), ...listOf(of['aliases']).map(textOf)].filter(Boolean);
      const addresses = [of['ipv4_address'], of['ipv6_address']].map(textOf).filter(Boolean);
      // Docker's default network takes no aliases.
      return { name: named, aliases: named === 'bridge' ? [] : [...new Set(own)], addresses };
    });
  return { networkMode: networks[0]?.name ?? '', networks };
};
