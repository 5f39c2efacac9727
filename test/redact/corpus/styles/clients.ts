import type { Page } from '../page.ts';

/** A recorded exchange of a browser. */
export const har = (p: Page): string =>
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'probe', version: p.version() },
      entries: [
        {
          startedDateTime: p.time('rfc'),
          time: Number(p.metric()),
          serverIPAddress: p.publicIp(),
          connection: p.port(),
          request: {
            method: 'POST',
            url: `https://${p.host()}/v1/messages?key=${p.token('webhook_url_secret', 30)}`,
            headers: [
              { name: 'Authorization', value: `Bearer ${p.jwt()}` },
              { name: 'X-Trace', value: p.traceId() },
              { name: 'Cookie', value: `sid=${p.token('cookie_session', 26)}` },
            ],
            cookies: [{ name: 'sid2', value: p.token('cookie_session', 28), httpOnly: true }],
            queryString: [
              { name: 'token', value: p.token('webhook_token', 20) },
              { name: 'limit', value: p.config() },
            ],
            postData: {
              mimeType: 'application/json',
              text: JSON.stringify({ to: p.waId(), type: 'text', text: { body: p.body() } }),
            },
            bodySize: Number(p.counter()),
          },
          response: {
            status: 201,
            content: {
              size: Number(p.bytes()),
              text: JSON.stringify({
                messages: [{ id: p.messageId() }],
                contacts: [{ input: p.spelled(), wa_id: p.waId() }],
              }),
            },
          },
          timings: { wait: Number(p.metric()) },
        },
      ],
    },
  });

/** A collection of requests with their login. */
export const postman = (p: Page): string =>
  JSON.stringify(
    {
      info: { _postman_id: p.uuid(), name: 'WhatsApp Business API' },
      auth: {
        type: 'basic',
        basic: [
          { key: 'username', value: 'admin', type: 'string' },
          { key: 'password', value: p.password('user_password', '!"\\'), type: 'string' },
        ],
      },
      item: [
        {
          name: 'send',
          request: {
            method: 'POST',
            header: [{ key: 'D360-API-KEY', value: p.token('api_key', 26) }],
            body: {
              mode: 'raw',
              raw: `{\n  "to": "${p.plainPhone()}",\n  "text": {\n    "body": ${JSON.stringify(p.body())}\n  }\n}`,
            },
          },
        },
      ],
      variable: [
        { key: 'adminToken', value: p.token('access_token', 44) },
        { key: 'page_size', value: p.config() },
      ],
    },
    null,
    2,
  );
