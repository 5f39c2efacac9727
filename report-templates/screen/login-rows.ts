import type { Pending, Report } from '../../src/model.ts';
import type { LoginShown } from './login-form.ts';

/** Checks that a database login is needed for and that have no result yet. */
export const waitingIn = ({ pending }: Report): readonly Pending[] =>
  pending.filter(({ group }) => group === 'database');

/** The report as it is shown while checks wait for a login: they are not running, and say what they wait for. */
export const waitingForLogin = (report: Report, login: LoginShown | null): Report => {
  if (!login?.wanted) return report;
  const waits = new Set(waitingIn(report));
  return {
    ...report,
    pending: report.pending.map((one) => {
      if (!waits.has(one)) return one;
      const { asking: _asked, progress: _none, ...rest } = one;
      return { ...rest, state: 'waiting' as const, note: 'waits for a login' };
    }),
  };
};

/** Whether a login is what is missing: checks wait for one, or the one in use led nowhere. */
export const needsLogin = ({
  report,
  login,
}: {
  readonly report: Report;
  readonly login: LoginShown | null;
}): boolean => {
  if (!login) return false;
  const connect = report.checks.find(({ id }) => id === 'database.connect');
  return login.wanted || (connect !== undefined && connect.outcome !== 'pass' && connect.outcome !== 'warn');
};
