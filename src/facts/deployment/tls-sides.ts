import { fail, pass, skip, unknown, warn } from '../../check.ts';
import type { DeployedContainer } from '../../host/answers/deployment.ts';
import type { DockerAnswers } from '../../host/answers/docker.ts';
import type { Finding } from '../../model.ts';
import type { DatabasePlace } from './database-place.ts';
import { isSet } from './deployment.ts';

/** What one container is told of TLS to the database, and what of it is there. */
export type TlsSide = {
  readonly name: string;
  readonly variables: readonly string[];
  readonly missing: readonly { readonly variable: string; readonly path: string }[];
  /** Why its files were not looked at; null where they were, or there is none. */
  readonly unseen: string | null;
};

export type TlsSides = {
  readonly place: DatabasePlace;
  readonly sides: readonly TlsSide[];
  readonly fromFile: boolean;
};

/** One container's side. `inside`: null where nothing was to be looked for. */
export const tlsSide = (
  container: DeployedContainer,
  variables: readonly string[],
  inside: DockerAnswers['inside-files'] | null,
): TlsSide => {
  const seen = inside?.containers.find(({ id }) => id === container.id);
  return {
    name: container.name,
    variables: variables.filter((name) => isSet(container, name)),
    missing: (seen?.files ?? [])
      .filter(({ variable, found }) => variables.includes(variable) && !found)
      .map(({ variable, path }) => ({ variable, path })),
    unseen: seen?.skipped ?? null,
  };
};

const PLACES: Readonly<Record<DatabasePlace['position'], string>> = {
  socket: 'on this host',
  loopback: 'on this host',
  private: 'within a private network',
  public: 'across networks',
  unknown: 'at an address that is not known',
};

const unencrypted = ({ place, fromFile }: TlsSides, variables: readonly string[]): Finding => {
  const { host, position } = place;
  const is = `No container has ${variables.join(', ')}: the way to ${host ?? 'the database'} is not encrypted`;
  const extra = { ...(host && { subject: host }) };
  if (position === 'public')
    return fail(`${is}, and it leads across networks: whoever is in between reads the messages`, {
      ...extra,
      remedy: `Turn on TLS at the database, and set ${variables[0]} in every Coreapp and Webapp.`,
    });
  if (position !== 'unknown') return pass(`${is}, ${PLACES[position]}`, extra);
  return fromFile
    ? skip(`${is}; where ${host ?? 'it'} is cannot be told from a file`, extra)
    : unknown(`${is}; where ${host ?? 'it'} is could not be found out`, {
        ...extra,
        remedy: 'Run the tool as root, or give it the database login (--db-env-file).',
      });
};

const oneSided = ({ place, sides }: TlsSides): Finding => {
  const names = (some: readonly TlsSide[]) => some.map(({ name }) => name).join(', ');
  const without = sides.filter(({ variables }) => variables.length === 0);
  const withIt = sides.filter(({ variables }) => variables.length > 0);
  const message = `${names(withIt)} uses TLS to the database, and ${names(without)} does not; the database is ${PLACES[place.position]}`;
  const extra = {
    subject: without[0]?.name ?? '',
    remedy: `Set ${withIt[0]?.variables.join(', ')} in ${names(without)} too.`,
  };
  return place.position === 'public' ? fail(message, extra) : warn(message, extra);
};

const absent = ({ name, missing }: TlsSide): readonly Finding[] =>
  missing.map(({ variable, path }) =>
    fail(`${variable} of ${name} names ${path}, which is not there inside the container`, {
      subject: name,
      remedy: `Mount the file at ${path} in ${name}, or correct ${variable}.`,
    }),
  );

/** What may be said of TLS to the database in one deployment. */
export const tlsFindings = (told: TlsSides, variables: readonly string[]): readonly Finding[] => {
  const { sides, place } = told;
  if (sides.every((side) => side.variables.length === 0)) return [unencrypted(told, variables)];
  const bad = [
    ...(sides.some((side) => side.variables.length === 0) ? [oneSided(told)] : []),
    ...sides.flatMap(absent),
  ];
  if (bad.length > 0) return bad;
  const unseen = [...new Set(sides.flatMap((side) => side.unseen ?? []))];
  const seen = unseen.length > 0 ? `; its files were not looked at (${unseen.join('; ')})` : '';
  return [
    pass(
      `${sides.map(({ name }) => name).join(', ')}: TLS to ${place.host ?? 'the database'} is set${told.fromFile ? '' : seen}`,
    ),
  ];
};
