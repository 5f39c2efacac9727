import type { DatabaseAnswers } from '../../../answers/database.ts';
import type { Session } from '../engine.ts';
import { POSTGRESQL } from '../statements.ts';
import { ifTold, tableOf } from '../with-session.ts';

const onOff = (value: string | null | undefined): string => (value === 't' || value === 'true' ? 'on' : 'off');

/**
 * What a PostgreSQL server says of itself. Beside its settings there are ours: `in_recovery`, `role_connection_limit`,
 * `database_connection_limit` (-1: none), `template0_encoding`, `template1_encoding`; of status: `connections`, `ssl`,
 * `ssl_version`, `ssl_cipher`.
 */
export const postgresServer = async (session: Session): Promise<DatabaseAnswers['server']> => {
  const first = async (statement: string) => (await ifTold(session, statement))?.[0];
  const [who] = await session.query(POSTGRESQL.version);
  const variables = await tableOf(session, POSTGRESQL.settings, ['name', 'value']);
  const templates = await tableOf(session, POSTGRESQL.templates, ['name', 'encoding']);
  const encodings = Object.entries(templates).map(([name, encoding]) => [`${name}_encoding`, encoding]);
  const recovery = await first(POSTGRESQL.recovery);
  const limits = await first(POSTGRESQL.limits);
  const connections = await first(POSTGRESQL.connections);
  const encryption = await first(POSTGRESQL.encryption);
  const found = [POSTGRESQL.functions, POSTGRESQL.relations, POSTGRESQL.productSettings];
  const signs: string[] = [];
  for (const statement of found)
    for (const { sign } of (await ifTold(session, statement)) ?? []) if (sign) signs.push(sign);
  const own = {
    in_recovery: recovery && onOff(recovery['yes']),
    role_connection_limit: limits?.['of_role'],
    database_connection_limit: limits?.['of_database'],
  };
  const status = {
    connections: connections?.['n'],
    ssl: encryption && onOff(encryption['ssl']),
    ssl_version: encryption?.['version'],
    ssl_cipher: encryption?.['cipher'],
  };
  const told = (values: Record<string, string | null | undefined>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value == null ? [] : [[name, value]])));
  return {
    engine: 'postgresql',
    version: who?.['version'] ?? '',
    comment: null,
    signs,
    variables: { ...variables, ...Object.fromEntries(encodings), ...told(own) },
    status: told(status),
  };
};
