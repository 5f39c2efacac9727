import { request as http } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { connect } from '../../src/host/live/docker/connection.ts';
import { endpointOf, type Way } from '../../src/host/live/docker/endpoint.ts';
import { type Answer, type Asked, request } from '../../src/host/live/docker/request.ts';

// A real Engine, as the lab speaks with it: over its API, with the tool's own connection.

const LATE_MS = 60_000;

/** The lab cannot be had as it was asked for: the message says why in one sentence, for exit code 2. */
export class NoLab extends Error {}

export type Engine = {
  /** As DOCKER_HOST has it. */
  readonly host: string;
  /** Whatever it answers. */
  readonly ask: (asked: Asked) => Promise<Answer>;
  /** What it has to grant; null for an empty answer. */
  readonly demand: <Value>(asked: Asked) => Promise<Value>;
  /** Sends an archive; the error is in the words of the answer's last line. */
  readonly upload: (path: string, archive: Readable) => Promise<void>;
};

const socketOf = (host: string): Way => ({ kind: 'socket', path: host.replace(/^unix:\/\//, '') });

/** An Engine at a socket of this host, such as "unix:///var/run/docker.sock". */
export const engineAt = (host: string): Engine => {
  const way = socketOf(host);
  const ask = (asked: Asked) => request(way, asked, new AbortController().signal, LATE_MS);
  return {
    host,
    ask,
    demand: async <Value>(asked: Asked) => {
      const { status, body } = await ask(asked);
      if (status >= 300) throw new Error(`${asked.method ?? 'GET'} ${asked.path}: ${status} ${body.trim()}`);
      return (body.trim() === '' ? null : JSON.parse(body)) as Value;
    },
    upload: async (path, archive) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const headers = { Host: 'docker', 'Content-Type': 'application/x-tar', Connection: 'close' };
      const sent = http({ method: 'POST', path, headers, createConnection: () => connect(way) }, async (response) => {
        const said = await text(response).catch((error) => String(error));
        if (response.statusCode === 200 && !said.includes('"error"')) resolve();
        else reject(new Error(`POST ${path}: ${response.statusCode} ${said.trim()}`));
      });
      sent.on('error', reject);
      archive.on('error', (error) => sent.destroy(error)).pipe(sent);
      return promise;
    },
  };
};

/** The same Engine, of which nothing is asked any more as soon as the signal is given. */
export const endingWith = <Some extends Engine>(signal: AbortSignal, engine: Some): Some => ({
  ...engine,
  ask: async (asked) => {
    signal.throwIfAborted();
    return engine.ask(asked);
  },
  demand: async (asked) => {
    signal.throwIfAborted();
    return engine.demand(asked);
  },
  upload: async (path, archive) => {
    signal.throwIfAborted();
    return engine.upload(path, archive);
  },
});

/** The Engine that Docker's own client would ask, when it answers and is on this host; null where none answers. */
export const engineHere = async (): Promise<Engine | null> => {
  const { name, way } = await endpointOf();
  if (!way) return null;
  const answers = await request(way, { path: '/version' }, new AbortController().signal, 3000).then(
    ({ status }) => status === 200,
    () => false,
  );
  if (!answers) return null;
  if (way.kind !== 'socket')
    throw new NoLab(`The Docker Engine at ${name} is not reached by a socket of this host, which the lab needs.`);
  return engineAt(name);
};
