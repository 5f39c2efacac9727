import { HEX } from '../draw.ts';
import { lines, type Page, type Style, times } from '../page.ts';

const nginx = (p: Page): string =>
  lines(
    `${p.time('slash')} [error] ${p.pid()}#${p.pid()}: *${p.counter()} connect() failed (111: Connection refused) while connecting to upstream, client: ${p.publicIp()}, server: ${p.host()}, request: "GET /v1/x?token=${p.token('webhook_token', 24)} HTTP/1.1", upstream: "http://${p.ip()}:${p.port()}/", host: "${p.host()}"`,
    `[Tue Mar 05 10:11:12.123456 2024] [proxy:error] [pid ${p.pid()}:tid ${p.number('pid', 15)}] [client ${p.publicIp()}:${p.port()}] AH00957: failed`,
    `${p.publicIp()} - ${p.email()} [${p.time('clf')}] "POST /login?user=a&passwd=${p.password('user_password')} HTTP/1.1" 302 ${p.bytes()} "https://${p.host()}/?sid=${p.token('cookie_session', 26)}" "Mozilla/5.0 (X11) Chrome/98.0.${p.config()}.102"`,
    `haproxy[${p.pid()}]: ${p.publicIp()}:${p.port()} [05/Mar/2024:10:11:12.123] fe be/${p.containerName()} 0/0/1/27/28 200 ${p.bytes()} - - ---- 1/1/0/0/0 0/0 "GET /?api_key=${p.token('api_key', 28)} HTTP/1.1"`,
  );

const client = (p: Page): string =>
  lines(
    times(
      2,
      () =>
        `${p.time('rfc-us')} wacore [INFO] inbound: jid=${p.waId()}@c.us type=chat name="${p.name()}" text="${p.said()}" ack=${p.counter()}`,
    ),
    `${p.time('rfc-us')} wacore [INFO] outbound: From: ${p.plainPhone()} To: ${p.plainPhone()} len ${p.counter()}`,
    `${p.time('rfc-us')} wacore [INFO] recipient ${p.waId()} not on WhatsApp, code ${p.errorCode()}`,
    `${p.time('rfc-us')} wacore [DEBUG] contacts=["${p.phone()}","${p.spelled()}"] took ${p.latency('ms')}`,
    `${p.time('rfc-us')} wacore [INFO] phone number ${p.spelled()} registered with vname, certificate ${p.blob('registration_cert', 200)}`,
    `${p.time('rfc-us')} wacore [DEBUG] sms code ${p.pin('sms_code')} accepted; two-factor pin set to ${p.pin('pin_2fa')}`,
    `${p.time('rfc-us')} wacore [DEBUG] request code: method=sms cc=91 number=${p.plainPhone()} code_length=6 retry_after=${p.config()}`,
    `${p.time('rfc-us')} wacore [WARN] media download ${p.uuid()} from ${p.host()} failed after ${p.latency(' s')} (${p.bytes()} bytes)`,
    `${p.time('rfc-us')} wacore [ERROR] db ${p.host()}:3306 gone, mysql://wa:${p.password('db_url_password')}@${p.host()}:3306/wa`,
    `${p.time('rfc-us')} waweb [INFO] user sup created by admin, password ${p.password('user_password', '!')}`,
    `${p.time('rfc-us')} waweb [INFO] session for ${p.email()} token=${p.jwt()} expires ${p.time('sec')}`,
  );

const json = (p: Page): string =>
  lines(
    times(3, () =>
      JSON.stringify({
        ts: p.time('us'),
        severity: 'ERROR',
        message: `connection pool exhausted ${p.made()}`,
        code: p.errorCode(),
        count: Number(p.counter()),
      }),
    ),
    JSON.stringify({
      ts: p.time('rfc'),
      logger: p.className(),
      name: p.containerName(),
      message: `password rotation ${p.made()}`,
      body_bytes: Number(p.bytes()),
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      http: {
        request: {
          headers: { Authorization: `Basic ${p.basic('svc')}`, cookie: `auth=${p.token('cookie_session', 30)}` },
          body: { to: p.waId(), text: { body: p.body() } },
        },
        status_code: 201,
      },
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      args: ['--user', 'wa', '--password', p.password('cli_password'), '--port', p.port()],
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      env: { DB_PASS: p.password('db_password'), NODE_ENV: p.keep('config_key', 'production-eu') },
      kv: [
        { Key: 'adminPassword', Value: p.password('admin_password', '!') },
        { Key: 'maxItems', Value: p.config() },
      ],
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      system: { body: p.body(), wa_id: p.waId(), new_wa_id: p.waId() },
      order: { text: p.body(), catalog_id: p.counter() },
      referral: { headline: p.body(), body: p.body() },
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      customer: {
        firstName: p.given(),
        lastName: p.somewhat(),
        mobile: p.plainPhone(),
        dob: '1990-01-02',
        street: p.address(),
      },
      amount: Number(p.metric()),
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      peer: { address: p.publicIp(), port: Number(p.port()) },
      src_mac: p.mac('-'),
      node: { name: p.shortHost(), ip: p.ip6() },
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      session_id: p.token('cookie_session', 36),
      refresh_token: p.token('access_token', 60),
      id_token: p.jwt(),
      token_type: p.english('bearer-v2'),
      expires_in: Number(p.config()),
    }),
    JSON.stringify({
      ts: p.time('rfc'),
      backup: { data: p.blob('backup_blob', 300), password: p.password('backup_password') },
      otp: p.pin('sms_code'),
      pinCode: p.pin('pin_2fa'),
    }),
  );

const audit = (p: Page): string =>
  lines(
    `type=USER_LOGIN msg=audit(${p.time('float')}:${p.config()}): pid=${p.pid()} uid=0 acct="root" hostname=${p.host()} addr=${p.publicIp()} terminal=ssh res=failed`,
    `ping ${p.host()} (${p.publicIp()}): 56 data bytes, time=${p.latency(' ms')}`,
    ` 3  ${p.host()} (${p.ip()})  ${p.latency(' ms')}  ${p.latency(' ms')}`,
    `${p.host()}. 300 IN A ${p.publicIp()}`,
    `subject=CN = ${p.host()}, O = Example serial=${p.keep('serial', p.fresh(20, HEX).toUpperCase())}`,
    `Signature Algorithm: 1.2.840.${p.number('oid', 6)}.1.1.11 keyid:${p.keep('hash', 'AB:CD:12:34:56:78:9A:BC:DE:F0:11:22:33:44:55:66:77:88:99:A0')}`,
    `keyspace_hits:${p.counter()} evicted_keys:${p.counter()} tokens_used=${p.counter()} pinned ${p.counter()} pages`,
    `${p.counter()} passed, bypass ${p.made()}, compass ${p.made()}, exit code ${p.number('error_code', 4)}, zip ${p.made()}`,
    `number of rows: ${p.bytes()} from ${p.bytes()} to ${p.bytes()} bytes, contact points ${p.counter()}`,
    `wa-${p.version()}.jar agent/${p.version()} snowflake ${p.keep('message_id', `1${p.fresh(18, '0123456789')}`)}`,
  );

/** More logs of servers and of the client. */
export const signals: Style = {
  name: 'signals',
  write(desk) {
    desk.file('nginx/error.log', nginx);
    desk.file('wa/client.log', client);
    desk.file('app/structured.jsonl', json);
    desk.file('var/audit.log', audit);
  },
};
