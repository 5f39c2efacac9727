import { HEX } from '../draw.ts';
import { lines, type Page, type Style, times } from '../page.ts';

const properties = (p: Page): string =>
  lines(
    '! integration gateway',
    `spring.datasource.url = jdbc:mysql://${p.host()}:3306/wa?useSSL=false&user=gw&password=${p.password('db_url_password')}`,
    `spring.datasource.password: ${p.password('db_password', '!@%')}`,
    `spring.datasource.hikari.max-lifetime=${p.config()}`,
    `wa.admin.password   ${p.password('admin_password')}`,
    `jasypt.encryptor.password=${p.token('api_key', 24)}`,
    `server.ssl.key-store-password=${p.password('user_password')}`,
    `server.ssl.key-alias=${p.made()}`,
    `wa.api.token=\\`,
    `    ${p.token('multi_line_secret', 36)}`,
    `mail.smtp.password=${p.password('smtp_password', '!+')}`,
    `security.password.min-length=${p.config()}`,
    `security.jwt.key-size=${p.config()}`,
    `spring.cache.key-prefix=${p.identifier('wa')}`,
    `management.port=${p.port()}`,
    `ldap.bindCredential=${p.password('user_password')}`,
  );

const spring = (p: Page): string =>
  lines(
    'spring:',
    '  redis:',
    `    host: ${p.ip()}`,
    `    password: "${p.password('db_password', '#@!')}"`,
    '  security:',
    '    oauth2:',
    `      client-secret: ${p.token('api_key', 40)}`,
    `      access-token: ${p.token('access_token', 52)}`,
    'whatsapp:',
    '  api-users:',
    `    - { user: crm, passwd: ${p.password('user_password')} }`,
    `  webhook-verify-token: ${p.token('webhook_token', 22)}`,
    `  timeout-ms: ${p.config()}`,
  );

const xml = (p: Page): string =>
  lines(
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<configuration>',
    `  <Resource name="jdbc/wa" type="javax.sql.DataSource" username="wa" password="${p.password('db_password', '!@#')}"`,
    `            url="jdbc:postgresql://${p.host()}:5432/wa" maxTotal="${p.config()}"/>`,
    `  <property name="hibernate.connection.password">${p.password('db_password', '&<').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</property>`,
    `  <property name="hibernate.jdbc.batch_size">${p.config()}</property>`,
    `  <add key="ApiSecret" value="${p.token('api_key', 32)}" />`,
    `  <add key="KeySize" value="${p.config()}" />`,
    `  <contact><name>${p.name()}</name><phone>${p.spelled()}</phone><email>${p.email()}</email></contact>`,
    `  <password>${p.password('user_password', '!*')}</password>`,
    `  <passwordPolicy minLength="14" history="${p.config()}"/>`,
    `  <proxy><host>${p.host()}</host><port>${p.port()}</port><proxyPassword><![CDATA[${p.password('proxy_password', '<&>')}]]></proxyPassword></proxy>`,
    '</configuration>',
  );

const log4j = (p: Page): string =>
  lines(
    times(
      3,
      () =>
        `${p.time('comma')} INFO  [http-nio-8443-exec-${p.config()}] c.acme.${p.className()}.SendService - sent template to ${p.phone()} id=${p.messageId()} took ${p.latency('ms')}`,
    ),
    times(
      2,
      () =>
        `${p.time('comma')} DEBUG [pool-2-thread-7] c.a.w.Inbound - Message(from=${p.waId()}, name=${p.name()}, text=Text(body=${p.said()}), timestamp=${p.time('sec')})`,
    ),
    `${p.time('comma')} WARN  [main] c.a.w.Login - User(username=crm, password=${p.password('user_password')}, roles=[ADMIN], id=${p.uuid()})`,
    `${p.time('comma')} ERROR [main] o.h.e.jdbc.spi.SqlExceptionHelper - SQLState: ${p.keep('error_code', '28000')}, code ${p.errorCode()}`,
    `java.sql.SQLException: Access denied for user 'wa'@'${p.host()}' (using password: YES)`,
    `\tat com.mysql.cj.jdbc.exceptions.SQLError.createSQLException(SQLError.java:${p.row()})`,
    `\tat com.acme.${p.className()}.Pool.open(Pool.java:${p.row()}) ~[wa-${p.version()}.jar!/:?]`,
    `Caused by: org.postgresql.util.PSQLException: connect jdbc:postgresql://gw:${p.password('db_url_password')}@${p.host()}:5432/wa refused`,
    `\t... ${p.row()} common frames omitted`,
    `[GC (Allocation Failure) [PSYoungGen: ${p.bytes()}K->${p.bytes()}K(76288K)], ${p.latency(' secs')}]`,
    `${p.time('comma')} INFO  [main] c.a.w.Keys - secretary started, keyboard ok, tokenizer ${p.version()}, monkey ${p.counter()}`,
  );

const mysqlLog = (p: Page): string =>
  lines(
    `${p.time('rfc-us')}\t${p.pid()} Connect\twa@${p.ip()} on wa using TCP/IP`,
    `${p.time('rfc-us')}\t${p.pid()} Query\tCREATE USER 'wa2'@'%' IDENTIFIED BY '${p.password('sql_identified_by', '!#')}'`,
    `${p.time('rfc-us')}\t${p.pid()} Query\tSET PASSWORD FOR 'wa'@'%' = PASSWORD('${p.password('sql_identified_by')}')`,
    `${p.time('rfc-us')}\t${p.pid()} Query\tALTER USER 'root'@'localhost' IDENTIFIED WITH mysql_native_password BY '${p.password('sql_identified_by')}'`,
    `${p.time('rfc-us')}\t${p.pid()} Query\tGRANT ALL ON *.* TO 'x'@'%' IDENTIFIED BY PASSWORD '${p.hash('mysql')}'`,
    `${p.time('rfc-us')}\t${p.pid()} Query\tINSERT INTO contacts (wa_id, name, address) VALUES ('${p.waId()}','${p.name()}','${p.address()}')`,
    `${p.time('rfc-us')} ${p.pid()} [Warning] [MY-010055] [Server] IP address '${p.publicIp()}' could not be resolved`,
    `# Query_time: ${p.latency('')}  Lock_time: 0.000063 Rows_sent: 1  Rows_examined: ${p.counter()}`,
    `${p.time('rfc-us')} ${p.pid()} [ERROR] Duplicate entry '${p.keep('db_error_text', 'PRIMARY-88213')}' for key 'PRIMARY'`,
  );

const pgLog = (p: Page): string =>
  lines(
    `${p.time('dot')} UTC [${p.pid()}] LOG:  connection received: host=${p.ip()} port=${p.port()}`,
    `${p.time('dot')} UTC [${p.pid()}] STATEMENT:  ALTER ROLE wa WITH PASSWORD '${p.password('sql_identified_by', '!$')}'`,
    `${p.time('dot')} UTC [${p.pid()}] LOG:  duration: ${p.latency(' ms')}  statement: CREATE USER r ENCRYPTED PASSWORD '${p.hash('scram')}' VALID UNTIL 'infinity'`,
    `${p.time('dot')} UTC [${p.pid()}] ERROR:  relation "${p.identifier('tbl')}" does not exist at character ${p.row()}`,
    `${p.time('dot')} UTC [${p.pid()}] DETAIL:  Key (phone)=(${p.plainPhone()}) already exists.`,
    `${p.time('dot')} UTC [${p.pid()}] FATAL:  password authentication failed for user "${p.made()}"`,
    `${p.time('dot')} UTC [${p.pid()}] LOG:  checkpoint complete: wrote ${p.counter()} buffers; lsn=1A/${p.keep('hash', p.fresh(8, HEX))}`,
  );

const csv = (p: Page): string =>
  lines(
    'id,created,name,phone,email,last_message,password_hash,balance',
    times(
      3,
      () =>
        `${p.counter()},${p.time('offset')},${p.name()},${p.phone()},${p.email()},"${p.said()}",${p.hash('bcrypt')},${p.metric()}`,
    ),
  );

const dump = (p: Page): string =>
  lines(
    `-- MySQL dump 10.13  Distrib 5.7.${p.row()}, for Linux (x86_64)`,
    `CREATE TABLE \`users\` (\`id\` int(11) NOT NULL AUTO_INCREMENT, \`password\` varchar(60)) ENGINE=InnoDB AUTO_INCREMENT=${p.counter()};`,
    `INSERT INTO \`users\` (\`id\`,\`username\`,\`password\`,\`email\`) VALUES (${p.config()},'ann','${p.hash('argon')}','${p.email()}'),(${p.config()},'bob','${p.hash('sha512')}','${p.email()}');`,
    `INSERT INTO \`messages\` (\`id\`,\`to_number\`,\`body\`,\`created\`) VALUES (${p.counter()},'${p.plainPhone()}','${p.said()}','${p.time('dot')}');`,
  );

/** A Java house: properties, Spring, XML, log4j, database logs, exports. */
export const java: Style = {
  name: 'java',
  write(desk) {
    desk.file('conf/gateway.properties', properties);
    desk.file('conf/application-prod.yml', spring);
    desk.file('conf/context.xml', xml);
    desk.file('logs/gateway.log', log4j);
    desk.file('db/general_log.txt', mysqlLog);
    desk.file('db/postgresql-Tue.log', pgLog);
    desk.file('export/contacts.csv', csv);
    desk.file('export/dump.sql', dump);
  },
};
