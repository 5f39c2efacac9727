import type { DeployedContainer } from '../../answers/deployment.ts';
import { listOf, mapOf, textOf } from './compose-words.ts';

type Port = DeployedContainer['ports'][number];

/** More ports than a service has: a range may name all of them. */
const MOST = 256;

type Range = { readonly first: number; readonly last: number };

const rangeOf = (text: string): Range | null => {
  const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  return from !== '' && first <= last && last <= 65_535 ? { first, last } : null;
};

const pairs = (inside: Range, outside: Range | null, address: string, protocol: string): readonly Port[] => {
  const length = inside.last - inside.first + 1;
  // A longer range outside is one that Docker chooses from.
  const fixed = outside !== null && outside.last - outside.first + 1 === length;
  return Array.from({ length: Math.min(length, MOST) }, (_, at) => ({
    container: inside.first + at,
    protocol,
    host: fixed ? outside.first + at : null,
    address,
  }));
};

/** "[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]", each port perhaps a range. */
const short = (text: string): readonly Port[] => {
  const [whole = '', protocol = 'tcp'] = text.split('/');
  const [, address = '', rest = whole] = /^(\[[^\]]*\]|[\d.]+(?=:[^:]*:)):(.*)$/.exec(whole) ?? [];
  const parts = rest.split(':');
  const inside = rangeOf(parts.at(-1) ?? '');
  const outside = parts.length > 1 ? rangeOf(parts.at(-2) ?? '') : null;
  return inside ? pairs(inside, outside, address.replace(/^\[|\]$/g, ''), protocol) : [];
};

const long = (port: Readonly<Record<string, unknown>>): readonly Port[] => {
  const inside = rangeOf(textOf(port['target']));
  const outside = rangeOf(textOf(port['published']));
  return inside ? pairs(inside, outside, textOf(port['host_ip']), textOf(port['protocol']) || 'tcp') : [];
};

/** The ports that a service publishes, by `ports` in its short and its long form. */
export const composePorts = (ports: unknown): Port[] =>
  listOf(ports)
    .flatMap((port) => (typeof port === 'object' && port !== null ? long(mapOf(port)) : short(textOf(port))))
    .slice(0, MOST);

/** The container ports of `expose`. */
export const exposedPorts = (expose: unknown): readonly number[] =>
  listOf(expose).flatMap((port) => {
    const range = rangeOf(textOf(port).split('/')[0] ?? '');
    return range ? pairs(range, null, '', 'tcp').map(({ container }) => container) : [];
  });
