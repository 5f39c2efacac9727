import { lines, type Page, type Style, times } from '../page.ts';

const ticket = (p: Page): string =>
  lines(
    'Hi support,',
    `this is ${p.name({ hard: true })} from the shop. Our number is ${p.spelled()} and also ${p.phone()}.`,
    `Since ${p.time('rfc')} we see error ${p.errorCode()} on ${p.host()} (${p.publicIp()}).`,
    `The admin password is ${p.password('admin_password', '!')} and the pin ${p.pin('pin_2fa', { hard: true })}.`,
    `Please write to ${p.email()} or call ${p.spelled()}.`,
    `I changed the db password to "${p.password('db_password', '!@')}" yesterday, same error.`,
    `You can use the token ${p.token('access_token', 32)} for tests.`,
    `Verification code ${p.pin('sms_code', { hard: true })} came by SMS, registered ${p.waId({ hard: true })} with it.`,
    `Customer wrote: "${p.said({ hard: true })}"`,
    `Office: ${p.address({ hard: true })}.`,
    `We use version ${p.build()}, kernel ${p.keep('version', '5.10.0-28-amd64')}, docker 19.03.${p.row()}.`,
  );

const english = (p: Page): string =>
  lines(
    `The password policy needs ${p.english('14 characters')} and expires after ${p.english('90 days at most')}.`,
    `password authentication is ${p.made()} by pg_hba line ${p.row()}`,
    `token bucket ${p.metric()} per key; secret sauce: none; keyword search ${p.made()}`,
    `keyboard layout ${p.made()} secretary ${p.made()} tokenizer ${p.made()} passenger ${p.made()}`,
    `The secret to success is ${p.english('regular backups')}, key takeaways: ${p.english('see page nine')}`,
    `primary key (${p.identifier('id')}), foreign key ${p.identifier('fk')}, key ${p.identifier('idx')} already exists`,
    `Enter password: ${p.english('********** rejected')}`,
    `Access denied for user (using password: ${p.english('YES), errno 1045')}`,
    `Invalid username or password ${p.english('supplied to login')}; ${p.english('password must not be empty')}`,
    `the access token expires in ${p.counter()} s and the API key was ${p.made()}`,
    `SSL key ${p.keep('path', '/etc/ssl/private/wa.key')} secret mounted at ${p.keep('path', '/run/secrets/wa_db')}`,
    `author ${p.made()} authority ${p.made()} authorised ${p.made()} cookie banner ${p.made()}`,
    `mask ${p.made()} body mass ${p.metric()}, name resolution ${p.made()}, text/html ${p.counter()}`,
    `from table ${p.identifier('t')} to disk ${p.identifier('d')} phone line quality ${p.metric()}`,
    `message body limit ${p.counter()} bytes, name server timeout ${p.latency('ms')}`,
    `PASSWORD_HISTORY=${p.config()} PASSWORD_MIN_LENGTH=${p.config()} TOKEN_TTL_SECONDS=${p.config()} KEY_ROTATION_DAYS=${p.config()}`,
    `"password_min_length": ${p.config()}, "tokenCount": ${p.counter()}, "keyId": ${p.counter()}, "passwordChangedAt": "${p.time('rfc')}"`,
    `"secretName": "${p.keep('config_key', 'wa-db-credential-store')}", "tokenType": "${p.english('bearer-opaque')}"`,
  );

const numbers = (p: Page): string =>
  lines(
    times(3, () => `uptime ${p.counter()} seconds, mem ${p.bytes()} kB, rss ${p.bytes()}`),
    times(3, () => `${p.time('sec')} ${p.time('ms')} ${p.time('us')} ${p.time('ns')} ${p.time('float')}`),
    `oid 1.3.6.1.4.1.${p.number('oid', 5)}.2.1 asn ${p.counter()} snmp ok`,
    `commit ${p.sha()} merge ${p.sha()}`,
    `md5 ${p.etag()} sha256 ${p.container()} crc ${p.shortId()}`,
    `uuid ${p.uuid()} trace ${p.traceId()} span ${p.keep('request_id', p.fresh(16, '0123456789abcdef'))}`,
    `serial ${p.keep('serial', `WD-${p.fresh(10, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789')}`)} wwn 0x${p.keep('serial', p.fresh(16, '0123456789abcdef'))}`,
    `libssl.so.1.1 libx.so.${p.config()} /usr/lib/jvm/java-11.0.${p.config()} /proc/${p.pid()}/maps`,
    `build ${p.keep('version_ip_like', `10.${p.draw.between(10, 99)}.${p.draw.between(10, 99)}.${p.draw.between(10, 99)}`, true)}`,
    `Chrome/120.${p.config()}.109.0 nginx/1.${p.draw.between(10, 19)}.${p.row()}`,
    `0x${p.keep('hex_addr', p.fresh(12, '0123456789abcdef'))} offset ${p.bytes()} inode ${p.counter()} dev 8:1`,
    `listen ${p.keep('loopback', '127.0.0.1:8443')} ${p.keep('loopback', '0.0.0.0:9091')} ${p.keep('loopback', '[::1]:9092')}`,
    `ssh-ed25519 ${p.publicKey()} comment`,
    `-----BEGIN PUBLIC KEY-----`,
    `MFkwEwYHKoZIzjC${p.publicKey()}`,
    `-----END PUBLIC KEY-----`,
    `order ${p.counter()} invoice ${p.counter()} ticket ${p.counter()} batch ${p.bytes()}`,
    `sectors ${p.bytes()} blocks ${p.bytes()} mtime ${p.time('sec')} size=${p.bytes()}`,
    `p50=${p.latency('ms')} p99=${p.latency('ms')} max=${p.latency('ms')} count=${p.bytes()}`,
    `com.acme.${p.className()}.Main org.example.${p.className()}.Worker$1 at Foo.java:${p.row()}`,
  );

const reused = (p: Page, secret: string): string =>
  lines(
    `retrying with ${secret} in ${p.latency('ms')}`,
    `GET /x?u=a&v=${encodeURIComponent(secret)} ${p.counter()}`,
    `hdr ${Buffer.from(`svc:${secret}`).toString('base64')} ${p.counter()}`,
    `argv0 wa '${secret}' ${p.pid()}`,
    JSON.stringify({ note: `tried "${secret}"`, n: Number(p.counter()) }),
    `hex ${Buffer.from(secret).toString('hex')} crc ${p.counter()}`,
  );

/** People's words, traps, and known values that stand bare elsewhere. */
export const prose: Style = {
  name: 'prose',
  write(desk) {
    desk.file('ticket.txt', ticket);
    desk.file('english.txt', english);
    desk.file('numbers.txt', numbers);
    const page = desk.page('known/service.env');
    const secret = page.password('reused_secret', '!@/&');
    desk.put('known/service.env', lines(`SVC_PASSWORD='${secret}'`, `SVC_PORT=${page.port()}`));
    desk.file('known/service.log', (p) => reused(p, secret));
  },
};
