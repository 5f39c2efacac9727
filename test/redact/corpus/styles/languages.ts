import { lines, type Page, times } from '../page.ts';

/** Dictionaries and a traceback. */
export const python = (p: Page): string =>
  lines(
    times(
      2,
      () =>
        `${p.time('comma')} - wa.client - DEBUG - payload: {'to': '${p.waId()}', 'type': 'text', 'text': {'body': '${p.said()}'}, 'ttl': ${p.config()}}`,
    ),
    `${p.time('comma')} - wa.auth - DEBUG - login({'username': 'admin', 'password': '${p.password('user_password', '!#')}', 'retries': ${p.counter()}})`,
    'Traceback (most recent call last):',
    `  File "/srv/wa/db.py", line ${p.row()}, in connect`,
    `    conn = pymysql.connect(host="${p.host()}", user="wa", passwd="${p.password('db_password')}", port=${p.port()})`,
    `pymysql.err.OperationalError: (${p.errorCode()}, "Can't connect to MySQL server on '${p.ip()}' (timed out)")`,
    `DATABASES = {'default': {'ENGINE': 'mysql', 'PASSWORD': '${p.password('db_password', '@!')}', 'CONN_MAX_AGE': ${p.config()}}}`,
    `SECRET_KEY = '${p.token('api_key', 50)}'`,
  );

/** Ruby, Go, PHP, Flutter, Erlang. */
export const others = (p: Page): string =>
  lines(
    `D, [${p.time('rfc-us')} #${p.pid()}] DEBUG -- : Parameters: {"user"=>"ann", "password"=>"${p.password('user_password', '!')}", :api_token=>"${p.token('access_token', 30)}", :count=>${p.counter()}}`,
    `${p.time('slash')} main.go:${p.row()}: config {User:wa Password:${p.password('db_password')} Host:${p.host()} Port:${p.port()}}`,
    `${p.time('slash')} config &main.Cfg{Token:"${p.token('access_token', 28)}", TokenTTL:${p.config()}, Phone:"${p.phone()}"}`,
    '    [db] => Array (',
    `        [password] => ${p.password('db_password', '!')}`,
    `        [port] => ${p.port()}`,
    `  ["api_key"]=> string(32) "${p.token('api_key', 32)}"`,
    `define('DB_PASSWORD', '${p.password('db_password', '!@#')}');`,
    `$config['encryption_key'] = "${p.token('api_key', 32)}";`,
    `PHP Warning:  mysqli_connect(): Access denied in /var/www/db.php on line ${p.row()}`,
    `I/flutter (${p.pid()}): authToken: ${p.token('access_token', 40)}`,
    `${p.time('dot')} [warning] <0.${p.config()}.0> cookie: ${p.token('cookie_session', 20)} node=${p.host()}`,
  );

/** Lines with colours of a terminal. */
export const colours = (p: Page): string =>
  lines(
    `\x1b[32m${p.time('rfc')}\x1b[39m \x1b[36mDEBUG\x1b[39m \x1b[1mpassword\x1b[22m=\x1b[33m${p.password('user_password')}\x1b[0m`,
    `\x1b[90m[${p.time('comma')}]\x1b[0m \x1b[34mapi_key\x1b[0m: \x1b[1;31m"${p.token('api_key', 28)}"\x1b[0m took \x1b[35m${p.latency('ms')}\x1b[0m`,
    `\x1b[1;37mto\x1b[0m=\x1b[36m${p.phone()}\x1b[0m id=\x1b[36m${p.messageId()}\x1b[0m`,
    `\x1b]0;root@${p.shortHost()}: ~\x07\x1b[01;32mroot\x1b[00m:~# echo ${p.made()}`,
  );
