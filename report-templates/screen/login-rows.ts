import type { Pending, Report } from '../../src/model.ts';
import type { LoginPart } from './login-form.ts';
import { type LoginsShown, partsOf, wantedIn } from './login-parts.ts';

type Around = { readonly report: Report; readonly logins: LoginsShown };

/** Groups whose checks all want a login, and the question by which others want it. */
const WAITING: Readonly<Record<LoginPart, { readonly groups: readonly string[]; readonly asking: string }>> = {
  database: { groups: ['database'], asking: 'database "login"' },
  api: { groups: ['api', 'webhook'], asking: 'api "login"' },
};

/** Checks that a login is needed for and that have no result yet. */
export const waitingIn = ({ pending }: Report, part: LoginPart): readonly Pending[] => {
  const { groups, asking } = WAITING[part];
  return pending.filter((one) => groups.includes(one.group) || one.asking === asking);
};

/** The report as it is shown while checks wait for a login: they are not running, and say what they wait for. */
export const waitingForLogin = (report: Report, logins: LoginsShown): Report => {
  const waits = new Set(wantedIn(logins).flatMap((part) => waitingIn(report, part)));
  if (waits.size === 0) return report;
  return {
    ...report,
    pending: report.pending.map((one) => {
      if (!waits.has(one)) return one;
      const { asking: _asked, progress: _none, ...rest } = one;
      return { ...rest, state: 'waiting' as const, note: 'waits for a login' };
    }),
  };
};

const IN_USE: readonly string[] = ['token', 'key'];

const isMissing = ({ report, logins: { database, api } }: Around, part: LoginPart): boolean => {
  if (part === 'api')
    // Nothing is missing before it was looked for.
    return (
      api !== null && (api.wanted || (api.places.length > 0 && (!IN_USE.includes(api.state) || api.untrusted !== null)))
    );
  const connect = report.checks.find(({ id }) => id === 'database.connect');
  const failed = connect !== undefined && connect.outcome !== 'pass' && connect.outcome !== 'warn';
  return database !== null && (database.wanted || failed);
};

/** The logins that are missing: checks wait for them, or those in use led nowhere. */
export const missingIn = (shown: Around): readonly LoginPart[] => {
  const missing = partsOf(shown.logins).filter((part) => isMissing(shown, part));
  const wanted = wantedIn(shown.logins);
  return [...wanted, ...missing.filter((part) => !wanted.includes(part))];
};
