import { skip, Unasked } from '../../check.ts';
import type { FoundLogin, LoginPlace } from '../../host/answers/database.ts';
import type { Host } from '../../host/host.ts';
import type { Finding } from '../../model.ts';

const HOW =
  'Give a login: --db-env-file db.env, the WA_DB_* variables, --db-url with ~/.pgpass, ~/.my.cnf or MYSQL_PWD, or type it in on a terminal.';

const BEGUN: readonly LoginPlace['state'][] = ['incomplete', 'unreadable'];

/** A place that holds something, but no whole login: "WA_DB_* variables are incomplete (WA_DB_PASSWORD is missing)". */
const begunWords = ({ place, state, detail }: LoginPlace): string =>
  `${place}: ${state}${detail ? ` (${detail})` : ''}`;

/** No login is no fault of a host: names the places that hold a part of one, else those that were looked at. */
export const noLogin = (places: readonly LoginPlace[]): Finding => {
  const begun = places.filter(({ state }) => BEGUN.includes(state)).map(begunWords);
  const where = begun.length > 0 ? begun : places.map(({ place }) => place);
  return skip(`There is no database login${where.length > 0 ? ` (looked at ${where.join('; ')})` : ''}. ${HOW}`, {
    remedy: HOW,
  });
};

/** Said by the checks that want a login beside the one that tells where it was looked for. */
const WITHOUT_LOGIN = skip('There is no database login: see database.connect.', {
  subject: 'database.connect',
  remedy: HOW,
});

/** The login in use; without one there is nothing to measure, and the check is `skip`. */
export const loginOf = async (host: Host): Promise<FoundLogin> => {
  const { found } = await host.database('login');
  if (!found) throw new Unasked(WITHOUT_LOGIN);
  return found;
};

/** An engine as people call it. */
export const ENGINE_NAMES = { mysql: 'MySQL', postgresql: 'PostgreSQL' } as const;
