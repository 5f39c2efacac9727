import type { DatabaseAnswers } from '../../../answers/database.ts';
import type { Session } from '../engine.ts';
import { MYSQL } from '../statements.ts';
import { ifTold, tableOf } from '../with-session.ts';

/** "yes" or "no", by the rows that it has of its role; no key where that may not be asked. */
const replicaOf = async (session: Session): Promise<Record<string, string>> => {
  for (const statement of MYSQL.replica) {
    const rows = await ifTold(session, statement);
    if (rows) return { replica: rows.length > 0 ? 'yes' : 'no' };
  }
  return {};
};

/** What a MySQL server says of itself. `variables.utf8mb4` and `status.replica` are ours: "yes" or "no". */
export const mysqlServer = async (session: Session): Promise<DatabaseAnswers['server']> => {
  const table = (statement: string) => tableOf(session, statement, ['Variable_name', 'Value']);
  const [who] = await session.query(MYSQL.version);
  const variables = await table(MYSQL.variables);
  const utf8mb4 = await ifTold(session, MYSQL.utf8mb4);
  const signs = Object.keys(await table(MYSQL.signs));
  const rds = Object.keys(await table(MYSQL.rds)).length > 0;
  const status = { ...(await table(MYSQL.status)), ...(await table(MYSQL.session)), ...(await replicaOf(session)) };
  return {
    engine: 'mysql',
    version: who?.['version'] ?? '',
    comment: who?.['comment'] ?? null,
    signs: [...signs, ...(rds ? ['rdsdbbin'] : [])],
    variables: { ...variables, ...(utf8mb4?.[0] ? { utf8mb4: utf8mb4[0]['n'] === '0' ? 'no' : 'yes' } : {}) },
    status,
  };
};
