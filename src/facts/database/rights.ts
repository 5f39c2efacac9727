import type { DatabaseAnswers } from '../../host/answers/database.ts';
import { type Grant, readGrants } from './grants.ts';

type MysqlRights = Extract<DatabaseAnswers['rights'], { engine: 'mysql' }>;

/** What is missing where: "all databases", "databases wa_...", or the name of one. */
type Missing = {
  readonly where: string;
  /** That one database; null where it is more than one. */
  readonly database: string | null;
  readonly privileges: readonly string[];
};

/** A MySQL user's rights against what the client does with its databases. */
export type EffectiveRights = {
  /** Rights on every database whose name begins with the prefix, on those alone that exist, or on neither. */
  readonly reach: 'every-name' | 'existing' | 'none';
  /** Databases that the rights were looked at one by one. */
  readonly databases: readonly string[];
  readonly missing: readonly Missing[];
  /** Rights that the client has no use for and that would do harm in other hands. */
  readonly excess: readonly string[];
  /** Roles that the user has and that are not active after login. */
  readonly idleRoles: readonly string[];
  readonly unread: number;
};

/** Rights that let a user leave its own databases: of the server, its files, other users, or replication. */
const RISKY =
  /^(ALL|SUPER|FILE|SHUTDOWN|CREATE USER|GRANT OPTION|CREATE ROLE|DROP ROLE|SYSTEM_USER|SET_USER_ID|SET_ANY_DEFINER|\w+_ADMIN|[\w ]+ ADMIN|SET USER)$/;
const SYSTEM = new Set(['mysql', 'information_schema', 'performance_schema', 'sys']);
const NO_WILDCARD = 128;
/** Where partial revokes are on these are plain letters; nobody means them so in the name of a database. */
const MEANT_AS_PATTERN = /%|\\[_%\\]/;

type Pattern = readonly (string | { readonly any: 'one' | 'many' })[];

/** A name in a grant as a pattern; with partial revokes in force the server reads it letter by letter, its backslashes too. */
const patternOf = (name: string, literal: boolean): Pattern => {
  if (literal) return [...name];
  const parts: (string | { any: 'one' | 'many' })[] = [];
  for (let at = 0; at < name.length; at += 1) {
    const char = name[at] ?? '';
    const next = name[at + 1];
    if (char === '\\' && (next === '_' || next === '%' || next === '\\')) {
      parts.push(next);
      at += 1;
    } else if (char === '_' || char === '%') parts.push({ any: char === '_' ? 'one' : 'many' });
    else parts.push(char);
  }
  return parts;
};

/** Whether a pattern fits a whole name: no backtracking beyond the last "many", so no name makes it slow. */
const fits = (pattern: Pattern, name: string): boolean => {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    const part = pattern[p];
    if (part !== undefined && (typeof part === 'string' ? part === name[n] : part.any === 'one')) {
      p += 1;
      n += 1;
    } else if (typeof part === 'object') {
      [star, mark, p] = [p, n, p + 1];
    } else if (star >= 0) {
      mark += 1;
      [p, n] = [star + 1, mark];
    } else return false;
  }
  return pattern.slice(p).every((part) => typeof part === 'object' && part.any === 'many');
};

const unescaped = (name: string): string => name.replace(/\\(?=[_%\\])/g, '');
const isMany = (part: Pattern[number] | undefined): boolean => typeof part === 'object' && part.any === 'many';

/** Whether a pattern fits every name that begins with a prefix: it ends in "many", and what is before fits some head of it. */
const fitsAll = (pattern: Pattern, prefix: string): boolean => {
  if (!isMany(pattern.at(-1))) return false;
  const head = pattern.slice(0, -1);
  return Array.from({ length: prefix.length + 1 }, (_, length) => prefix.slice(0, length)).some((start) =>
    fits(head, start),
  );
};

/** The server looks at one database grant alone: the one whose first wildcard comes last. */
const specific = (pattern: Pattern): number => {
  const first = pattern.findIndex((part) => typeof part === 'object');
  return first < 0 ? NO_WILDCARD : first;
};

const has = (privileges: ReadonlySet<string>, one: string): boolean => privileges.has('ALL') || privileges.has(one);

/** The name of a role as `CURRENT_ROLE()` writes it: app, `app`@`%`, 'app'@'%'. */
const roleName = (active: string): string => /^([`'"]?)(.*?)\1(@.*)?$/.exec(active)?.[2] ?? active;

/** The effective rights of a MySQL user: global grants, the one database grant that counts, and what was revoked in part. */
export const mysqlRights = (
  { grants: lines, activeRoles, databases, partialRevokes, lowerCaseTableNames }: MysqlRights,
  prefix: string,
  needed: readonly string[],
): EffectiveRights => {
  const { grants, roles, unread } = readGrants(lines);
  const spelt = (name: string): string =>
    lowerCaseTableNames && lowerCaseTableNames !== '0' ? name.toLowerCase() : name;
  const granted = grants.filter(({ revoked, table }) => !revoked && table === null);
  const revokes = grants.filter(({ revoked }) => revoked);
  const onAll = new Set(granted.filter(({ database }) => database === null).flatMap(({ privileges }) => privileges));
  const patterns = granted.flatMap(({ database, privileges }) =>
    database === null ? [] : [{ pattern: patternOf(spelt(database), partialRevokes), privileges, database }],
  );
  const best = (suits: (pattern: Pattern) => boolean): ReadonlySet<string> => {
    const suiting = patterns.filter(({ pattern }) => suits(pattern));
    const top = Math.max(...suiting.map(({ pattern }) => specific(pattern)));
    const byName = Map.groupBy(
      suiting.filter(({ pattern }) => specific(pattern) === top),
      ({ database }) => database,
    );
    // Which of several it is nobody can tell: a right counts that all of them give.
    const sets = [...byName.values()].map((same) => new Set(same.flatMap(({ privileges }) => privileges)));
    return new Set(sets.length === 0 ? [] : needed.filter((one) => sets.every((set) => has(set, one))));
  };
  const takenFrom = (database: string, privilege: string): boolean =>
    revokes.some(
      (one: Grant) =>
        one.database !== null && spelt(one.database) === spelt(database) && has(new Set(one.privileges), privilege),
    );
  const lacking = (local: ReadonlySet<string>, database: string | null): readonly string[] =>
    needed.filter((one) => !has(local, one) && (!has(onAll, one) || (database !== null && takenFrom(database, one))));

  const inAny = best((pattern) => fitsAll(pattern, spelt(prefix)));
  const anywhere = lacking(inAny, null);
  const begins = (name: string): boolean => spelt(name).startsWith(spelt(prefix)) && !SYSTEM.has(name.toLowerCase());
  const named = [
    ...databases.filter(begins),
    ...revokes.flatMap(({ database }) => (database !== null && begins(database) ? [database] : [])),
    ...patterns.flatMap(({ database, pattern }) =>
      !pattern.some(isMany) && begins(unescaped(database)) && !(partialRevokes && MEANT_AS_PATTERN.test(database))
        ? [unescaped(database)]
        : [],
    ),
  ];
  const single = [...new Set(named)].sort();
  const shortOf = single.flatMap((database) => {
    const privileges = lacking(
      best((pattern) => fits(pattern, spelt(database))),
      database,
    );
    return privileges.length > 0 ? [{ where: `database ${database}`, database, privileges }] : [];
  });
  const whole = {
    where: prefix === '' ? 'all databases' : `databases ${prefix}...`,
    database: null,
    privileges: anywhere,
  };
  const reach = anywhere.length === 0 ? 'every-name' : single.length > shortOf.length ? 'existing' : 'none';
  return {
    reach,
    databases: single,
    missing:
      reach === 'existing' ? shortOf : [...(anywhere.length > 0 ? [whole] : []), ...(reach === 'none' ? [] : shortOf)],
    excess: [...onAll].filter((one) => RISKY.test(one)).sort(),
    idleRoles: roles.filter((role) => !(activeRoles ?? []).some((active) => roleName(active) === role)),
    unread: unread.length,
  };
};
