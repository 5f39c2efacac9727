import { resolve } from 'node:path';
import { checks } from '../../checks/index.ts';
import { bounded } from '../host/bounded.ts';
import { checked } from '../host/checked.ts';
import { type Evidence, recorded, replayed } from '../host/evidence.ts';
import type { Ask } from '../host/host.ts';
import { live } from '../host/live/live.ts';
import { type Plan, planOf, readWaivers } from '../plan.ts';
import { readSpec } from '../spec.ts';
import { readInput, readRecording } from './input.ts';
import type { CheckOptions } from './options.ts';
import { shipped } from './package-root.ts';

const QUESTION_DEADLINE_MS = 10_000;

/** Everything a run needs. `ask` makes a host that asks each question anew, and once; its answers land in `evidence`. */
export type Prepared = {
  readonly plan: Plan;
  readonly ask: () => Ask;
  readonly evidence: Evidence;
  readonly replayed: boolean;
};

/** Turns options into a plan and a host. Wrong options and unreadable files are usage errors. */
export const prepare = async (options: CheckOptions): Promise<Prepared> => {
  const overlay = options.spec ? { text: await readInput(options.spec, '--spec'), name: options.spec } : undefined;
  const spec = readSpec(checks, shipped('checks/specs/onprem.yaml'), overlay);
  const ids = checks.map((check) => check.id);
  const today = new Date().toISOString().slice(0, 10);
  const waivers = options.waivers
    ? readWaivers(await readInput(options.waivers, '--waivers'), options.waivers, ids, today)
    : new Map();
  const recording = options.from ? await readRecording(options.from) : undefined;
  const plan = planOf(spec, checks, { ...options, phase: options.phase ?? 'before', waivers });
  const evidence: Evidence = {};
  const target = options.target === null ? null : resolve(options.target);
  const host = recording
    ? replayed(recording.evidence)
    : bounded(live({ target, quick: options.quick }), options.checkTimeout ?? QUESTION_DEADLINE_MS);
  return {
    plan,
    ask: () => recorded(checked(host), evidence),
    evidence,
    replayed: recording !== undefined,
  };
};
