import { checks } from '../../checks/index.ts';
import { asRun } from '../as-run.ts';
import type { Recording } from '../host/evidence.ts';
import { asHost, judgedFrom } from '../judged.ts';
import type { Report } from '../model.ts';
import { planOf, type Selection } from '../plan.ts';
import { viewOf } from './default-view.ts';
import { theSpec } from './the-spec.ts';

/** A run without options. */
const PLAIN: Omit<Selection, 'phase' | 'shape'> = {
  profile: 'production',
  ...{ strict: false, quick: false, offline: false },
  ...{ only: [], skip: [], waivers: new Map(), optIns: new Set() },
};
const UNTOLD = { phase: null, shape: null, api: { url: null } };

/** A recording's report by the built-in spec: judged like another run, else as a run without options. Its time is the recording's. */
export const judgeRecording = async ({ evidence, recordedAt }: Recording, like: Report | null): Promise<Report> => {
  const ask = asHost(evidence);
  const selection = like ? asRun(like, checks) : { ...PLAIN, ...(await viewOf(UNTOLD, ask, evidence)) };
  const report = await judgedFrom(planOf(await theSpec(), checks, selection), ask);
  return { ...report, run: { ...report.run, startedAt: recordedAt } };
};
