import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Facts, type Seen, unreachable } from './cluster.ts';
import { CONTROL_PORT, type Deployment, type Node } from './deployment.ts';

// How the stand-in's Webapp speaks with its Coreapps: plain HTTP on the control port. What the client speaks there is not
// published; what goes wrong there is (onprem-api.md 3.12, code 1014), and goes wrong here for the same reasons.

/** Says which WA_SECRET a program has, without telling it. */
export const SECRET_HEADER = 'x-stand-in-secret';
export const secretSign = (): string =>
  createHash('sha256')
    .update(`stand-in ${process.env['WA_SECRET'] ?? ''}`)
    .digest('hex');

/** The client waits 45 s for a Coreapp that took the connection; a lab need not. */
const PATIENCE_MS = 1500;

const WHY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ENOTFOUND: 'php_network_getaddresses: getaddrinfo failed: Name or service not known',
  EAI_AGAIN: 'php_network_getaddresses: getaddrinfo failed: Temporary failure in name resolution',
  EHOSTUNREACH: 'No route to host',
};

const ask = async (host: string): Promise<Facts | string> => {
  const { promise, resolve } = Promise.withResolvers<Facts | string>();
  let connected = false;
  const headers = { [SECRET_HEADER]: secretSign() };
  const asked = request(
    { host, port: CONTROL_PORT, path: '/facts', headers, timeout: PATIENCE_MS, agent: false },
    async (response) => {
      const body = await text(response).catch(() => '');
      if (response.statusCode === 401) return resolve('Communication failure: Unable to decrypt payload.');
      if (response.statusCode !== 200) return resolve(`Communication failure: ${response.statusCode}`);
      return resolve(JSON.parse(body) as Facts);
    },
  );
  asked.on('socket', (socket) =>
    socket.once('connect', () => {
      connected = true;
    }),
  );
  asked.on('timeout', () => {
    resolve(connected ? 'Communication failure: timeout on receiving an answer' : unreachable(host));
    asked.destroy();
  });
  asked.on('error', (error: NodeJS.ErrnoException) => resolve(unreachable(host, WHY[error.code ?? ''])));
  asked.end();
  return promise;
};

/** Asks every node at once. A single instance has its Coreapp where WACORE_HOSTNAME says. */
const askAll = ({ nodes, topology }: Deployment): Promise<readonly Seen[]> =>
  Promise.all(
    nodes.map(async (node: Node): Promise<Seen> => {
      const host = topology === 'single' ? (process.env['WACORE_HOSTNAME'] ?? node.service) : node.service;
      const facts = await ask(host);
      return typeof facts === 'string' ? { node, facts: null, fault: facts } : { node, facts, fault: null };
    }),
  );

let asking: Promise<readonly Seen[]> | null = null;

/** Asks every node of the deployment; calls that come meanwhile get the same answer. */
export const askCoreapps = (deployment: Deployment): Promise<readonly Seen[]> => {
  asking ??= askAll(deployment).finally(() => {
    asking = null;
  });
  return asking;
};
