import { skip, Unasked } from '../check.ts';
import type { FoundLogin, LoginPlace } from '../host/answers/database.ts';
import type { Host } from '../host/host.ts';
import type { Finding } from '../model.ts';

const HOW =
  'Give a login: --db-env-file db.env, the WA_DB_* variables, --db-url with ~/.pgpass, ~/.my.cnf or MYSQL_PWD, or type it in on a terminal.';

const STATES: Readonly<Record<LoginPlace['state'], string>> = {
  used: 'used',
  'not-given': 'not given',
  'not-found': 'not found',
  incomplete: 'incomplete',
  unreadable: 'unreadable',
  'not-needed': 'not needed',
};

/** A place of the login chain and what it came to: "--db-env-file not given". */
const placeWords = ({ place, state, detail }: LoginPlace): string =>
  `${place} ${STATES[state]}${detail ? ` (${detail})` : ''}`;

/** No login is no fault of a host: says where one was looked for, and how to give one. */
export const noLogin = (places: readonly LoginPlace[]): Finding =>
  skip(
    places.length === 0
      ? 'There is no database login'
      : `There is no database login: ${places.map(placeWords).join(', ')}`,
    { remedy: HOW },
  );

/** The login in use; without one there is nothing to measure, and the check is `skip`. */
export const loginOf = async (host: Host): Promise<FoundLogin> => {
  const { found, places } = await host.database('login');
  if (!found) throw new Unasked(noLogin(places));
  return found;
};

/** An engine as people call it. */
export const ENGINE_NAMES = { mysql: 'MySQL', postgresql: 'PostgreSQL' } as const;
