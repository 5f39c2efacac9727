import { ALNUM, HEX } from '../draw.ts';
import { lines, type Page, type Style, times } from '../page.ts';

const code = (p: Page): string =>
  lines(
    `const client = new Client({ host: '${p.host()}', password: '${p.password('db_password', '!@')}', port: ${p.port()} });`,
    `const apiToken = "${p.token('access_token', 34)}"; // ttl ${p.config()}`,
    `ds.setPassword("${p.password('db_password', '!#')}"); ds.setMaxPoolSize(${p.config()});`,
    `client = wa.Client("https://${p.host()}", username='admin', password='${p.password('user_password', '!$')}', timeout=${p.config()})`,
    `os.environ["SMTP_PASSWORD"] = "${p.password('smtp_password', '!')}"`,
    `process.env.WEBHOOK_SECRET = '${p.token('webhook_token', 30)}';`,
    `$env:WA_DB_PASSWORD = "${p.password('db_password', '!')}"`,
    `set ADMIN_PASSWORD=${p.password('admin_password', '!')}`,
    `setenv API_TOKEN ${p.token('access_token', 30)}`,
    `set -gx GRAFANA_PASSWORD ${p.password('grafana_password')}`,
    `var db = "Server=${p.host()};Port=${p.port()};Database=wa;Uid=wa;Pwd=${p.password('db_password', '!@')};";`,
    `"Data Source=${p.host()};User ID=sa;Password=${p.password('db_password', '!')};Connect Timeout=${p.config()}"`,
    `DefaultEndpointsProtocol=https;AccountName=wa;AccountKey=${p.token('api_key', 86)}==;EndpointSuffix=core.example`,
    `ENV MYSQL_PASSWORD ${p.password('db_password')}`,
    `ARG REGISTRY_TOKEN=${p.token('access_token', 32)}`,
    `LABEL build=${p.counter()}`,
    `if (password.length < ${p.config()}) throw new Error("${p.english('password too short, sorry')}");`,
    `key = keys[${p.counter()}]; token = tokens.next(); // ${p.made()}`,
  );

const debug = (p: Page): string =>
  lines(
    `Config { host: "${p.host()}", password: "${p.password('db_password', '!')}", pool: ${p.config()} }`,
    `Login { user: "ann", secret: Some("${p.token('api_key', 28)}"), attempts: ${p.counter()} }`,
    `map[api_key:${p.token('api_key', 30)} port:${p.port()} timeout:${p.config()}]`,
    `{:password "${p.password('user_password', '!')}" :port ${p.port()} :phone "${p.phone()}"}`,
    `[{password,"${p.password('db_password')}"},{port,${p.port()}},{node,'wa@${p.host()}'}]`,
    `%{password: "${p.password('user_password', '!')}", id: ${p.counter()}, email: "${p.email()}"}`,
    `array('password' => '${p.password('db_password', '!')}', 'port' => ${p.port()})`,
    `stdClass Object ( [to] => ${p.waId()} [body] => ${p.said()} [ttl] => ${p.config()} )`,
    `Message{to='${p.waId()}', body='${p.said()}', ttl=${p.config()}, id=${p.messageId()}}`,
    `SendRequest(to=${p.plainPhone()}, text=TextBody(body=${p.said()}), retries=${p.config()})`,
    `to: "${p.waId()}" text { body: "${p.said()}" } ttl: ${p.config()}`,
    `<Contact phone="${p.phone()}" name="${p.name()}" id="${p.counter()}"/>`,
    `O:4:"User":2:{s:8:"password";s:18:"${p.token('user_password', 18, ALNUM, { hard: true })}";s:2:"id";i:${p.counter()};}`,
    `KeyError: '${p.made()}' at line ${p.row()}; NoSuchKey: ${p.made()}; PasswordPolicyException: ${p.made()}`,
  );

const tables = (p: Page): string =>
  lines(
    '+--------+----------+------------------------+--------------------------+',
    '| id     | username | password               | email                    |',
    '+--------+----------+------------------------+--------------------------+',
    times(2, () => `| ${p.number('counter', 6)} | ann      | ${p.token('user_password', 20)}   | ${p.email()} |`),
    '+--------+----------+------------------------+--------------------------+',
    '*************************** 1. row ***************************',
    `      id: ${p.counter()}`,
    `   phone: ${p.plainPhone()}`,
    `    body: ${p.said()}`,
    `password: ${p.password('user_password')}`,
    ` created: ${p.time('dot')}`,
    ' wa_id         |      name       | updated',
    '---------------+-----------------+---------------------',
    times(2, () => ` ${p.waId()} | ${p.name()} | ${p.time('dot')}`),
    '| Variable_name | Value |',
    `| password_history | ${p.config()} |`,
    `| key_buffer_size | ${p.bytes()} |`,
    `| Key_reads | ${p.counter()} |`,
    'phone;name;note;score',
    times(2, () => `${p.phone()};${p.name()};"${p.said()}";${p.metric()}`),
  );

const vcard = (p: Page): string =>
  lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${p.name()}`,
    `TEL;type=CELL;waid=${p.waId()}:${p.spelled()}`,
    `ADR;TYPE=HOME:;;${p.address()};Bangkok;;10110;TH`,
    `EMAIL:${p.email()}`,
    `REV:${p.time('rfc')}`,
    'END:VCARD',
  );

const links = (p: Page): string =>
  lines(
    `click https://wa.me/${p.plainPhone()}?text=hello id ${p.counter()}`,
    `sip:${p.phone()}@${p.host()};transport=tls`,
    `whatsapp:${p.phone()} tel:${p.phone()}`,
    `GET /app;jsessionid=${p.token('cookie_session', 32, `${HEX}`.toUpperCase())}?p=${p.config()}`,
    `GET https://bucket.s3.example/x?X-Amz-Credential=${p.prefixed('aws_access_key_id', 'ASIA', 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}%2F20240101&X-Amz-Expires=${p.config()}&X-Amz-Signature=${p.token('webhook_url_secret', 64, HEX)}`,
    `GET /cb?code=${p.token('access_token', 30)}&state=xyz ${p.bytes()}`,
    `mongodb+srv://wa:${p.password('db_url_password')}@${p.host()}/wa?retryWrites=true&w=majority&t=${p.config()}`,
    `rediss://default:${p.password('db_url_password')}@${p.host()}:${p.port()}/0`,
    `ftp://backup:${p.password('db_url_password')}@${p.ip()}/dump.tgz`,
    `postgresql://${p.host()}/wa?user=wa&password=${p.password('db_url_password')}&sslmode=require`,
    `jdbc:sqlserver://${p.host()}:1433;databaseName=wa;user=sa;password=${p.password('db_url_password')};n=${p.config()}`,
    `ldap://${p.host()}:389/dc=x?bindpw=${p.password('db_url_password')}`,
  );

/** Code, debug prints, tables, cards and links. */
export const tongues: Style = {
  name: 'tongues',
  write(desk) {
    desk.file('src/snippets.txt', code);
    desk.file('debug.log', debug);
    desk.file('tables.txt', tables);
    desk.file('card.vcf', vcard);
    desk.file('links.log', links);
  },
};
