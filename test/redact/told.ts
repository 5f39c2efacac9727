import type { Truth } from './corpus/planted.ts';
import type { Score, Share } from './corpus/score.ts';

/** What a release must reach, of the core items; `hard` of the hard ones. */
const LEAST = { credentials: 1, personal: 0.995, network: 0.98, keep: 0.98, hard: 0.8 } as const;

const rate = ({ got, of }: Share): number => (of === 0 ? 1 : got / of);

/** The figures that fall short, in words; empty where all is well. */
export const short = (score: Score): readonly string[] =>
  Object.entries(LEAST).flatMap(([name, least]) => {
    const share = score[name as keyof typeof LEAST];
    if (rate(share) >= least) return [];
    return `${name}: ${(100 * rate(share)).toFixed(2)} % (${share.got} of ${share.of}), ${100 * least} % needed`;
  });

const SHOWN = 120;

/** Every leak and every lost decoy by class, with where it stood. The values are made up, so that they may be shown. */
export const told = (score: Score, truth: Truth): string => {
  const rows = truth.secrets.flatMap(({ id, class: name, hard, file, canary }) => {
    const leaks = score.leaks.get(id);
    if (!leaks) return [];
    const [first] = leaks;
    const hows = leaks.map(({ how }) => how).join(', ');
    return [
      `LEAK ${name}${hard ? ' (hard)' : ''} of ${file}: ${JSON.stringify(canary.slice(0, 60))} (${hows}) in ${first?.file}: ${JSON.stringify(first?.context.slice(-SHOWN))}`,
    ];
  });
  const lost = new Set(score.lost);
  const gone = truth.decoys.flatMap(({ class: name, value, file, hard }) =>
    lost.has(value) ? [`LOST ${name}${hard ? ' (hard)' : ''} of ${file}: ${JSON.stringify(value)}`] : [],
  );
  return [...rows.sort(), ...gone.sort()].join('\n');
};
