import { request } from 'node:http';
import { request as secure } from 'node:https';

/** Connecting, and all of it together, ms. */
const CONNECT_MS = 1000;
/** No answer that is used is longer, bytes. */
const MOST = 4096;
const TOKEN_TTL = '60';

type Reply = { readonly status: number; readonly body: string };
type Asked = { readonly method: 'GET' | 'PUT'; readonly path: string; readonly headers: Record<string, string> };

/** One request on a connection of its own, which follows no redirect and goes through no proxy. */
const exchange = (base: URL, { method, path, headers }: Asked, signal: AbortSignal): Promise<Reply> =>
  new Promise((answered, failed) => {
    const send = base.protocol === 'https:' ? secure : request;
    const url = new URL(path, base);
    const sent = send(url, { method, headers: { ...headers, Connection: 'close' }, agent: false, signal });
    const unconnected = setTimeout(
      () => sent.destroy(new Error(`no connection came about within ${CONNECT_MS / 1000} s`)),
      CONNECT_MS,
    );
    sent.once('socket', (socket) => socket.once('connect', () => clearTimeout(unconnected)));
    sent.once('close', () => clearTimeout(unconnected));
    sent.once('error', failed);
    sent.once('response', (response) => {
      let body = '';
      response.setEncoding('latin1').on('data', (text: string) => {
        body += text;
        if (body.length > MOST) sent.destroy(new Error(`it answered with more than ${MOST / 1024} KiB`));
      });
      response.on('end', () => answered({ status: response.statusCode ?? 0, body }));
      response.on('error', failed);
    });
    sent.end();
  });

/** Reads one of the service's lines; null where there is no such thing. */
export type ReadLine = (path: string) => Promise<string | null>;

/**
 * A session with the instance metadata service, by IMDSv2 alone: a token first, and every question with it. Rejects with a
 * sentence where the service gives none.
 */
export const metadataSession = async (base: URL, signal: AbortSignal): Promise<ReadLine> => {
  const asked = { method: 'PUT', path: '/latest/api/token' } as const;
  const lifetime = { 'X-aws-ec2-metadata-token-ttl-seconds': TOKEN_TTL };
  const token = await exchange(base, { ...asked, headers: lifetime }, signal);
  if (token.status === 403) throw new Error('it is turned off for this instance (403)');
  if (token.status !== 200 || !/^[\w+/=-]{1,512}$/.test(token.body))
    throw new Error(`it answered ${token.status} when asked for a token`);
  return async (path) => {
    const headers = { 'X-aws-ec2-metadata-token': token.body };
    const { status, body } = await exchange(
      base,
      { method: 'GET', path: `/latest/meta-data/${path}`, headers },
      signal,
    );
    if (status === 404) return null;
    if (status !== 200) throw new Error(`it answered ${status} to ${path}`);
    return body;
  };
};
