import type { Json } from '../../../model.ts';
import type { DatabaseOrder } from '../../child/database/order.ts';
import type { Asking } from '../../host.ts';
import { askChild } from '../child.ts';
import type { DatabaseAccess } from './access.ts';

/** Longest time of one question to a database, ms: each of its steps has its own limit of less. */
const DEADLINE = 9500;
const LONG = 19_500;

/** What a database is asked, each in a measuring child of its own. */
export type DatabaseTopic = 'connect' | 'server' | 'rights' | 'size' | 'latency' | 'commit-latency';

const deadlineOf = (topic: DatabaseTopic): number => (topic.endsWith('latency') ? LONG : DEADLINE);

/** Asks the database in a child of its own, which is ended at the deadline and with it the connection. */
export const askDatabase = async (topic: DatabaseTopic, access: DatabaseAccess, asking: Asking): Promise<Json> => {
  const login = await access.login(asking);
  const order: DatabaseOrder = { login, address: access.address };
  const deadline = deadlineOf(topic);
  return askChild(
    { ask: `database-${topic}`, about: order },
    asking,
    deadline,
    () => `no answer within ${deadline / 1000} s`,
  );
};
