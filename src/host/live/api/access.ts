import type { ApiOptions, GivenApiLogin } from '../../api-login.ts';
import type { DockerAccess } from '../docker/access.ts';
import type { ApiSession } from './session.ts';
import type { LoginMemory } from './sign-in.ts';

/** How long the end of it all may take, ms: a stopped run has 1.5 s to leave. */
const FAREWELL = 1100;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The way to the API within one run: one endpoint, one login, one session, kept until `renew`. Calls are not kept: a node that is
 * asked twice is called twice (`wait` does so).
 */
export type ApiAccess = {
  readonly options: ApiOptions;
  /** What is open, loaded when it is first asked for; rejects after `close`. */
  readonly session: () => Promise<ApiSession>;
  /** Takes a login that a person gave: the next question uses it. */
  readonly give: (given: GivenApiLogin) => void;
  /** Logs out where somebody was logged in, and closes what is open; never rejects, and takes no longer than 1.1 s. */
  readonly close: () => Promise<void>;
  /** Forgets what was found, so that the next run looks anew; a password that was refused is not tried again even then. */
  readonly renew: () => void;
};

/**
 * `composed`: a Compose file is judged in place of what runs here, so no container here is asked. `environment` holds WA_API_*;
 * proxies that are set in it are not used, by anything here.
 */
export const apiAccess = (
  options: ApiOptions,
  docker: DockerAccess,
  { composed = false, environment = process.env }: { composed?: boolean; environment?: Environment } = {},
): ApiAccess => {
  let open: Promise<ApiSession> | null = null;
  let given: GivenApiLogin | null = null;
  let memory: LoginMemory = { refused: null };
  let closed = false;
  const ending = new Set<Promise<void>>();
  const end = (): void => {
    const ended = open?.then((session) => session.close()).catch(() => {});
    open = null;
    if (!ended) return;
    ending.add(ended);
    ended.then(() => ending.delete(ended));
  };
  const session = (): Promise<ApiSession> => {
    if (closed) return Promise.reject(new Error('the run is over'));
    open ??= import('./open-session.ts').then(({ openSession }) =>
      openSession({ options, docker: composed ? null : docker, environment, given, memory }),
    );
    return open;
  };
  return {
    options,
    session,
    give: (one) => {
      end();
      if (one.login || one.url) memory = { refused: null };
      given = {
        login: one.login ?? given?.login ?? null,
        trusted: one.trusted ?? given?.trusted ?? null,
        url: one.url ?? given?.url ?? null,
      };
    },
    close: async () => {
      closed = true;
      end();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FAREWELL);
      await Promise.race([Promise.all(ending), late]);
      clearTimeout(timer);
    },
    renew: () => {
      closed = false;
      end();
    },
  };
};
