import type { DatabaseAnswers } from '../../../answers/database.ts';
import type { Session } from '../engine.ts';
import { MOST_ROWS } from '../rows.ts';
import { MYSQL } from '../statements.ts';
import { ifTold, tableOf } from '../with-session.ts';

/** A line of SHOW GRANTS without what it says after IDENTIFIED: 5.6 puts the hash of the password there. */
const withoutHash = (line: string): string =>
  line.replace(/\bIDENTIFIED\b.*$/s, (tail) => tail.replace(/'(?:[^'\\]|\\.|'')*'/g, "'***'"));

/** Roles as CURRENT_ROLE() lists them: none is "NONE" in MySQL, null in MariaDB. */
const rolesOf = (list: string | null | undefined): string[] =>
  list == null || list === 'NONE' || list === '' ? [] : list.split(/,(?=`|[^`]*$)/).map((role) => role.trim());

/** What a MySQL user may do. */
export const mysqlRights = async (session: Session, prefix: string): Promise<DatabaseAnswers['rights']> => {
  const [user] = await session.query(MYSQL.currentUser);
  const lines = await session.query(MYSQL.grants);
  const databases = prefix === '' ? [] : await session.query(MYSQL.databases, [prefix, prefix]);
  const roles = await ifTold(session, MYSQL.activeRoles);
  const plugin = await ifTold(session, MYSQL.plugin);
  const rules = await tableOf(session, MYSQL.rules, ['Variable_name', 'Value']);
  return {
    engine: 'mysql',
    currentUser: user?.['name'] ?? '',
    grants: lines.map((line) => withoutHash(Object.values(line)[0] ?? '')),
    activeRoles: roles && rolesOf(roles[0]?.['roles']),
    databases: databases.map(({ name }) => name ?? ''),
    plugin: plugin?.[0]?.['name'] || null,
    partialRevokes: rules['partial_revokes'] === 'ON',
    lowerCaseTableNames: rules['lower_case_table_names'] ?? null,
    cut: lines.length === MOST_ROWS || databases.length === MOST_ROWS,
  };
};
