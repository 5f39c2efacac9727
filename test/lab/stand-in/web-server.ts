import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Behaviour } from './behaviour.ts';
import type { Control } from './control.ts';
import { BANNER } from './deployment.ts';
import { front, SECURITY_HEADERS } from './front.ts';
import type { Reply } from './routes.ts';
import { authOf, credentialsOf } from './sessions.ts';
import { type Link, webapp } from './webapp.ts';

/** No request that a stand-in understands is longer. */
const MOST_BODY = 64 << 10;

const endlessly = (response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Type': 'application/json', Server: BANNER });
  response.write('{"endless":"');
  const chunk = Buffer.alloc(16 << 10, 'x');
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more).on('error', () => undefined);
  more();
};

/** The headers of `/` are not those of `/v1/`, where security headers may be absent. */
const headersOf = (path: string, { securityHeaders }: Behaviour): Readonly<Record<string, string>> => ({
  Server: BANNER,
  ...(securityHeaders && path === '/' && SECURITY_HEADERS),
});

const send = (
  response: ServerResponse,
  { status, json, text: told }: Reply,
  headers: Readonly<Record<string, string>>,
) => {
  const body = json ? JSON.stringify(json) : (told?.body ?? '');
  const type = json ? 'application/json' : told?.type;
  response.writeHead(status, {
    ...headers,
    'Content-Length': Buffer.byteLength(body),
    ...(type && { 'Content-Type': type }),
  });
  response.end(body);
};

/** The stand-in for the Webapp on a port. `log` gets one line for each call, without anything that was sent. */
export const webServer = (
  place: { readonly host: string; readonly port: number },
  control: Control,
  link: Link,
  log: (line: string) => void,
) => {
  const answers = webapp(control, link);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'https://stand-in.invalid');
    const method = request.method ?? '';
    const credentials = credentialsOf(request);
    const record = ({ status, never = false }: Reply) => {
      const at = new Date().toISOString();
      control.record({ at, method, path: `${url.pathname}${url.search}`, auth: authOf(credentials), status, never });
      log(`${request.socket.remoteAddress} ${method} ${url.pathname} ${status}`);
    };
    const behaviour = control.behaviour();
    const body = Number(request.headers['content-length'] ?? 0) > MOST_BODY ? '' : await text(request);
    if (behaviour.answers === 'never') return record({ status: 0 });
    if (behaviour.answers === 'endless') {
      record({ status: 200 });
      return endlessly(response);
    }
    const from = request.socket.remoteAddress ?? '';
    const asked = { method, path: url.pathname, query: url.searchParams, credentials, from, body };
    const reply: Reply =
      behaviour.answers === 'not-json' && url.pathname !== '/'
        ? { status: 200, text: { type: 'text/html', body: '<html><title>Stand-in</title><h1>It works!</h1></html>' } }
        : await answers(asked);
    if (reply.later) await new Promise((done) => setTimeout(done, reply.later));
    record(reply);
    send(response, reply, headersOf(url.pathname, behaviour));
  };
  return front(place, control, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log(`the stand-in failed: ${error instanceof Error ? error.message : error}`);
      response.destroy();
    });
  });
};
