import { lines, type Page, type Style, times } from '../page.ts';
import { colours, others, python } from './languages.ts';

const pino = (p: Page): string =>
  lines(
    times(3, () =>
      JSON.stringify({
        level: 30,
        time: Number(p.time('ms')),
        pid: Number(p.pid()),
        hostname: p.shortHost(),
        msg: 'sent',
        to: p.phone(),
        responseTime: Number(p.metric()),
      }),
    ),
    JSON.stringify({
      level: 50,
      time: Number(p.time('ms')),
      err: {
        type: 'Error',
        code: p.errorCode(),
        stack: `Error: connect postgres://wa:${p.password('db_url_password')}@${p.host()}/wa\n    at Pool.<anonymous> (/app/pool.js:${p.row()}:11)`,
      },
    }),
    JSON.stringify({
      level: 20,
      req: {
        headers: { authorization: `Bearer ${p.jwt()}`, 'x-api-key': p.token('api_key', 30), 'x-request-id': p.uuid() },
        remoteAddress: p.ip(),
      },
    }),
    JSON.stringify({
      level: 20,
      user: {
        userName: 'bob',
        passWord: p.password('user_password', '!"'),
        keyCount: Number(p.counter()),
        fullName: p.name(),
      },
    }),
  );

const logfmt = (p: Page): string =>
  lines(
    times(
      3,
      () =>
        `ts=${p.time('rfc-us')} level=info caller=send.go:${p.row()} msg="message sent" msisdn=${p.plainPhone()} dur=${p.latency('ms')} trace_id=${p.traceId()}`,
    ),
    `time="${p.time('offset')}" level=error msg="login failed" user=admin password="${p.password('user_password', '!%')}" attempt=${p.counter()}`,
    `ts=${p.time('float')} level=debug db_dsn="wa:${p.password('db_url_password')}@tcp(${p.host()}:3306)/wa?parseTime=true"`,
    `ts=${p.time('float')} level=debug token=${p.token('access_token', 34)} token_ttl=${p.config()} key=${p.identifier('cache')} code=${p.errorCode()}`,
    `ts=${p.time('float')} level=info event=inbound contact_name="${p.name()}" body="${p.said()}" len=${p.counter()}`,
  );

const syslog = (p: Page): string =>
  lines(
    times(
      2,
      () =>
        `<134>1 ${p.time('rfc')} ${p.host()} wacore ${p.pid()} ID47 [meta sequenceId="${p.counter()}" ip="${p.ip()}"] to=${p.plainPhone()} queued`,
    ),
    `Mar  3 04:05:06 ${p.shortHost()} dockerd[${p.pid()}]: time="${p.time('rfc-ns')}" level=warning msg="container ${p.container()} exited"`,
    `Mar 13 14:05:06 ${p.shortHost()} sshd[${p.pid()}]: Failed password for invalid user admin from ${p.publicIp()} port ${p.port()} ssh2`,
    `Mar 13 14:05:07 ${p.shortHost()} sudo: ops : TTY=pts/0 ; PWD=/root ; COMMAND=/usr/bin/mysql -uroot -p${p.password('cli_password')} wa`,
    `Mar 13 14:05:09 ${p.shortHost()} kernel: [${p.metric()}] IN=eth0 OUT= MAC=${p.mac()}:${p.mac()}:08:00 SRC=${p.publicIp()} DST=${p.ip()} LEN=60 SPT=${p.port()}`,
    `Mar 13 14:05:11 ${p.shortHost()} postfix/smtp[${p.pid()}]: to=<${p.email()}>, relay=${p.host()}[${p.publicIp()}]:25, delay=${p.metric()}, status=sent`,
  );

const journal = (p: Page): string =>
  lines(
    times(2, () => [
      `__REALTIME_TIMESTAMP=${p.time('us')}`,
      `_BOOT_ID=${p.traceId()}`,
      `_HOSTNAME=${p.shortHost()}`,
      `_PID=${p.pid()}`,
      `_CMDLINE=/usr/bin/wa --password ${p.password('cli_password')} --workers ${p.config()}`,
      `MESSAGE=login as ${p.email()} secret=${p.token('api_key', 24)}`,
      '',
    ]).flat(),
  );

const journalJson = (p: Page): string =>
  lines(
    times(2, () =>
      JSON.stringify({
        __REALTIME_TIMESTAMP: p.time('us'),
        _PID: p.pid(),
        _HOSTNAME: p.shortHost(),
        _SYSTEMD_UNIT: 'docker.service',
        CONTAINER_ID: p.shortId(),
        MESSAGE: `auth: password=${p.password('user_password')} from ${p.ip()}`,
      }),
    ),
    JSON.stringify({
      __REALTIME_TIMESTAMP: p.time('us'),
      MESSAGE: `\x1b[31mtoken: ${p.token('access_token', 30)}\x1b[0m`,
    }),
  );

const winston = (p: Page): string =>
  lines(
    `${p.time('rfc')} [info]: user ${p.email()} logged in from ${p.publicIp()} session=${p.token('cookie_session', 32)}`,
    JSON.stringify({
      '@timestamp': p.time('rfc'),
      'log.level': 'warn',
      'client.ip': p.ip6(),
      'user.full_name': p.name(),
      'event.duration': Number(p.counter()),
      message: `PIN is ${p.pin('pin_2fa')}`,
    }),
    JSON.stringify({
      version: '1.1',
      host: p.shortHost(),
      short_message: `SMS verification code: ${p.pin('sms_code')}`,
      timestamp: Number(p.time('float')),
      _secret: p.token('api_key', 26),
      _line: Number(p.row()),
    }),
    JSON.stringify({
      name: 'bunyan',
      hostname: p.host(),
      pid: Number(p.pid()),
      time: p.time('rfc'),
      v: 0,
      msg: `customer ${p.phone()} asked for ${p.made()}`,
    }),
  );

/** Loggers of many languages. */
export const loggers: Style = {
  name: 'loggers',
  write(desk) {
    desk.file('pino.log', pino);
    desk.file('go.log', logfmt);
    desk.file('var/log/messages', syslog);
    desk.file('journal.export', journal);
    desk.file('journal.json', journalJson);
    desk.file('django.log', python);
    desk.file('mixed/other.out', others);
    desk.file('colour.log', colours);
    desk.file('winston.txt', winston);
  },
};
