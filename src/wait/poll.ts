import { shardCount } from '../facts/api/nodes.ts';
import { readinessOf } from '../facts/api/readiness.ts';
import type { ApiAnswers } from '../host/answers/api.ts';
import type { Host } from '../host/host.ts';
import { clientsIn, type Seen } from './containers.ts';
import type { Look } from './look.ts';

/** The host as a wait asks it: every question anew. */
export type WaitHost = {
  /** A host whose questions end with the signal. */
  readonly with: (signal: AbortSignal) => Host;
  /** Whether a person can be asked for a login. */
  readonly person: boolean;
  /** Forgets what Docker told, so that the next poll looks anew. */
  readonly renewDocker: () => void;
  /** Forgets the endpoint and the session. */
  readonly renewApi: () => void;
};

/** Logins of one wait: one, and one more where the first one's token stopped being taken. */
const MOST_LOGINS = 2;

/** How long Docker is waited for when the API has told all, ms: it tells of restarts, and decides nothing else. */
const DOCKER_MS = 1000;

/** What a promise comes to, null where that takes longer. */
const inTime = async <T>(work: Promise<T>, ms: number): Promise<T | null> => {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
};

const hasSession = (login: ApiAnswers['login'] | null): boolean => login?.state === 'token' || login?.state === 'key';

/** Looks at the deployment once, each time it is called; it keeps the session from one call to the next. */
export const poller = (host: WaitHost): ((signal: AbortSignal) => Promise<Look>) => {
  let endpoint: ApiAnswers['endpoint'] | null = null;
  let login: ApiAnswers['login'] | null = null;
  let shards: number | null = null;
  let counted = false;
  let logins = 0;
  let polls = 0;
  let looking: Promise<readonly Seen[]> | null = null;

  return async (signal) => {
    const failed: string[] = [];
    const told = <T>(asked: Promise<T>): Promise<T | null> =>
      asked.catch((error: unknown) => {
        signal.throwIfAborted();
        failed.push(error instanceof Error ? error.message : String(error));
        return null;
      });
    const asked = host.with(signal);
    const enter = async () => {
      endpoint = await told(asked.api('endpoint'));
      // A person is asked for a login where there is something to log in at.
      const ready = endpoint?.tls || (!host.person && endpoint?.url);
      login = ready ? await told(asked.api('login')) : null;
      if (hasSession(login)) logins += 1;
    };
    const nodes = () =>
      Promise.all([told(asked.api('health')), login?.state === 'token' ? told(asked.api('support')) : null]);

    const inDocker = async (): Promise<readonly Seen[]> => {
      if (polls > 0) host.renewDocker();
      return clientsIn(await told(asked.docker('deployment')));
    };
    // An Engine that hangs is asked no second time meanwhile.
    looking ??= inDocker().finally(() => {
      looking = null;
    });
    const containers = looking;
    containers.catch(() => {});
    const inApi = async (): Promise<Omit<Look, 'containers' | 'failed'>> => {
      if (!hasSession(login)) {
        if (polls > 0) host.renewApi();
        await enter();
      }
      const none = { endpoint, login, health: null, support: null, further: [], shards };
      if (!hasSession(login)) return none;
      let [health, support] = await nodes();
      if (health?.status === 401 && login?.state === 'token' && logins < MOST_LOGINS) {
        host.renewApi();
        await enter();
        if (!hasSession(login)) return { ...none, endpoint, login };
        [health, support] = await nodes();
      }
      if (!health) return { ...none, endpoint, login };
      const calls = { health, support, further: [], shards };
      const first = readinessOf(calls, Date.now());
      const token = login?.state === 'token';
      if (token && !counted && first.topology !== null && first.topology !== 'single') {
        const call = await told(asked.api('shards'));
        // Told once, or refused once: neither changes.
        counted = call?.status === 200 || call?.status === 403 || call?.status === 404;
        shards = shardCount(call?.body ?? undefined);
      }
      const likely = readinessOf({ ...calls, shards }, Date.now()).phase === 'ready';
      // What says ready is asked for more, for a "service not ready" among the answers.
      const more = likely
        ? await Promise.all([told(asked.api('stats-app')), token ? told(asked.api('settings-application')) : null])
        : [];
      return { endpoint, login, health, support, further: more.flatMap((call) => (call ? [call] : [])), shards };
    };

    const api = await inApi();
    const seen = await inTime(containers, DOCKER_MS);
    if (seen === null) failed.push('Docker did not tell of the containers in time');
    polls += 1;
    return { ...api, containers: seen ?? [], failed };
  };
};
