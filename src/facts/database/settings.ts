import type { DatabaseAnswers } from '../../host/answers/database.ts';

type Tables = Pick<DatabaseAnswers['server'], 'engine' | 'variables' | 'status'>;

const own = (table: Readonly<Record<string, string>>, name: string): string | null =>
  Object.hasOwn(table, name) ? (table[name] ?? null) : null;

/** A setting as a whole number; null where it is not there or is none. */
export const numberIn = (table: Readonly<Record<string, string>>, ...names: readonly string[]): number | null => {
  for (const name of names) {
    const text = own(table, name);
    if (text !== null && /^\d{1,15}$/.test(text.trim())) return Number(text);
  }
  return null;
};

/** A setting as text; null where it is not there. */
const textIn = (table: Readonly<Record<string, string>>, ...names: readonly string[]): string | null =>
  names.map((name) => own(table, name)).find((text) => text !== null) ?? null;

/** Whether a switch is on, as either engine writes it; null where it is not there. */
const switchIn = (table: Readonly<Record<string, string>>, ...names: readonly string[]): boolean | null => {
  const text = textIn(table, ...names)?.trim();
  return text === undefined ? null : /^(on|1|yes|true|t)$/i.test(text);
};

/** Connections that the server allows, holds back for administrators, leaves to this user, and has in use. */
export type Connections = {
  readonly max: number | null;
  readonly reserved: number;
  /** What this user may have of them; null where the server is not told to limit users. */
  readonly own: number | null;
  readonly used: number | null;
};

/** The smallest of some limits; what is not set, nought or negative is no limit. */
const leastOf = (...limits: readonly (number | null)[]): number | null => {
  const set = limits.filter((limit) => limit !== null && limit > 0);
  return set.length > 0 ? Math.min(...set.map(Number)) : null;
};

export const connectionsOf = ({ engine, variables, status }: Tables): Connections => {
  const max = numberIn(variables, 'max_connections');
  if (engine === 'mysql')
    // The one more for an administrator comes on top of max_connections.
    return {
      max,
      reserved: 0,
      own: leastOf(numberIn(variables, 'max_user_connections')),
      used: numberIn(status, 'Threads_connected'),
    };
  const reserved = ['superuser_reserved_connections', 'reserved_connections'].map(
    (name) => numberIn(variables, name) ?? 0,
  );
  return {
    max,
    reserved: reserved.reduce((sum, one) => sum + one, 0),
    own: leastOf(numberIn(variables, 'role_connection_limit'), numberIn(variables, 'database_connection_limit')),
    used: numberIn(status, 'connections'),
  };
};

/** The encoding that a new database gets; `lacking`: the server does not know the wide one at all. */
export const encodingOf = ({
  engine,
  variables,
}: Tables): { readonly encoding: string | null; readonly lacking: boolean } =>
  engine === 'mysql'
    ? { encoding: textIn(variables, 'character_set_server'), lacking: switchIn(variables, 'utf8mb4') === false }
    : { encoding: textIn(variables, 'template1_encoding', 'server_encoding'), lacking: false };

/** What MySQL 5.7 comes with: its query cache is off, and still has a size. */
const CACHE_SIZE = 1_048_576;

/** Settings of the query cache that somebody made: MySQL 8.0 does not start with any of them in its file. */
export const queryCacheLeftOver = ({ variables }: Tables): readonly string[] => {
  const type = textIn(variables, 'query_cache_type');
  const size = numberIn(variables, 'query_cache_size');
  return [
    ...(type !== null && !/^(off|0)$/i.test(type.trim()) ? [`query_cache_type = ${type}`] : []),
    ...(size !== null && size !== 0 && size !== CACHE_SIZE ? [`query_cache_size = ${size}`] : []),
  ];
};

/** Why what is written there is refused or lost; empty where it is not. */
export const readOnlyReasons = ({ engine, variables, status }: Tables): readonly string[] => {
  const names =
    engine === 'mysql'
      ? ['read_only', 'super_read_only', 'innodb_read_only', 'replica']
      : ['in_recovery', 'default_transaction_read_only'];
  return names.filter((name) => switchIn({ ...variables, ...status }, name) === true);
};
