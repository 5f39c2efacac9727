import type { DatabaseAnswers } from '../../answers/database.ts';
import { mysqlServer } from './mysql/server.ts';
import type { DatabaseOrder } from './order.ts';
import { postgresServer } from './postgres/server.ts';
import { withSession } from './with-session.ts';

/** What the server says of itself: what it does not know or not tell is left out. */
export const server = (order: DatabaseOrder): Promise<DatabaseAnswers['server']> =>
  withSession(order, order.login.engine === 'mysql' ? mysqlServer : postgresServer);
