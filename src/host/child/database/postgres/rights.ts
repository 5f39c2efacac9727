import type { DatabaseAnswers } from '../../../answers/database.ts';
import type { Session } from '../engine.ts';
import { MOST_ROWS, type Row } from '../rows.ts';
import { POSTGRESQL } from '../statements.ts';

/** The server's way to say yes. */
const yes = (row: Row | undefined, column: string): boolean => /^(t|true)$/.test(row?.[column] ?? '');

/** What a PostgreSQL user may do. Attributes of roles are never inherited: what they would give, only SET ROLE gives. */
export const postgresRights = async (session: Session, prefix: string): Promise<DatabaseAnswers['rights']> => {
  const [role] = await session.query(POSTGRESQL.role);
  const superuser = yes(role, 'rolsuper');
  // A superuser counts as a member of every role.
  const roles = superuser ? [] : await session.query(POSTGRESQL.roles);
  const databases = await session.query(POSTGRESQL.databases, [prefix]);
  return {
    engine: 'postgresql',
    currentUser: role?.['name'] ?? '',
    superuser,
    createDatabase: yes(role, 'rolcreatedb'),
    roles: roles.map((each) => ({
      name: each['name'] ?? '',
      createDatabase: yes(each, 'rolcreatedb'),
      superuser: yes(each, 'rolsuper'),
    })),
    databases: databases.map((each) => ({
      name: each['name'] ?? '',
      owner: yes(each, 'owner'),
      connect: yes(each, 'connect'),
      create: yes(each, 'create'),
    })),
    cut: roles.length === MOST_ROWS || databases.length === MOST_ROWS,
  };
};
