import { type Endpoint, endpointOf } from './endpoint.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** The Engine that is asked: the one that Docker's own client would ask, unless it is beyond this host and `--offline` holds. */
export const askedEndpoint = async (environment: Environment = process.env): Promise<Endpoint> => {
  const endpoint = await endpointOf(environment);
  const offline = ['1', 'true'].includes(environment['WA_PREFLIGHT_OFFLINE'] ?? '');
  const { way } = endpoint;
  if (!offline || way === null || way.kind === 'socket' || LOOPBACK.test(way.host)) return endpoint;
  const { name, from, local } = endpoint;
  return { name, from, local, way: null, unusable: 'it is on another machine, and --offline was given' };
};
