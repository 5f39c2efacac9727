import { ALNUM, BASE64, HEX } from '../draw.ts';
import { lines, type Page, type Style } from '../page.ts';

const compose = (p: Page): string =>
  lines(
    'services:',
    '  mysql:',
    '    image: "mysql:8.0"',
    '    environment:',
    `      - "MYSQL_ROOT_PASSWORD=${p.password('db_password', '!@')}"`,
    `      - 'MYSQL_PASSWORD=${p.password('db_password', '!#')}'`,
    `      - MYSQL_MAX=${p.config()}`,
    '    healthcheck:',
    `      test: ["CMD", "mysqladmin", "ping", "-uroot", "-p${p.password('cli_password')}"]`,
    `      interval: ${p.config()}s`,
    '  core:',
    '    command: >',
    `      /opt/run --db-user wa --db-pass ${p.password('cli_password')}`,
    `      --cluster-secret=${p.token('api_key', 26)} --workers ${p.config()}`,
    '    env_file: [db.env]',
    '    secrets: [wa_db_pw]',
    '    labels:',
    `      traefik.http.middlewares.auth.basicauth.users: "ops:${p.hash('apr1').replaceAll('$', '$$$$')}"`,
    `      owner: "${p.name()} <${p.email()}>"`,
    'secrets:',
    '  wa_db_pw:',
    `    file: ${p.keep('path', './secrets/wa_db_pw.txt')}`,
  );

const describe = (p: Page): string =>
  lines(
    `Name:         ${p.containerName()}`,
    `Node:         ${p.shortHost()}/${p.ip()}`,
    `Start Time:   ${p.time('offset')}`,
    'Containers:',
    '  coreapp:',
    `    Container ID:  docker://${p.container()}`,
    `    Image ID:      docker-pullable://x@${p.digest()}`,
    `    Port:          ${p.port()}/TCP`,
    '    Environment:',
    `      WA_DB_PASSWORD:   ${p.password('db_password', '!')}`,
    `      WEBHOOK_TOKEN:    ${p.token('webhook_token', 26)}`,
    "      API_KEY:          <set to the key 'api' in secret 'wa'>  Optional: false",
    `      RETRIES:          ${p.config()}`,
    `UID          PID  PPID  C STIME TTY          TIME CMD`,
    `root       ${p.pid()}     1  0 Jan01 ?        00:01:02 /usr/bin/wa --password ${p.password('cli_password')} --port ${p.port()}`,
    `${p.time('rfc-ns')} container exec_create: sh -c mysql -uroot -p${p.password('cli_password')} wa ${p.container()} (image=mysql:5.7, name=${p.containerName()})`,
  );

const applied = (p: Page): string => {
  const value = p.fresh(24, ALNUM);
  const whole = Buffer.from(value).toString('base64');
  p.plant('k8s_secret_b64', value, { needles: [value, whole.slice(0, 20)], encoding: 'base64' });
  const inner = JSON.stringify({ kind: 'Secret', data: { 'api-token': whole }, metadata: { name: 'wa' } });
  return JSON.stringify(
    {
      kind: 'Secret',
      metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `${inner}\n` }, uid: p.uuid() },
      data: { 'api-token': whole },
      immutable: true,
    },
    null,
    2,
  );
};

const sts = (p: Page): string =>
  JSON.stringify({
    Credentials: {
      AccessKeyId: p.prefixed('aws_access_key_id', 'ASIA', 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
      SecretAccessKey: p.token('aws_secret_key', 40, BASE64),
      SessionToken: p.token('aws_session_token', 240, BASE64),
      Expiration: p.time('offset'),
    },
    AssumedRoleUser: { Arn: p.keep('path', 'arn:aws:sts::assumed-role/wa-deploy') },
  });

const known = (p: Page): string =>
  lines(
    `using slack ${p.prefixed('access_token', 'xoxb-2468013579-', 24)} channel ops`,
    `maps ${p.prefixed('api_key', 'AIzaSy', 33)} quota ${p.counter()}`,
    `stripe ${p.prefixed('api_key', 'sk_live_', 24)} event ${p.counter()}`,
    `sendgrid ${p.prefixed('api_key', `SG.${p.any(22)}.`, 43)} ok`,
    `graph ${p.prefixed('access_token', 'EAAG', 150)} expires ${p.time('sec')}`,
    `bot ${p.prefixed('access_token', '5876543210:AA', 33)} polled ${p.latency('ms')}`,
    `github ${p.prefixed('access_token', 'github_pat_', 82)} rev ${p.sha()}`,
    `vault ${p.prefixed('vault_token', 'hvb.', 100)} lease ${p.counter()}`,
    `age ${p.prefixed('private_key_pem', 'AGE-SECRET-KEY-1', 58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')} ${p.made()}`,
    `Authorization: token ${p.token('access_token', 40, HEX)}`,
    `authorization: ApiKey ${p.token('api_key', 44)}`,
    `Authorization: Bearer ${p.token('access_token', 48)}`,
    `PRIVATE-TOKEN: ${p.token('access_token', 26)}`,
    `X-Vault-Token: ${p.token('vault_token', 26)}`,
    `X-Api-Secret: ${p.token('api_key', 30)}`,
    `X-CSRF-Token: ${p.token('cookie_session', 32)}`,
  );

const files: readonly (readonly [string, (p: Page) => string])[] = [
  [
    'etc/shadow',
    (p) => lines(`root:${p.hash('sha512')}:19500:0:${p.config()}:7:::`, `bin:*:18500:0:${p.config()}:7:::`),
  ],
  ['etc/nginx/.htpasswd', (p) => lines(`ops:${p.hash('apr1')}`, `dev:${p.hash('bcrypt')}`)],
  [
    'etc/wireguard/wg0.conf',
    (p) =>
      lines(
        '[Interface]',
        `PrivateKey = ${p.token('private_key_pem', 43, BASE64)}=`,
        `Address = ${p.ip()}/32`,
        '[Peer]',
        `PublicKey = ${p.publicKey()}`,
        `PresharedKey = ${p.token('private_key_pem', 43, BASE64)}=`,
        `Endpoint = ${p.publicIp()}:51820`,
      ),
  ],
  ['etc/pgbouncer/userlist.txt', (p) => lines(`"wa" "md5${p.token('password_hash', 32, HEX)}"`)],
  ['etc/resolv.conf', (p) => lines(`nameserver ${p.ip()}`, `nameserver ${p.ip6()}`, 'options timeout:1 attempts:2')],
  [
    'etc/netplan/01.yaml',
    (p) =>
      lines(
        'network:',
        '  ethernets:',
        '    eth0:',
        `      match: { macaddress: "${p.mac()}" }`,
        `      addresses: [${p.ip()}/24, "${p.ip6()}/64"]`,
        `      gateway4: ${p.ip()}`,
        `      mtu: ${p.config()}`,
      ),
  ],
  [
    'var/lib/dhcp/leases',
    (p) =>
      lines(
        `lease ${p.ip()} {`,
        `  hardware ethernet ${p.mac()};`,
        `  client-hostname "${p.shortHost()}";`,
        `  uid ${p.counter()};`,
        '}',
      ),
  ],
  [
    'app/.env.production',
    (p) =>
      lines(
        `APP_KEY=base64:${p.token('api_key', 43, BASE64)}=`,
        `DB_PASSWORD="${p.password('db_password', '!#')}" # rotated ${p.time('offset')}`,
        `MAIL_PASSWORD=${p.password('smtp_password')}`,
        `TWILIO_AUTH_TOKEN=${p.token('api_key', 32, HEX)}`,
        `PASSWORD_TIMEOUT=${p.config()}`,
        `SESSION_LIFETIME=${p.config()}`,
        `PUSHER_APP_SECRET=${p.token('api_key', 20, HEX)}`,
      ),
  ],
  [
    'app/database.yml',
    (p) =>
      lines(
        'production:',
        `  password: <%= ENV['DB'] || '${p.password('db_password')}' %>`,
        `  secret_key_base: ${p.token('api_key', 64, HEX)}`,
        `  pool: ${p.config()}`,
      ),
  ],
  [
    'app/auth.json',
    (p) =>
      JSON.stringify(
        {
          'http-basic': { 'repo.example.org': { username: 'ci', password: p.password('user_password', '!') } },
          'github-oauth': { 'github.example': p.token('access_token', 40, ALNUM, { hard: true }) },
        },
        null,
        4,
      ),
  ],
  [
    'm2/settings.xml',
    (p) =>
      lines(
        '<settings><servers><server>',
        '  <id>nexus</id>',
        '  <username>ci</username>',
        `  <password>${p.password('user_password', '!')}</password>`,
        `  <passphrase>${p.password('user_password')}</passphrase>`,
        `  <timeout>${p.config()}</timeout>`,
        '</server></servers></settings>',
      ),
  ],
  [
    'home/.s3cfg',
    (p) =>
      lines(
        `access_key = ${p.prefixed('aws_access_key_id', 'AKIA', 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
        `secret_key = ${p.token('aws_secret_key', 40, BASE64)}`,
        `gpg_passphrase = ${p.password('backup_password')}`,
        `socket_timeout = ${p.config()}`,
      ),
  ],
  [
    'home/.msmtprc',
    (p) =>
      lines(
        `host ${p.host()}`,
        `port ${p.port()}`,
        `user ${p.email()}`,
        `password ${p.password('smtp_password', '!')}`,
      ),
  ],
  [
    'home/.my.cnf',
    (p) =>
      lines(
        '[client]',
        'user=root',
        `password=${p.password('db_password', '!@')}`,
        '[mysqldump]',
        `password = '${p.password('db_password', '#')}'`,
      ),
  ],
  [
    'conf/ha.conf',
    (p) =>
      lines(
        `auth_pass ${p.password('user_password')}`,
        `virtual_ipaddress { ${p.ip()}/24 dev eth0 }`,
        `rocommunity ${p.token('api_key', 14)} ${p.ip()}/32`,
        `requirepass ${p.password('db_password')}`,
        `masterauth ${p.password('db_password')}`,
        `maxmemory ${p.bytes()}`,
      ),
  ],
];

/** Other people's machines: more compose, cloud credentials, known token formats, system files. */
export const estate: Style = {
  name: 'estate',
  write(desk) {
    desk.file('docker-compose.override.yml', compose);
    desk.file('describe.txt', describe);
    desk.file('secret-wa.json', applied);
    desk.file('sts.json', sts);
    desk.file('known.log', known);
    for (const [path, write] of files) desk.file(path, write);
  },
};
