import { checks } from '../../checks/index.ts';
import type { Spec } from '../spec.ts';
import { builtBeside, shipped } from './package-root.ts';

/** The built-in spec as the build wrote it: read and validated then, so that a run need not do so again. */
export const BUILT_SPEC = 'spec.json';

/** The spec of a run: the built-in one, and what an overlay changes of it. */
export const theSpec = async (overlay?: { readonly text: string; readonly name: string }): Promise<Spec> => {
  const built = overlay ? null : builtBeside(BUILT_SPEC);
  if (built) return JSON.parse(built) as Spec;
  const { readSpec } = await import('../read-spec.ts');
  return readSpec(checks, shipped('checks/specs/onprem.yaml'), overlay);
};
