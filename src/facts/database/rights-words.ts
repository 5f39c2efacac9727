import { fail, pass, unknown, warn } from '../../check.ts';
import type { DatabaseAnswers } from '../../host/answers/database.ts';
import type { Finding } from '../../model.ts';
import { mysqlAccount } from './account.ts';
import { type EffectiveRights, mysqlRights } from './rights.ts';

type Rights = DatabaseAnswers['rights'];
type Mysql = Extract<Rights, { engine: 'mysql' }>;
type Postgresql = Extract<Rights, { engine: 'postgresql' }>;

const SHOWN = 6;

/** A list that stays short: "a, b, c and 12 more". */
const some = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`;

const listMissing = ({ missing }: EffectiveRights): string =>
  missing
    .slice(0, SHOWN)
    .map(({ where, privileges }) => `${privileges.join(', ')} on ${where}`)
    .join('; ');

/**
 * What GRANT wants: a database, or null for all of the client's. `_` is a wildcard there unless it is escaped; while partial
 * revokes are on there are neither wildcards nor escapes.
 */
const grantTarget = (database: string | null, prefix: string, partialRevokes: boolean): string => {
  const plain = (name: string) => name.replaceAll('`', '``');
  const escaped = (name: string) => plain(partialRevokes ? name : name.replace(/[_%\\]/g, (char) => `\\${char}`));
  if (database !== null) return `\`${escaped(database)}\`.*`;
  return prefix === '' || partialRevokes ? '*.*' : `\`${escaped(prefix)}%\`.*`;
};

const mysqlFindings = (rights: Mysql, prefix: string, needed: readonly string[]): readonly Finding[] => {
  const own = mysqlRights(rights, prefix, needed);
  const user = rights.currentUser;
  const grantOn = (database: string | null, account: string) =>
    `GRANT ${needed.join(', ')} ON ${grantTarget(database, prefix, rights.partialRevokes)} TO ${account}`;
  const grant = (own.missing.length > 0 ? own.missing.map(({ database }) => database) : [null])
    .slice(0, SHOWN)
    .map((database) => grantOn(database, mysqlAccount(user)))
    .join('; ');
  const excess = own.excess.length
    ? [
        warn(`${user} may do far more than the client needs: ${some(own.excess)} on *.*`, {
          remedy: `Use a user of its own for the client, with no more than it needs (${grantOn(null, "'whatsapp'@'%'")}).`,
        }),
      ]
    : [];
  if (own.missing.length > 0 || own.reach === 'none') {
    const roles = own.idleRoles.length
      ? `; its roles ${some(own.idleRoles)} are not active after login, so what they would give counts as missing`
      : '';
    const message = `${user} lacks ${listMissing(own)}${roles}`;
    if (rights.cut || own.unread > 0)
      return [
        unknown(`${message}, but not all of its grants could be read`, { remedy: 'Run SHOW GRANTS as that user.' }),
        ...excess,
      ];
    const remedy = own.idleRoles.length
      ? `Let the roles be active at login (SET DEFAULT ROLE), or grant the rights to the user itself (${grant}).`
      : `Give the user what it lacks (${grant}).`;
    return [fail(message, { remedy }), ...excess];
  }
  if (own.reach === 'existing') {
    const message = `${user} has ${needed.join(', ')} on ${some(own.databases)} only, and may create no further database`;
    return [
      prefix === ''
        ? warn(`${message}; the client creates the databases that it misses`, {
            remedy: `Give the user its rights on all of them (${grant}).`,
          })
        : pass(`${message}; all that begin with ${prefix} must be made beforehand`),
      ...excess,
    ];
  }
  return [
    pass(`${user} has ${needed.join(', ')} on ${prefix === '' ? 'all databases' : `databases ${prefix}...`}`),
    ...excess,
  ];
};

const postgresqlFindings = (rights: Postgresql, prefix: string): readonly Finding[] => {
  const { currentUser: user, superuser, createDatabase, roles, databases, cut } = rights;
  if (superuser)
    return [
      warn(`${user} is a superuser, which is far more than the client needs`, {
        remedy: 'Use a role of its own for the client, with CREATEDB and LOGIN alone.',
      }),
    ];
  const usable = databases.filter(({ owner, connect, create }) => connect && (owner || create)).map(({ name }) => name);
  const shut = databases.filter(({ name }) => !usable.includes(name)).map(({ name }) => name);
  const named = prefix === '' ? 'databases' : `databases ${prefix}...`;
  if (createDatabase) {
    if (prefix === '' || shut.length === 0) return [pass(`${user} may create databases (CREATEDB)`)];
    return [
      fail(`${user} may create databases, but lacks CONNECT or CREATE on ${some(shut)}`, {
        remedy: `Make "${user}" the owner of them (ALTER DATABASE ... OWNER TO).`,
      }),
    ];
  }
  const remedy = `Let it create databases (ALTER ROLE "${user.replaceAll('"', '""')}" CREATEDB), or create those of the client for it beforehand.`;
  const giving = roles.filter((role) => role.createDatabase || role.superuser).map(({ name }) => name);
  const later = giving.length
    ? `; roles ${some(giving)} would give it, but only after SET ROLE, so it counts as missing`
    : '';
  if (prefix !== '' && usable.length > 0 && shut.length === 0)
    return [
      pass(
        `${user} may not create databases, but may use ${some(usable)}; all that begin with ${prefix} must be made beforehand${later}`,
      ),
    ];
  if (prefix === '' && usable.length > 0)
    return [
      warn(
        `${user} may not create databases (CREATEDB), but may use ${some(usable)}; the client creates those that it misses${later}`,
        { remedy },
      ),
    ];
  const message = `${user} lacks CREATEDB${shut.length ? `, and CONNECT or CREATE on ${some(shut)}` : `, and may use no ${named} that exist`}${later}`;
  return cut ? [unknown(`${message}, but not all databases could be read`, { remedy })] : [fail(message, { remedy })];
};

/** What a user may do against what the client needs, engine by engine. */
export const rightsFindings = (rights: Rights, prefix: string, needed: readonly string[]): readonly Finding[] =>
  rights.engine === 'mysql' ? mysqlFindings(rights, prefix, needed) : postgresqlFindings(rights, prefix);
