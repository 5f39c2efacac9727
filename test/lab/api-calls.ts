import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

/** What an API has to be asked with. */
export type Api = {
  readonly url: string;
  readonly caFile: string;
  readonly login: { readonly user: string; readonly password: string };
};

export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // A body is whatever came: tests say what they expect of it.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly json: any;
};

const basic = ({ user, password }: Api['login']): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** One call, on a connection of its own; the certificate has to be good. */
export const call = (
  { url, caFile }: Api,
  method: string,
  path: string,
  { authorization = '', body = '' } = {},
): Promise<Answered> =>
  new Promise((done, failed) => {
    const headers = { ...(authorization && { authorization }), 'content-length': Buffer.byteLength(body) };
    const options = { method, headers, ca: readFileSync(caFile), agent: false };
    const sent = request(`${url}${path}`, options, async (response) => {
      const told = await text(response).catch(() => '');
      const isJson = response.headers['content-type'] === 'application/json';
      const json = isJson && told ? JSON.parse(told) : null;
      done({ status: response.statusCode ?? 0, headers: response.headers, text: told, json });
    });
    sent.on('error', failed);
    sent.end(body);
  });

/** Logs in; with other credentials too. */
export const logIn = (api: Api, login = api.login): Promise<Answered> =>
  call(api, 'POST', '/v1/users/login', { authorization: basic(login) });

/** Logs in and GETs one node. */
export const get = async (api: Api, path: string): Promise<Answered> => {
  const { json } = await logIn(api);
  return call(api, 'GET', path, { authorization: `Bearer ${json.users[0].token}` });
};
