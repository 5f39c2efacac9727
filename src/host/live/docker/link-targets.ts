import { PORTS, portOf } from '../login/draft.ts';
import type { ClientContainer } from './inspected.ts';

/** One name and port that a container is to reach, and what names it. */
export type LinkTarget = { readonly named: string; readonly host: string; readonly port: number };

type Given = Pick<ClientContainer, 'id' | 'name' | 'role' | 'env'>;

/** messaging, contacts, control, health check: the first of them, and how many. */
const CORE_PORT = 6250;
const CORE_PORTS = 4;
const MOST_TARGETS = 256;

const isOn = (value: string | undefined): boolean => Boolean(value) && value !== '0';

const from = (first: number): readonly number[] => Array.from({ length: CORE_PORTS }, (_, at) => first + at);

const target = (named: string, host: string | undefined, ports: readonly number[]): readonly LinkTarget[] =>
  host ? ports.map((port) => ({ named, host, port })) : [];

/** Ports of a list such as "6250,6251,6252,6253". */
const listed = (text: string | undefined): readonly number[] =>
  (text ?? '').split(',').flatMap((one) => portOf(one.trim()) ?? []);

const database = ({ env }: Given): readonly LinkTarget[] => {
  const usual = /^PGSQL$/i.test(env['WA_DB_ENGINE'] ?? '') ? PORTS.postgresql : PORTS.mysql;
  return target('WA_DB_HOSTNAME', env['WA_DB_HOSTNAME'], [portOf(env['WA_DB_PORT']?.trim() ?? '') ?? usual]);
};

/** A Webapp's one Coreapp; in multiconnect each of the other Coreapps and masters, by what it calls itself. */
const coreapps = ({ id, role, env }: Given, all: readonly Given[]): readonly LinkTarget[] => {
  const one =
    role === 'webapp'
      ? target(
          'WACORE_HOSTNAME',
          env['WACORE_HOSTNAME'],
          from(portOf(env['WACORE_BASEPORT']?.trim() ?? '') ?? CORE_PORT),
        )
      : [];
  if (!isOn(env['WA_APP_MULTICONNECT'])) return one;
  const others = all.filter((other) => other.id !== id && other.role !== 'webapp');
  const cluster = others.flatMap(({ name, env: own }) =>
    target(`COREAPP_HOSTNAME of ${name}`, own['COREAPP_HOSTNAME'], listed(own['COREAPP_EXTERNAL_PORTS'])),
  );
  return [...one, ...cluster];
};

/** The names and ports that a container is given, or that others of its deployment have, each once. */
export const linkTargets = (container: Given, all: readonly Given[]): readonly LinkTarget[] => {
  const every = [...database(container), ...coreapps(container, all)];
  const once = new Map(every.toReversed().map((one) => [`${one.host} ${one.port}`, one]));
  return [...once.values()].toReversed().slice(0, MOST_TARGETS);
};
