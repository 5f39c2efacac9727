import { checks } from '../../checks/index.ts';
import { asHost, judgedFrom } from '../../src/judged.ts';
import { planOf } from '../../src/plan.ts';
import { EVERYTHING, SPEC } from '../support/corpus-run.ts';
import { corpus } from '../support/hosts.ts';
import { cleanedEvidence } from '../support/pseudonyms.ts';
import type { Row } from './measure.ts';

/** Every host of the corpus judged by its evidence and by what of that stands in a bundle: verdicts and figures that differ. */
export const benchReplay = async (): Promise<readonly Row[]> => {
  const differ: string[] = [];
  let judged = 0;
  for (const { name, evidence, profile, shape, quick } of corpus) {
    const plan = planOf(SPEC, checks, { ...EVERYTHING, profile, shape, quick });
    const [was, is] = [
      await judgedFrom(plan, asHost(evidence)),
      await judgedFrom(plan, asHost(cleanedEvidence(evidence))),
    ];
    for (const [at, one] of was.checks.entries()) {
      const other = is.checks[at];
      judged += 1;
      const figure = (result: typeof other) =>
        typeof result?.measured?.value === 'number' ? result.measured.value : null;
      if (one.outcome !== other?.outcome || figure(one) !== figure(other)) differ.push(`${name} ${one.id}`);
    }
  }
  return [
    {
      name: `verdicts of ${corpus.length} hosts that redaction changes`,
      ours: `${differ.length}${differ[0] ? ` (${differ[0]})` : ''}`,
      reference: `${judged} verdicts`,
      ratio: null,
      target: '0',
      met: differ.length === 0,
    },
  ];
};
