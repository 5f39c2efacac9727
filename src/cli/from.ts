import { checks } from '../../checks/index.ts';
import { asRun } from '../as-run.ts';
import type { Report, Waiver } from '../model.ts';
import type { Plan, Selection } from '../plan.ts';
import type { CheckOptions } from './options.ts';
import { type Judgeable, judgeable, readSubject } from './subject.ts';

/** What `--from` names: the evidence, and the report of its run where it is a bundle. */
export const readFrom = async (file: string): Promise<Judgeable> => judgeable(await readSubject(file, '--from'));

/** What is judged of a bundle: what its run was asked for, but for what this call says itself. */
export const selectedAgain = (ran: Report, asked: CheckOptions, waivers: ReadonlyMap<string, Waiver>): Selection => {
  const was = asRun(ran, checks);
  const { only, skip, profile, phase, shape } = asked;
  const others = only.length + skip.length > 0 || (phase !== null && phase !== was.phase);
  return {
    profile: profile ?? was.profile,
    phase: phase ?? was.phase,
    shape: shape ?? was.shape,
    strict: asked.strict || was.strict,
    quick: asked.quick || was.quick,
    offline: asked.offline || was.offline,
    optIns: new Set([...was.optIns, ...asked.optIns]),
    only: others ? only : was.only,
    skip,
    waivers: asked.waivers === null ? was.waivers : waivers,
  };
};

const PHASE_WORDS = { before: 'before the install', after: 'after the install', all: 'before and after the install' };

/** What a person must know of a bundle's verdict beside it: by what it was judged, where that is not what this call says. */
export const notesOn = (
  ran: Report,
  { profile, phase, shape, strict, spec, checks: planned }: Plan,
): readonly string[] => {
  const view = [profile, PHASE_WORDS[phase], shape, ...(strict ? ['strict'] : [])].join(', ');
  const waived = planned.filter(
    ({ check, waiver }) => waiver && ran.checks.some((one) => one.id === check.id && one.waived),
  );
  const [then, now] = [ran.spec, spec].map(({ name, version }) => `${name} ${version}`);
  return [
    `Judging the bundle as its run was asked to, where nothing else is said: ${view}.`,
    ...(waived.length > 0
      ? [`Waived as in its run: ${waived.map(({ check }) => check.id).join(', ')}. --waivers FILE takes others.`]
      : []),
    ...(then === now ? [] : [`Its run was judged by ${then}, this one is by ${now}.`]),
  ];
};
