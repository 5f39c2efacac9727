/** Deeper than anything this tool writes; data nested further is an attack on whatever walks it. */
export const DEEPEST = 64;

/** Whether data is nested deeper than any that this tool writes. Walks by levels, so that no depth can overflow it. */
export const tooDeep = (json: unknown): boolean => {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return false;
};
