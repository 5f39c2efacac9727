import { HEX } from '../draw.ts';
import { lines, type Page, type Style } from '../page.ts';
import { home } from './home.ts';
import { machine } from './machine.ts';

const history = (p: Page): string =>
  lines(
    `#${p.time('sec')}`,
    `mysql --user=root --password='${p.password('cli_password', '!$&')}' -h ${p.host()} -e 'show processlist'`,
    `#${p.time('sec')}`,
    `PGPASSWORD=${p.password('db_password')} psql -h ${p.ip()} -p ${p.port()} -U wa`,
    `export WA_API_PASSWORD="${p.password('admin_password', '!@')}"`,
    `curl -sk -X POST https://localhost:9090/v1/users/login -u 'admin:${p.password('cli_password', '!%')}' -d '{"new_password":"${p.password('admin_password')}"}'`,
    `curl -H "Authorization: Bearer ${p.jwt()}" https://127.0.0.1:9090/v1/health`,
    `curl --header 'Authorization: Basic ${p.basic('admin')}' https://${p.publicIp()}/v1/users/login`,
    `docker login registry.example --username ci --password ${p.password('cli_password')}`,
    `echo ${p.token('cli_password', 26)} | docker login --username ci --password-stdin registry.example`,
    `docker run -e MYSQL_ROOT_PASSWORD=${p.password('db_password')} -p ${p.port()}:3306 mysql:5.7`,
    `sshpass -p ${p.password('cli_password', '^')} ssh root@${p.ip()}`,
    `mysqldump -uroot -p'${p.password('cli_password', '#')}' wa > /tmp/wa.sql`,
    `redis-cli -a ${p.password('cli_password')} -h ${p.ip()} info`,
    `openssl rsa -in key.pem -passin pass:${p.password('cli_password')} -out ${p.keep('path', 'key-out.pem')}`,
    `wget --http-user=ops --http-password=${p.password('cli_password')} https://${p.host()}/x.tgz`,
    `vault write auth/approle/login role_id=${p.uuid()} secret_id=${p.prefixed('vault_token', '6a174c20-f6de-a53c-', 17, HEX)}`,
    `export VAULT_TOKEN=${p.prefixed('vault_token', 's.', 24)}`,
    `curl -X POST https://hooks.slack.example/services/T7/B8/${p.token('slack_webhook', 24)} -d '{"text":"done"}'`,
    `git clone https://oauth2:${p.prefixed('access_token', 'glpat-', 20)}@git.example.com/wa/deploy.git`,
    `dd if=/dev/zero of=x bs=4096 count=${p.counter()}; kill -9 ${p.pid()}; sleep ${p.config()}`,
    `git checkout ${p.sha()}; ssh-keygen -t rsa -b 4096; man passwd; ls ~/secrets`,
    `grep -c password /var/log/auth.log # ${p.english('nothing found today')}`,
  );

/** An operator's machine: history, dot files, unit files, server configuration. */
export const shell: Style = {
  name: 'shell',
  write(desk) {
    desk.file('home/.bash_history', history);
    for (const [path, write] of [...home, ...machine]) desk.file(path, write);
  },
};
