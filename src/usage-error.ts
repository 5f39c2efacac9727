import { distance } from 'fastest-levenshtein';

/** A wrong call: an option, a spec or a file that cannot be used. Its message is the one sentence the user gets; exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `, did you mean "x"?` for the nearest of the known words, or nothing where none is near. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const [nearest] = known
    .map((candidate) => ({ candidate, far: distance(word, candidate) }))
    .sort((a, b) => a.far - b.far);
  return nearest && nearest.far <= Math.max(2, word.length / 3) ? `, did you mean "${nearest.candidate}"?` : '';
};
