import type { ApiOptions, GivenApiLogin } from '../../api-login.ts';
import type { DockerAccess } from '../docker/access.ts';

/** The way to the API within one run: one endpoint, one login, one session. */
export type ApiAccess = {
  readonly options: ApiOptions;
  /** Takes a login that a person gave: the next question uses it. */
  readonly give: (given: GivenApiLogin) => void;
  /** Logs out where somebody was logged in, and closes what is open; never rejects. */
  readonly close: () => Promise<void>;
  /** Forgets what was found, so that the next run looks anew. */
  readonly renew: () => void;
};

export const apiAccess = (options: ApiOptions, _docker: DockerAccess): ApiAccess => ({
  options,
  give: () => {},
  close: async () => {},
  renew: () => {},
});
