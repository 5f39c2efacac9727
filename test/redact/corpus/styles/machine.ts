import { HEX } from '../draw.ts';
import { lines, type Page } from '../page.ts';

/** Server configuration, scripts, environments, addresses, by path. */
export const machine: readonly (readonly [string, (p: Page) => string])[] = [
  [
    'etc/my.cnf',
    (p) =>
      lines(
        '[client]',
        'user = root',
        `password = "${p.password('db_password', '#;@')}"`,
        `port = ${p.port()}`,
        '[mysqld]',
        `max_allowed_packet=${p.bytes()}`,
        `bind-address = ${p.ip()}`,
        `default_password_lifetime=${p.config()}`,
        `key_buffer_size = ${p.bytes()}`,
      ),
  ],
  [
    'etc/nginx/conf.d/wa.conf',
    (p) =>
      lines(
        'upstream wa {',
        `  server ${p.ip()}:${p.port()} weight=5;`,
        '}',
        'server {',
        `  server_name ${p.host()};`,
        `  ssl_certificate_key ${p.keep('path', '/etc/nginx/tls/site.key')};`,
        `  proxy_set_header Authorization "Basic ${p.basic('proxy')}";`,
        `  proxy_set_header X-Api-Key ${p.token('api_key', 32)};`,
        `  if ($arg_token != "${p.token('webhook_token', 24)}") { return 403; }`,
        `  proxy_read_timeout ${p.config()};`,
        '}',
      ),
  ],
  [
    'etc/haproxy/haproxy.cfg',
    (p) =>
      lines(
        'userlist ops',
        `  user admin insecure-password ${p.password('admin_password', '!')}`,
        `  user dev password ${p.hash('sha512')}`,
        'backend web',
        `  stats auth admin:${p.password('admin_password')}`,
        `  server web1 ${p.ip()}:443 check inter ${p.config()}`,
      ),
  ],
  [
    'etc/systemd/system/wa.service',
    (p) =>
      lines(
        '[Service]',
        `Environment="WA_DB_PASSWORD=${p.password('db_password', '!@%')}" "WA_DB_PORT=${p.port()}"`,
        `Environment=ADMIN_TOKEN=${p.token('access_token', 40)}`,
        `ExecStart=/usr/bin/wa --api-key=${p.token('api_key', 30)} --key-file ${p.keep('path', '/etc/wa/server.key')}`,
        `LimitNOFILE=${p.counter()}`,
        `# unit run-${p.number('unit', 6)}.scope`,
      ),
  ],
  [
    'opt/deploy.sh',
    (p) =>
      lines(
        '#!/bin/bash',
        'set -e',
        `DB_PASS='${p.password('db_password', '!$#')}'`,
        `readonly SMTP_PASSWD=${p.password('smtp_password')}`,
        'cat > /run/secrets/token <<EOF',
        p.token('multi_line_secret', 44),
        'EOF',
        `LOCK_TOKEN_FILE=${p.keep('path', '/run/lock/wa.token')}`,
        `if [ "$PASSWORD_MAX_AGE" -gt ${p.config()} ]; then exit 3; fi`,
        `AUTH=$(echo -n 'admin:${p.password('basic_auth')}' | base64)`,
      ),
  ],
  [
    'opt/terraform.tfvars',
    (p) =>
      lines(
        `db_password       = "${p.password('db_password', '!')}"`,
        `slack_webhook_url = "https://hooks.slack.example/services/T0/B1/${p.token('slack_webhook', 24)}"`,
        `allowed_cidrs     = ["${p.publicIp()}/32", "0.0.0.0/0"]`,
        `node_count        = ${p.config()}`,
      ),
  ],
  [
    'opt/inventory.ini',
    (p) =>
      lines(
        '[wa]',
        `${p.host()} ansible_host=${p.ip()} ansible_user=root ansible_password=${p.password('user_password', '!')} ansible_become_pass='${p.password('user_password')}' port=${p.port()}`,
      ),
  ],
  [
    'opt/settings.toml',
    (p) =>
      lines(
        '[database]',
        `password = "${p.password('db_password', '!#')}"`,
        `max_key_length = ${p.config()}`,
        '[api]',
        `token = '''${p.token('access_token', 38)}'''`,
        `urls = [ "redis://:${p.password('db_url_password')}@${p.ip()}:6379/0" ]`,
        `[smtp]`,
        `auth = { user = "a", pass = "${p.password('smtp_password')}" }`,
      ),
  ],
  [
    'proc/env.txt',
    (p) =>
      lines(
        `HOSTNAME=${p.shortHost()}`,
        `SMTP_URL=smtps://mailer:${p.password('smtp_password')}@${p.host()}:465`,
        `API_SECRET=${p.token('api_key', 40, HEX)}`,
        `BACKUP_PASSPHRASE=${p.phrase('backup_password')}`,
        `SSH_CONNECTION=${p.publicIp()} ${p.port()} ${p.ip()} 22`,
        `GPG_KEY_ID=${p.keep('public_key', p.fresh(16, HEX).toUpperCase())}`,
        `BUILD_ID=${p.counter()}`,
        'KEYBOARD_LAYOUT=us',
        `AMQP=amqp://wa:${p.password('db_url_password')}@${p.host()}:5672/%2f`,
      ),
  ],
  [
    'proc/1/environ',
    (p) =>
      [
        `PATH=/bin`,
        `WA_DB_PASSWORD=${p.password('db_password', '!=')}`,
        `TOKEN_COUNT=${p.config()}`,
        `WEBHOOK_SECRET=${p.token('webhook_token', 32)}`,
        `NODE_IP=${p.ip()}`,
        '',
      ].join('\0'),
  ],
  [
    'net/addr.txt',
    (p) =>
      lines(
        `2: eth0: <BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state UP qlen ${p.config()}`,
        `    link/ether ${p.mac()} brd ff:ff:ff:ff:ff:ff`,
        `    inet ${p.ip()}/24 brd 10.255.255.255 scope global eth0`,
        `    inet6 ${p.ip6()}/64 scope link`,
        `? (${p.ip()}) at ${p.mac()} [ether] on br-${p.shortId()}`,
        `tcp ESTAB 0 0 ${p.ip()}:${p.port()} ${p.publicIp()}:5222 users:(("wa",pid=${p.pid()},fd=9))`,
        `tcp ESTAB 0 0 [${p.ip6()}]:443 [${p.ip6()}]:${p.port()}`,
        `${p.ip()}  ${p.host()} wa-alias`,
        `127.0.0.1 localhost  # ${p.keep('loopback', '127.0.0.1:9443')}`,
        `RX bytes:${p.bytes()} TX bytes:${p.bytes()}`,
      ),
  ],
];
