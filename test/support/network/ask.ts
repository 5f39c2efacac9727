// Asks one question about the network, as a live host does, in the network that it is run in; prints the answer and how long it took.

import { dockerAccess } from '../../../src/host/live/docker/access.ts';
import { networkAccess } from '../../../src/host/live/network/access.ts';
import { askNetwork } from '../../../src/host/live/network/ask.ts';

const [topic = '', ...args] = process.argv.slice(2);
const docker = dockerAccess();
const api = { session: () => Promise.reject(new Error('there is no API')) } as never;
const access = { docker, api, network: networkAccess(docker), testWebhook: false };
const since = performance.now();
const asking = { signal: new AbortController().signal, progress: () => {} };
const told = await askNetwork(topic, args, asking, access).then(
  (answer) => ({ answer }),
  (error: Error) => ({ error: error.message }),
);
console.log(JSON.stringify({ ...told, ms: performance.now() - since }));
process.exit(0);
