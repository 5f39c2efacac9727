import { ANSWERS } from '../../src/host/answers/answers.ts';
import type { ApiAnswers } from '../../src/host/answers/api.ts';
import type { ApiOptions, GivenApiLogin } from '../../src/host/api-login.ts';
import { type ApiAccess, apiAccess } from '../../src/host/live/api/access.ts';
import { askApi } from '../../src/host/live/api/ask.ts';
import { type DockerAccess, dockerAccess } from '../../src/host/live/docker/access.ts';

type Environment = Readonly<Record<string, string>>;
type Settings = Partial<ApiOptions> & {
  readonly environment?: Environment;
  readonly docker?: DockerAccess;
  readonly composed?: boolean;
};

/** The login that `healthy` of api-server.ts takes. */
export const RIGHT: Environment = { WA_API_USERNAME: 'wa', WA_API_PASSWORD: 'Correct-1' };

export type AskedApi = {
  readonly ask: <Topic extends keyof ApiAnswers>(topic: Topic, signal?: AbortSignal) => Promise<ApiAnswers[Topic]>;
  readonly give: (given: Partial<GivenApiLogin>) => void;
  readonly access: ApiAccess;
  readonly close: () => Promise<void>;
};

/** The API as a run asks it: each answer has the shape that is promised, or this throws. */
export const askedApi = ({
  environment = {},
  docker = dockerAccess(),
  composed = false,
  ...options
}: Settings): AskedApi => {
  const all = { url: null, ca: null, fingerprint: null, testMessageTo: null, ...options };
  const access = apiAccess(all, docker, { environment, composed });
  return {
    access,
    ask: async (topic, signal = new AbortController().signal) => {
      const told = await askApi(topic, { signal, progress: () => {} }, access);
      return ANSWERS.api[topic].parse(told) as never;
    },
    give: (given) => access.give({ login: null, trusted: null, url: null, ...given }),
    close: access.close,
  };
};
