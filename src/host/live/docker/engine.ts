import { stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { DockerAnswers } from '../../answers/docker.ts';
import { askedEndpoint } from './asked-endpoint.ts';
import type { Endpoint, Way } from './endpoint.ts';
import { EngineFault } from './engine-fault.ts';
import { lenient } from './lenient.ts';
import { type Answer, jsonOf, request, wordsOf } from './request.ts';

type Engine = DockerAnswers['engine'];

/** An Engine that answers within this is not silent, ms: well below the common deadline of a question. */
const PATIENCE = 3500;

const text = lenient(z.string());

/** `GET /version`, as much of it as is used. A version makes it an Engine; the rest is missing in old ones and in shims. */
const versionBody = z.object({
  Version: z.string(),
  ApiVersion: text,
  MinAPIVersion: text,
  Os: text,
  Arch: text,
  KernelVersion: text,
  Platform: lenient(z.object({ Name: z.string() })),
  Components: lenient(z.array(z.object({ Name: z.string(), Version: z.catch(z.string(), '') }))),
});
type VersionBody = z.infer<typeof versionBody>;

const versionOf = (answer: Answer): VersionBody => {
  if (answer.status === 401 || answer.status === 403) throw new EngineFault('denied', `it answered ${wordsOf(answer)}`);
  const body = versionBody.safeParse(jsonOf(answer));
  if (answer.status === 200 && body.success) return body.data;
  // In trouble, whatever it is: a proxy before an Engine says so as well, and no words tell them apart.
  if (answer.status >= 500) throw new EngineFault('unusable', `it answered ${wordsOf(answer).slice(0, 200)}`);
  if (answer.status === 400 && /\bHTTPS server\b/.test(answer.body))
    throw new EngineFault('unusable', 'it speaks TLS, which DOCKER_TLS_VERIFY or the context must ask for');
  const what = answer.status === 200 ? 'something that is no version of an Engine' : wordsOf(answer).slice(0, 200);
  throw new EngineFault('not-an-engine', `it answered ${what}`);
};

const productOf = ({ Components }: VersionBody, { headers }: Answer): 'docker' | 'podman' =>
  headers['libpod-api-version'] !== undefined || Components?.some(({ Name }) => /podman/i.test(Name))
    ? 'podman'
    : 'docker';

/** What stands in a socket's place; null where it is a socket. Docker itself puts a folder there when it is to mount none. */
const noSocket = async (way: Way): Promise<string | null> => {
  const found = way.kind === 'socket' ? await stat(way.path).catch(() => null) : null;
  if (!found || found.isSocket()) return null;
  return `it is a ${found.isDirectory() ? 'directory' : 'file'} and no socket`;
};

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
    if (!(error instanceof EngineFault)) throw error;
    const instead = error.state === 'refused' ? await noSocket(endpoint.way) : null;
    return instead ? fault('not-an-engine', instead) : fault(error.state, error.message);
  }
};

/** What a look at the Engine came to. */
export type EngineLook = Reached;
export type ReachedEngine = { readonly way: Way; readonly version: VersionBody; readonly engine: Engine };

/** Which Engine Docker's own client would ask, and how it answered; rejects only when cancelled. */
export const lookAtEngine = async (signal: AbortSignal): Promise<EngineLook> => reach(await askedEndpoint(), signal);

/** The Engine, when it answered; otherwise an error whose words say which one and why not. */
export const reachedIn = ({ answer, way, version }: EngineLook): ReachedEngine => {
  if (way && version) return { way, version, engine: answer };
  throw new Error(`the Docker Engine at ${answer.endpoint} gave no answer (${answer.state}): ${answer.detail}`);
};
