import { topologyOf } from '../facts/deployment/topology.ts';
import { api } from '../host/answers/api.ts';
import { type Deployment, deployment } from '../host/answers/deployment.ts';
import type { Evidence } from '../host/evidence.ts';
import { type Ask, keyOf, type Question } from '../host/host.ts';
import type { Phase, Shape } from '../model.ts';
import type { CheckOptions } from './options.ts';

/** How long the host may take to tell whether the client is there, ms: an Engine that is well takes a tenth of it. */
const PATIENCE = 1000;

const QUESTION: Question = ['docker', 'deployment'];
const ENDPOINT = keyOf(['api', 'endpoint']);

/** The deployment, null where there is none or it is not told in time; what was asked goes on for the run. */
const found = async (ask: Ask): Promise<Deployment | null> => {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), PATIENCE);
  const asking = { signal: new AbortController().signal, progress: () => {} };
  const told = ask(QUESTION, asking).catch(() => null);
  const read = deployment.safeParse(await Promise.race([told, late]));
  clearTimeout(timer);
  return read.success && read.data.nothing === null ? read.data : null;
};

const recordedApi = (evidence: Evidence | null): boolean => {
  const entry = evidence?.[ENDPOINT];
  const read = api.endpoint.safeParse(entry && 'value' in entry ? entry.value : null);
  return read.success && read.data.url !== null;
};

/**
 * What a run is about where the command line does not say: before the install, and after it too where there is a client to
 * look at; the shape of the deployment that is there.
 */
export const viewOf = async (
  {
    phase,
    shape,
    api: { url },
  }: Pick<CheckOptions, 'phase' | 'shape'> & { readonly api: Pick<CheckOptions['api'], 'url'> },
  ask: Ask,
  recording: Evidence | null,
): Promise<{ readonly phase: Phase | 'all'; readonly shape: Shape }> => {
  if (phase !== null && shape !== null) return { phase, shape };
  const there = await found(ask);
  const client = there !== null || url !== null || recordedApi(recording);
  return { phase: phase ?? (client ? 'all' : 'before'), shape: shape ?? (there ? topologyOf(there) : 'single') };
};
