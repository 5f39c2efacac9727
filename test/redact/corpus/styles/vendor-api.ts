import { lines, type Page, times } from '../page.ts';

/** The answer of the support node. */
export const support = (p: Page): string =>
  JSON.stringify({
    support: {
      debug_info: p.plainPhone(),
      env: {
        WA_DB_PASSWORD: p.password('db_password'),
        WA_DB_PORT: p.port(),
        password_rotation_days: Number(p.config()),
      },
      app: { version: p.build(), uptime: Number(p.counter()), wa_id: p.waId() },
    },
    meta: { version: p.build(), api_status: 'stable' },
  });

/** The answer of the settings node. */
export const settings = (p: Page): string =>
  JSON.stringify(
    {
      settings: {
        application: {
          webhooks: { url: `https://bot:${p.password('webhook_url_secret')}@${p.host()}/wa` },
          media: { auto_download: ['image'] },
          callback_backoff_delay_ms: p.config(),
        },
        backup: { data: p.blob('backup_blob', 260), password: p.password('backup_password', '!#') },
        profile: {
          about: { text: 'Open 9 to 5' },
          business: { email: p.email(), address: p.address(), vertical: 'Retail' },
        },
      },
    },
    null,
    2,
  );

/** The access log of the Webapp. */
export const access = (p: Page): string =>
  lines(
    times(
      4,
      () =>
        `${p.publicIp()} ${p.host()} - [${p.time('clf')}] "POST /v1/messages?access_token=${p.token('webhook_token', 26)} HTTP/1.1" 201 ${p.bytes()} "-" "curl/7.61.1" ${p.latency('')}`,
    ),
    times(2, () => `${p.ip()} - admin [${p.time('clf')}] "GET /v1/contacts/${p.urlPhone()} HTTP/2.0" 404 ${p.bytes()}`),
  );
