import * as z from 'zod/mini';
import type { DockerAnswers } from '../../answers.ts';
import { type Endpoint, endpointOf, type Way } from './endpoint.ts';
import { type Answer, EngineFault, jsonOf, request, wordsOf } from './request.ts';

type Engine = DockerAnswers['engine'];

/** An Engine that answers within this is not silent, ms: well below the common deadline of a question. */
const PATIENCE = 3500;

/** `GET /version`, as much of it as is used; old Engines name no components. */
const versionBody = z.object({
  Version: z.string(),
  ApiVersion: z.optional(z.string()),
  MinAPIVersion: z.optional(z.string()),
  Os: z.optional(z.string()),
  Arch: z.optional(z.string()),
  KernelVersion: z.optional(z.string()),
  Platform: z.catch(z.optional(z.object({ Name: z.string() })), undefined),
  Components: z.nullish(z.array(z.object({ Name: z.string(), Version: z.string() }))),
});
type VersionBody = z.infer<typeof versionBody>;

const versionOf = (answer: Answer): VersionBody => {
  if (answer.status === 401 || answer.status === 403) throw new EngineFault('denied', `it answered ${wordsOf(answer)}`);
  const body = versionBody.safeParse(jsonOf(answer));
  if (answer.status === 200 && body.success) return body.data;
  // An Engine in trouble answers with its own JSON message; anything else is something else.
  const said = z.object({ message: z.string() }).safeParse(jsonOf(answer));
  if (answer.status >= 500 && said.success) throw new EngineFault('unusable', `it answered ${wordsOf(answer)}`);
  const what = answer.status === 200 ? 'something that is no version of an Engine' : wordsOf(answer).slice(0, 200);
  throw new EngineFault('not-an-engine', `it answered ${what}`);
};

const productOf = ({ Components }: VersionBody, { headers }: Answer): 'docker' | 'podman' =>
  headers['libpod-api-version'] !== undefined || Components?.some(({ Name }) => /podman/i.test(Name))
    ? 'podman'
    : 'docker';

type Reached = { readonly answer: Engine; readonly way: Way | null; readonly version: VersionBody | null };

const reach = async (endpoint: Endpoint, signal: AbortSignal): Promise<Reached> => {
  const { name, from, local } = endpoint;
  const base = { endpoint: name, from, local };
  const fault = (state: Engine['state'], detail: string): Reached => ({
    answer: { ...base, state, detail, product: null },
    way: null,
    version: null,
  });
  if (!endpoint.way) return fault('unusable', endpoint.unusable);
  try {
    const answer = await request(endpoint.way, { path: '/version' }, signal, PATIENCE);
    const version = versionOf(answer);
    const reached: Engine = { ...base, state: 'reachable', detail: null, product: productOf(version, answer) };
    return { answer: reached, way: endpoint.way, version };
  } catch (error) {
    if (error instanceof EngineFault) return fault(error.state, error.message);
    throw error;
  }
};

/** Which Engine Docker's own client would ask, and how it answered; rejects only when cancelled. */
export const engine = async (signal: AbortSignal): Promise<Engine> => (await reach(await endpointOf(), signal)).answer;

/** The Engine, when it answers; otherwise an error whose words say which one and why not. */
export const reachable = async (signal: AbortSignal) => {
  const { answer, way, version } = await reach(await endpointOf(), signal);
  if (way && version) return { way, version, engine: answer };
  throw new Error(`the Docker Engine at ${answer.endpoint} gave no answer (${answer.state}): ${answer.detail}`);
};
