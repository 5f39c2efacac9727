import { ALNUM } from '../draw.ts';
import { type Desk, lines, type Page, type Style, times } from '../page.ts';
import { har, postman } from './clients.ts';
import { inbound, outbound, text } from './webhooks.ts';

const curl = (p: Page): string =>
  lines(
    `*   Trying ${p.publicIp()}:443...`,
    `* Connected to ${p.host()} (${p.ip()}) port ${p.port()} (#0)`,
    `* Server auth using Basic with user 'admin'`,
    '> POST /v1/users/login HTTP/1.1',
    `> Authorization: Basic ${p.basic('admin')}`,
    '> User-Agent: curl/7.88.1',
    '> Content-Type: application/json',
    '>',
    '} [48 bytes data]',
    '< HTTP/1.1 200 OK',
    `< X-Request-Id: ${p.requestId()}`,
    `< Set-Cookie: JSESSIONID=${p.token('cookie_session', 32)}; Path=/; HttpOnly`,
    `< ETag: "${p.etag()}"`,
    `< Content-Length: ${p.bytes()}`,
    '<',
    `{"users":[{"token":"${p.jwt()}","expires_after":"2026-03-01 15:29:26+00:00"}],"meta":{"version":"${p.build()}"}}`,
    '> POST /v1/account HTTP/1.1',
    `> Cookie: theme=dark-${p.made()}; auth=${p.token('cookie_session', 40)}; lang=th`,
    `> X-Amz-Security-Token: ${p.token('aws_session_token', 160, `${ALNUM}/+`)}`,
    `{"cc":"66","phone_number":"${p.plainPhone()}","method":"voice","cert":"${p.blob('registration_cert', 300)}","pin":"${p.pin('pin_2fa')}"}`,
    '> POST /v1/account/verify HTTP/1.1',
    `{"code":"${p.pin('sms_code')}"}`,
    '> POST /oauth/token HTTP/1.1',
    '> Content-Type: application/x-www-form-urlencoded',
    `grant_type=password&username=crm&password=${encodeURIComponent(p.password('url_encoded_secret', '&=%+@'))}&client_secret=${p.token('api_key', 30)}&n=${p.counter()}`,
    `> GET /v1/media?auth=${p.token('webhook_token', 24)}&page=${p.config()} HTTP/1.1`,
    `> X-Forwarded-For: ${p.publicIp()}, ${p.ip()}`,
    `> Proxy-Authorization: Basic ${p.basic('px')}`,
    `> apikey: ${p.token('api_key', 36)}`,
    `< {"errors":[{"code":${p.errorCode()},"title":"Access denied","details":"Invalid token or password supplied, see ${p.uuid()}"}]}`,
  );

const wrapped = (p: Page): string =>
  lines(
    times(2, () =>
      JSON.stringify({
        at: p.time('ms'),
        event: 'webhook',
        payload: JSON.stringify({
          from: p.waId(),
          text: { body: p.body() },
          token: p.token('json_escaped_secret', 26),
        }),
      }),
    ),
    JSON.stringify({
      outer: JSON.stringify({
        inner: JSON.stringify({ password: p.password('json_escaped_secret', '"\\/&'), retry: p.counter() }),
      }),
    }),
    `{"html":"\\u003cb\\u003e","db_pass":"${p.password('json_escaped_secret', '&<>').replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')}","n":${p.counter()}}`,
    JSON.stringify({ url: `https:\\/\\/x:${p.password('json_escaped_secret')}@${p.host()}/` }),
  );

const raw = (p: Page): string =>
  [
    'POST /hooks/wa HTTP/1.1',
    `Host: ${p.host()}`,
    `X-Hub-Signature: sha1=${p.token('webhook_token', 40, '0123456789abcdef')}`,
    `Authorization: Digest username="wa", realm="r", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", response="${p.token('basic_auth', 32, '0123456789abcdef')}"`,
    `X-Auth-Token: ${p.token('access_token', 34)}`,
    `Content-Length: ${p.bytes()}`,
    'Content-Type: multipart/form-data; boundary=xx',
    '',
    '--xx',
    'Content-Disposition: form-data; name="password"',
    '',
    p.password('user_password', '!&'),
    '--xx',
    'Content-Disposition: form-data; name="page"',
    '',
    p.counter(),
    '--xx--',
    '',
  ].join('\r\n');

/** What went over the wire: traces, HAR, Postman, webhooks, sends. */
export const wire: Style = {
  name: 'wire',
  write(desk: Desk) {
    desk.file('trace/login.txt', curl);
    desk.file('trace/session.har', har);
    desk.file('trace/api.postman_collection.json', postman);
    desk.file('hooks/inbound.ndjson', (p) => lines(inbound(p).map((one) => JSON.stringify(one))));
    desk.file('hooks/one.json', (p) => JSON.stringify(text(p), null, 2));
    desk.file('sends/outbound.json', (p) => JSON.stringify(outbound(p), null, 1));
    desk.file('hooks/wrapped.log', wrapped);
    desk.file('trace/post.http', raw);
  },
};
