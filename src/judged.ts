import { checked } from './host/checked.ts';
import { type Evidence, recorded, replayed } from './host/evidence.ts';
import type { Ask } from './host/host.ts';
import type { Report } from './model.ts';
import type { Plan } from './plan.ts';
import { run } from './run.ts';

/** Evidence as a host that answers each question once, in the promised shape or not at all. */
export const asHost = (evidence: Evidence): Ask => recorded(checked(replayed(evidence)), {});

/** The whole report of a plan on a recorded host. Nothing is asked on this machine. */
export const judgedFrom = async (plan: Plan, ask: Ask): Promise<Report> => {
  let last: Report | undefined;
  for await (const report of run(plan, ask, { signal: new AbortController().signal, replayed: true })) last = report;
  if (!last) throw new Error('the run gave no report');
  return last;
};
