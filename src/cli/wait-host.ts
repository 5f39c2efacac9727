import { resolve } from 'node:path';
import type { ApiOptions } from '../host/api-login.ts';
import { bounded } from '../host/bounded.ts';
import { checked } from '../host/checked.ts';
import { hostOf } from '../host/host.ts';
import { apiAccess } from '../host/live/api/access.ts';
import { accessOf } from '../host/live/database/access.ts';
import { dockerAccess } from '../host/live/docker/access.ts';
import { live } from '../host/live/live.ts';
import { type Person, prompted } from '../host/prompted.ts';
import type { WaitHost } from '../wait/poll.ts';

/** How long the farewell of a wait may take, ms: it is told apart from its last poll by no more than a second. */
const FAREWELL_MS = 600;

/** This host as a wait asks it: its Docker and the API, and no database; every question anew, each by its deadline. */
export const waitHost = (options: ApiOptions, person: Person | null) => {
  const docker = dockerAccess();
  const api = apiAccess({ ...options, ca: options.ca === null ? null : resolve(options.ca) }, docker);
  const access = accessOf(() => Promise.reject(new Error('a wait asks no database')), docker);
  const nothing = { awsTemplate: null, phoneNumber: null, accountCertificate: null };
  const around = { target: null, quick: true, compose: null, given: nothing, testWebhook: false };
  const ask = checked(prompted(bounded(live({ ...around, access, docker, api })), { database: access, api }, person));
  const host: WaitHost = {
    with: (signal) => hostOf(ask, { signal, progress: () => {} }),
    person: person !== null,
    renewDocker: docker.renew,
    renewApi: api.renew,
  };
  return {
    host,
    /** Logs out; never rejects, and never takes long. */
    close: async (): Promise<void> => {
      const { promise: late, resolve: end } = Promise.withResolvers<void>();
      const timer = setTimeout(end, FAREWELL_MS);
      await Promise.race([api.close(), late]);
      clearTimeout(timer);
    },
  };
};
