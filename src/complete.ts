import type { Report } from './model.ts';

/** The planned checks of a report that have no result in it, or more than one. None in a report that may be shown. */
export const lacking = ({ run, checks }: Pick<Report, 'run' | 'checks'>): readonly string[] => {
  const results = checks.map(({ id }) => id);
  const once = (id: string) => results.filter((other) => other === id).length === 1;
  return [...new Set([...run.planned, ...results])].filter((id) => !once(id));
};

/** Throws for a report in which a planned check has no result: a check that vanished must not look like a good one. */
export const refuseIncomplete = (report: Pick<Report, 'run' | 'checks'>): void => {
  const [first, ...more] = lacking(report);
  if (first === undefined) return;
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  throw new Error(`the report is not complete: ${first}${others} was planned and has not exactly one result`);
};
