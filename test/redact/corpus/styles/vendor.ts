import { HEX } from '../draw.ts';
import { type Desk, lines, type Page, type Style, times } from '../page.ts';
import { access, settings, support } from './vendor-api.ts';

const env = (p: Page, reused: string): string =>
  lines(
    '# database of the client',
    'WA_DB_ENGINE=MYSQL',
    `WA_DB_HOSTNAME=${p.ip()}`,
    `WA_DB_PORT=${p.port()}`,
    'WA_DB_USERNAME=waadmin',
    `WA_DB_PASSWORD=${reused}`,
    `MYSQL_ROOT_PASSWORD=${p.password('db_password', '#$%&=')}`,
    `#WA_DB_PASSWORD=${p.password('db_password')}`,
    `WA_WEB_JWT_CRYPTO_KEY=${p.token('api_key', 32, HEX)}`,
    `WA_API_KEY=${p.token('api_key', 40)}`,
    `WA_TWO_STEP_PIN=${p.pin('pin_2fa')}`,
    `PASSWORD_HISTORY=${p.config()}`,
    `TOKEN_TTL=${p.config()}`,
    `export KEY_SIZE=${p.config()}`,
    `DATA_SOURCE_NAME=waadmin:${p.password('db_url_password')}@(${p.host()}:3306)/`,
  );

const compose = (p: Page): string =>
  lines(
    "version: '2.3'",
    'x-db: &db',
    '  WA_DB_USERNAME: waadmin',
    `  WA_DB_PASSWORD: "${p.password('db_password', '!@#%^&')}"`,
    'volumes:',
    '  whatsappMedia:',
    'services:',
    '  db:',
    '    image: mysql:5.7.22',
    '    environment:',
    `      MYSQL_ROOT_PASSWORD: ${p.password('db_password')}`,
    '      MYSQL_USER: testuser',
    `      MYSQL_PASSWORD: '${p.phrase('db_password')}'   # change me`,
    `      MYSQL_PORT: ${p.port()}`,
    '  wacore:',
    `    image: docker.whatsapp.biz/coreapp@${p.digest()}`,
    '    environment:',
    '      <<: *db',
    `      CLUSTER_TOKEN: \${CLUSTER_TOKEN:-${p.token('access_token', 30)}}`,
    `      BACKUP_PASSWORD: \${BACKUP_PASSWORD?unset}`,
    `      WA_RETRY_TIMEOUT_MS: ${p.config()}`,
    `    command: ["/opt/whatsapp/bin/launch.sh", "--db-password", ${JSON.stringify(p.password('cli_password', '%+~'))}]`,
    `    hostname: ${p.shortHost()}`,
    `    mac_address: ${p.mac()}`,
    '    networks:',
    '      default:',
    `        ipv4_address: ${p.ip()}`,
    '    extra_hosts:',
    `      - "${p.host()}:${p.ip()}"`,
    '  prometheus:',
    '    image: prom/prometheus:v2.0.0',
    `    container_name: ${p.containerName()}`,
    '  grafana:',
    '    environment:',
    `      - GF_SECURITY_ADMIN_PASSWORD=${p.password('grafana_password')}`,
    `      - GF_SMTP_PASSWORD=${p.password('smtp_password', '!*')}`,
    '      - GF_SMTP_ENABLED=true',
  );

const log = (p: Page, reused: string): string =>
  lines(
    `[${p.time('dot')}] [wacore:${p.pid()}] [I] Connecting to mysql as waadmin (port ${p.port()})`,
    `[${p.time('dot')}] [wacore:1] [E] mysql: Access denied for user 'waadmin'@'${p.ip()}' (using password: YES), tried ${reused}`,
    times(
      4,
      () => `[${p.time('dot')}] [I] Sending message ${p.messageId()} to ${p.plainPhone()} in ${p.latency('ms')}`,
    ),
    times(3, () => `[${p.time('dot')}] [D] received text from +${p.waId()}: "${p.said()}" (${p.counter()} bytes)`),
    `[${p.time('dot')}] [W] Stanza ack timeout for ${p.waId()}@s.whatsapp.net, id=${p.messageId()}`,
    `[${p.time('dot')}] [I] registration: cc=49 phone_number=${p.plainPhone()} method=sms code=${p.pin('sms_code')}`,
    `[${p.time('dot')}] [I] two-step verification enabled, pin: ${p.pin('pin_2fa')}`,
    `[${p.time('dot')}] [E] Unhandled: code=${p.errorCode()} at chatd.cpp:${p.row()} thread 0x${p.keep('hex_addr', p.fresh(12, HEX))}`,
    `[${p.time('dot')}] [I] pushname changed: ${p.name()} jid=${p.waId()}-1527263530@g.us`,
    `[${p.time('dot')}] [I] token bucket ${p.metric()} refill, password policy ${p.english('14 chars minimum')}`,
    `[${p.time('dot')}] [I] chatd connected to ${p.publicIp()}:5222 from ${p.ip()}:${p.port()}`,
    `[${p.time('dot')}] [I] webhook POST https://${p.host()}/hook?secret=${p.token('webhook_url_secret', 28)} => 200 (${p.latency(' ms')})`,
  );

const inspect = (p: Page): string =>
  JSON.stringify(
    [
      {
        Id: p.container(),
        Created: p.time('rfc-ns'),
        Path: '/opt/whatsapp/bin/wait_on_mysql.sh',
        Args: ['/opt/whatsapp/bin/launch_within_docker.sh', `--token=${p.token('cli_password', 24)}`],
        State: { Pid: Number(p.pid()), StartedAt: p.time('rfc-ns'), Error: '' },
        Image: p.digest(),
        Name: `/${p.containerName()}`,
        HostConfig: {
          PortBindings: { '443/tcp': [{ HostIp: '127.0.0.1', HostPort: p.port() }] },
          ShmSize: Number(p.bytes()),
        },
        Config: {
          Hostname: p.shortHost(),
          Env: [
            `WA_DB_PASSWORD=${p.password('db_password', '$&"\\=')}`,
            `WA_DB_HOSTNAME=${p.host()}`,
            `https_proxy=http://proxyuser:${p.password('proxy_password')}@${p.ip()}:3128`,
            `SENTRY_DSN=https://${p.token('sentry_dsn', 32, HEX)}@o4505.ingest.sentry.example/${p.config()}`,
            `DB_URL=mysql://waadmin:${p.password('db_url_password')}@${p.host()}:3306/waweb`,
            `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin`,
          ],
          Labels: { 'com.docker.compose.config-hash': p.etag(), maintainer: p.email() },
        },
        NetworkSettings: {
          SandboxID: p.container(),
          Networks: {
            biz_default: {
              EndpointID: p.container(),
              Gateway: p.ip(),
              IPAddress: p.ip(),
              MacAddress: p.mac(),
              GlobalIPv6Address: p.ip6(),
            },
          },
        },
      },
    ],
    null,
    4,
  );

/** As the vendor's own files are: Compose, db.env, Coreapp and Webapp logs, the API's answers. */
export const vendor: Style = {
  name: 'vendor',
  write(desk: Desk) {
    const page = desk.page('db.env');
    const reused = page.password('reused_secret', '', { encoding: 'plain' });
    desk.put('db.env', env(page, reused));
    desk.file('prod-docker-compose.yml', compose);
    desk.file('coreapp/wacore-1.log', (p) => log(p, reused));
    desk.file('wadebug_logs/wacore-inspect.log', inspect);
    desk.file('wadebug_logs/support-info.log', support);
    desk.file('api/settings.json', settings);
    desk.file('webapp/lighttpd/access.log', access);
  },
};
