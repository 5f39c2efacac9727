import type { Session } from './engine.ts';
import type { DatabaseOrder } from './order.ts';
import type { Row } from './rows.ts';
import { openSession } from './session.ts';
import { answerWithout } from './without-password.ts';

/** Asks in a session of its own, which is closed whatever comes of it. The password is in no answer. */
export const withSession = async <T>(order: DatabaseOrder, ask: (session: Session) => Promise<T>): Promise<T> => {
  const session = await openSession(order);
  try {
    return answerWithout(await ask(session), order.login);
  } finally {
    await session.close();
  }
};

/** The rows of a statement that a server may not know or not allow; none where it is so, and the other questions go on. */
export const ifTold = (
  session: Session,
  statement: string,
  parameters?: readonly string[],
): Promise<readonly Row[] | null> => session.query(statement, parameters).catch(() => null);

/** A table of names and values by these columns, of the names that the statement lists. */
export const tableOf = async (
  session: Session,
  statement: string,
  [name, value]: readonly [string, string],
): Promise<Record<string, string>> => {
  const rows = (await ifTold(session, statement)) ?? [];
  return Object.fromEntries(
    rows.flatMap((row) => {
      const [key, told] = [row[name], row[value]];
      return key == null || told == null || !statement.includes(`'${key}'`) ? [] : [[key, told]];
    }),
  );
};
