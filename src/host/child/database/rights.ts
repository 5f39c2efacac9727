import type { DatabaseAnswers } from '../../answers/database.ts';
import { mysqlRights } from './mysql/rights.ts';
import type { DatabaseOrder } from './order.ts';
import { postgresRights } from './postgres/rights.ts';
import { withSession } from './with-session.ts';

/** What this user may do. */
export const rights = (order: DatabaseOrder): Promise<DatabaseAnswers['rights']> => {
  const { engine, prefix } = order.login;
  return withSession(order, (session) => (engine === 'mysql' ? mysqlRights : postgresRights)(session, prefix));
};
