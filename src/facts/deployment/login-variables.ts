import { fail, pass, warn } from '../../check.ts';
import type { DeployedContainer } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';
import { isMulticonnect } from './cluster.ts';
import { isSet, variableOf } from './deployment.ts';

/** What a container is told of its database and its Coreapp, without a secret. */
export type LoginVariables = {
  readonly name: string;
  readonly file: string | null;
  readonly missing: readonly string[];
  /** Null where it is not set. One that is set and not told is not among them. */
  readonly values: { readonly [variable: string]: string | null };
  /** A number that equal passwords share; null where there is none. */
  readonly password: number | null;
  /** It is of a cluster, whose engines containers.multiconnect judges. */
  readonly cluster: boolean;
};

const COMPARED = ['WA_DB_ENGINE', 'WA_DB_HOSTNAME', 'WA_DB_PORT', 'WA_DB_USERNAME', 'WA_DB_NAME_PREFIX'] as const;

/** The vendor's words for the databases that it supports. */
export const ENGINES = ['MYSQL', 'PGSQL'];

/** What one container is told, held against the names that it needs. */
export const loginVariables = (
  container: DeployedContainer,
  needed: readonly string[],
  file: string | null,
): LoginVariables => {
  const cluster = isMulticonnect([container]);
  const wanted = [...needed, ...(container.role === 'webapp' && !cluster ? ['WACORE_HOSTNAME'] : [])];
  return {
    name: container.name,
    file,
    missing: wanted.filter((name) => !isSet(container, name)),
    values: Object.fromEntries(
      COMPARED.map((name) => [name, variableOf(container, name) || null] as const).filter(
        ([name, value]) => value !== null || !isSet(container, name),
      ),
    ),
    password: container.variables.find(({ name }) => name === 'WA_DB_PASSWORD')?.secret?.group ?? null,
    cluster,
  };
};

const missing = ({ name, file, missing: names }: LoginVariables): readonly Finding[] =>
  names.length === 0
    ? []
    : [
        fail(`${name} lacks ${names.join(', ')}`, {
          subject: name,
          remedy: `Set ${names.join(' and ')} ${file ? `for it in ${file} or its env file` : 'in its environment'}, and make it anew.`,
        }),
      ];

const engine = ({ name, values, cluster }: LoginVariables): readonly Finding[] => {
  const set = values['WA_DB_ENGINE'] ?? null;
  if (cluster || set === null || ENGINES.includes(set)) return [];
  const remedy = `Set WA_DB_ENGINE to ${ENGINES.join(' or ')}.`;
  return ENGINES.includes(set.trim().toUpperCase())
    ? [warn(`${name} has WA_DB_ENGINE=${set}; the vendor writes it in capitals`, { subject: name, remedy })]
    : [fail(`${name} has WA_DB_ENGINE=${set}, which is none of ${ENGINES.join(', ')}`, { subject: name, remedy })];
};

/** How much it matters that a variable differs: two names may be one server's, and two users may share a database. */
const MAY_DIFFER = new Set(['WA_DB_HOSTNAME', 'WA_DB_USERNAME']);

const differing = (clients: readonly LoginVariables[], variable: string): readonly Finding[] => {
  const told = clients.filter(({ missing: names, values }) => !names.includes(variable) && variable in values);
  const groups = Object.entries(Object.groupBy(told, ({ values }) => values[variable] ?? ''));
  if (groups.length < 2) return [];
  const words = groups.map(([value, some = []]) => `${value || 'unset'} (${some.map(({ name }) => name).join(', ')})`);
  const message = `${variable} is not the same in all containers: ${words.join(' and ')}`;
  const extra = { subject: variable, remedy: `Give all containers the same ${variable}.` };
  return [MAY_DIFFER.has(variable) ? warn(message, extra) : fail(message, extra)];
};

const passwords = (clients: readonly LoginVariables[]): readonly Finding[] => {
  const server = ({ values }: LoginVariables) =>
    JSON.stringify([values['WA_DB_HOSTNAME'], values['WA_DB_PORT'], values['WA_DB_USERNAME']]);
  return Object.values(Object.groupBy(clients, server)).flatMap((some = []): readonly Finding[] => {
    const known = some.filter(({ password }) => password !== null);
    if (new Set(known.map(({ password }) => password)).size < 2) return [];
    return [
      fail(`WA_DB_PASSWORD differs between ${known.map(({ name }) => name).join(', ')}, for one user of one server`, {
        subject: 'WA_DB_PASSWORD',
        remedy: 'Give all containers the same WA_DB_PASSWORD.',
      }),
    ];
  });
};

/** What may be said of one deployment's variables. */
export const variableFindings = (clients: readonly LoginVariables[], needed: readonly string[]): readonly Finding[] => {
  const bad = [
    ...clients.flatMap(missing),
    ...clients.flatMap(engine),
    ...COMPARED.flatMap((variable) => differing(clients, variable)),
    ...passwords(clients),
  ];
  const names = clients.map(({ name }) => name).join(', ');
  return bad.length > 0
    ? bad
    : [pass(`${names}: ${needed.join(', ')} are set${clients.length > 1 ? ', the same in all' : ''}`)];
};
