import { describe, expect, test } from 'vitest';
import { presentIn } from '../../../src/redact/present.ts';
import { RULES } from '../../../src/redact/rules/index.ts';
import { cleanText } from '../../../src/redact/text.ts';
import { taken } from '../labelled.ts';

const HASH = `$2a$10$${'aB3dE6gH9j'.repeat(5)}abc`;
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYWRtaW4ifQ.c2lnbmF0dXJl';
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq2\nqwer1234==\n-----END RSA PRIVATE KEY-----';

/** For each rule, texts with what must go in each, and texts that must stay as they are. */
const CASES: Readonly<
  Record<string, { hits: readonly (readonly [string, ...string[]])[]; misses: readonly string[] }>
> = {
  'credential.private-key': {
    hits: [
      [PEM, 'MIIEpAIBAAKCAQEA7bq2', 'qwer1234'],
      [PEM.replaceAll('\n', '\\n'), 'MIIEpAIBAAKCAQEA7bq2'],
      [PEM.replace(/\n-----END.*/, ''), 'MIIEpAIBAAKCAQEA7bq2'],
    ],
    misses: [
      '-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA7bq2\n-----END CERTIFICATE-----',
      '-----BEGIN PUBLIC KEY-----\nMIIEpAIBAAKCAQEA7bq2\n-----END PUBLIC KEY-----',
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx',
    ],
  },
  'credential.url-password': {
    hits: [
      ['mysql://biz:Ab3%40x!y@db/biz', 'Ab3%40x!y'],
      ['amqp://wa:p/a@ss:word@10.1.2.3:5672/v', 'p/a@ss:word'],
      ['https://eac0ddd60132f96aa87e5a4bb15d4dcc@sentry.io/2', 'eac0ddd60132f96aa87e5a4bb15d4dcc'],
    ],
    misses: ['http://localhost:9090/a@b', 'ssh://git@github.com/x', `postgres://biz:${'$'}{DB_PASSWORD}@db/x`],
  },
  'credential.data-source': {
    hits: [
      ['wa:S3cret@tcp(db:3306)/x', 'S3cret'],
      ['exporter:Zz9(x)@(db:3306)/', 'Zz9(x)'],
      ['dsn biz:Kq7xw@db:5432/biz', 'Kq7xw'],
    ],
    misses: ['image: wa:v2.53@sha256:abcdef', 'user wa@tcp(db:3306)', 'a:b c@d'],
  },
  'credential.path-token': {
    hits: [
      ['https://hooks.slack.com/services/T1/B1/KwGUPARkdOOkNEAe', 'KwGUPARkdOOkNEAe'],
      ['POST /webhook/k3Yf63lfOmBog7hb1 200', 'k3Yf63lfOmBog7hb1'],
      ['GET /bot123456789:AAE-xyzXYZ_0123456789abc/getMe', 'AAE-xyzXYZ_0123456789abc'],
    ],
    misses: ['POST /webhook/inbound-messages 200', 'GET /v1/health', '/hooks/pre-commit-config'],
  },
  'credential.table': {
    hits: [
      ['| id | username | password |\n+----+----+----+\n| 1 | ann | GYFmBDX5frGP |', 'GYFmBDX5frGP'],
      [' wa_id | name | updated\n---+---+---\n 775829019297 | Amara Gipekut | 2024', '775829019297', 'Amara Gipekut'],
      ['id,to,body,status\n1,491701234567,"Ja, bitte",read', '491701234567', 'Ja, bitte'],
      ['ts\tmsisdn\tstatus\n1716682555863\t5283084607933\tsent', '5283084607933'],
      ['ID      PHONE         NAME\n1       66812345678   Somchai J', '66812345678', 'Somchai J'],
      ['| Variable_name | Value |\n| wsrep_sst_password | root99secret |', 'root99secret'],
      ['COPY public.contacts (wa_id, name) FROM stdin;\n66812345678\tSomchai', '66812345678', 'Somchai'],
    ],
    misses: [
      '| Variable_name | Value |\n| password_history | 4242 |\n| Key_reads | 66812345678 |',
      'NAMES     IMAGE     STATUS\nwacore-1  x:v1      Up 2 days',
      'Hello, my phone, address and password\nThen, we saw 12345678, ok',
      'NAME        TYPE      DATA\nwa-secret   Opaque    3',
    ],
  },
  'credential.call': {
    hits: [
      ["requests.get(url, auth=('admin', 'kd8Sjs9Dks8'))", 'kd8Sjs9Dks8'],
      ['new PasswordAuthentication("mailer", "g7HsKKdkS9sd!")', 'g7HsKKdkS9sd!'],
      ['DriverManager.getConnection(url, "wa", "Hh77dk3Lls!")', 'Hh77dk3Lls!'],
    ],
    misses: ['auth = ["basic", "digest"]', 'login(user, options)', 'getConnection("jdbc:mysql://db/wa", "x y z")'],
  },
  'credential.sql-password': {
    hits: [
      ["CREATE USER x IDENTIFIED BY 'Ab3dE'", 'Ab3dE'],
      ["ALTER ROLE wa ENCRYPTED PASSWORD 'q w e'", 'q w e'],
      ["SET PASSWORD FOR 'biz'@'%' = 'xY1z'", 'xY1z'],
    ],
    misses: [
      "IDENTIFIED BY '***'",
      "column 'password' of relation 'x'",
      'FATAL: password authentication failed for user "biz"',
    ],
  },
  'personal.sql-value': {
    hits: [
      ["INSERT INTO chat VALUES ('971938039360','Hello my dear')", '971938039360', 'Hello my dear'],
      ["UPDATE c SET body='see you at 5', n=3 WHERE id=7", 'see you at 5'],
      ["INSERT INTO c (id, name) VALUES (3,'Anna Meier')", 'Anna Meier'],
    ],
    misses: [
      "INSERT INTO t VALUES (5,'delivered')",
      "WHERE state='ok' AND id=12345",
      "Duplicate entry 'PRIMARY-7741' for key 'x'",
    ],
  },
  'credential.password-hash': {
    hits: [
      [`hash is ${HASH}`, HASH],
      ['root:$6$saltsalt$abcdefghijklmnop:19000', '$6$saltsalt$abcdefghijklmnop'],
      ['SCRAM-SHA-256$4096:abcdefgh$ijkl:mnop', 'abcdefgh'],
    ],
    misses: ['costs $2 or $3', 'sum b4e407b98e3f0b1ac6e58321013a9fcd', `${'$'}{HOME}/x`],
  },
  'credential.named': {
    hits: [
      ['DB_PASSWORD=a=b=c==', 'a=b=c=='],
      ['#PREVIOUS_PASSWORD=1tpQP3JTk', '1tpQP3JTk'],
      ['GET /x?phone=%2B6281234567890&token=R6vavBiVtok HTTP', '6281234567890', 'R6vavBiVtok'],
      ['Authorization: Basic YWRtaW46eHl6eHl6', 'YWRtaW46eHl6eHl6'],
      ["{'user': 'a', 'password': 'it\\'s'}", "it\\'s"],
      ['Cookie: sid=7878b741eb6bab14; theme=dark', '7878b741eb6bab14'],
    ],
    misses: [
      'PASSWORD_HISTORY=2461',
      'token_ttl=3600',
      'POSTGRES_PASSWORD_FILE=/run/secrets/db',
      `DB_PASSWORD=${'$'}{DB_PASSWORD}`,
      '(using password: YES), try 5',
      'keys: 12, tokens: 99',
      'session_timeout=1800',
      'primary_key=id_message',
    ],
  },
  'credential.markup': {
    hits: [
      ['<password>a&amp;b</password>', 'a&b'],
      ['<add key="ApiSecret" value="nRD24mu"/>', 'nRD24mu'],
      ['<proxyPassword><![CDATA[x<y>z]]></proxyPassword>', 'x<y>z'],
    ],
    misses: ['<password/>', '<tokenTtl>3600</tokenTtl>', '<version>2.53.1</version>'],
  },
  'credential.form-part': {
    hits: [
      ['form-data; name="password"\r\n\r\nDiwali&2024\r\n--x', 'Diwali&2024'],
      ['form-data; name="client_secret"\n\nabc def\n--x', 'abc def'],
      ['form-data; name="to"\n\n+66812345678\n--x', '66812345678'],
    ],
    misses: [
      'form-data; name="limit"\r\n\r\n50\r\n',
      'form-data; name="file"; filename="a.txt"\n\nabc\n',
      'name="kind"\n\nx\n',
    ],
  },
  'credential.command-line': {
    hits: [
      ['mysql -u root -pS3cret7 -h db', 'S3cret7'],
      ['curl -u admin:kpBep https://127.0.0.1/', 'kpBep'],
      ['docker login -u bot -p yDbMHR reg', 'yDbMHR'],
      ['echo Xy12abc | docker login --password-stdin', 'Xy12abc'],
      ['run --secret Ksvw8f46 --verbose', 'Ksvw8f46'],
      ['db:5432:wa:biz:S3cret', 'S3cret'],
    ],
    misses: [
      'docker run -p 8080:80 nginx',
      'mkdir -p /var/lib/x',
      'ssh -p 2222 host',
      'tar --key-file /etc/x',
      'rx --port 9090',
    ],
  },
  'credential.jwt': {
    hits: [
      [JWT, JWT],
      [`a ${JWT}.`, JWT],
      [`x=${JWT.slice(0, 50)}`, JWT.slice(0, 50)],
    ],
    misses: ['eyJ', 'keyJson.value', 'eyJhb short'],
  },
  'credential.marked-key': {
    hits: [
      ['id AKIA225NMD7O3LPPMFMM', 'AKIA225NMD7O3LPPMFMM'],
      [`vault hvs.${'aB3'.repeat(10)}`, `hvs.${'aB3'.repeat(10)}`],
      [`git ghp_${'aB3d'.repeat(9)}`, `ghp_${'aB3d'.repeat(9)}`],
    ],
    misses: ['AKIA is a prefix', 'ghp_short', 'sk-learn version 1.2'],
  },
  'credential.told': {
    hits: [
      ['the password is 2Iq79VIHI', '2Iq79VIHI'],
      ['your SMS code 441737 expires', '441737'],
      ['PIN: 306899', '306899'],
    ],
    misses: ['token bucket 8812.375', 'password policy 1717 chars', 'exit code 137', 'error code 131026'],
  },
  'personal.wamid': {
    hits: [
      ['wamid.HBkSCzkxNjIxNDI2ODAzNxUC', 'HBkSCzkxNjIxNDI2ODAzNxUC'],
      ['id=wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI=', 'HBgLMTY1MDM4Nzk0MzkVAgARGBI='],
      ['"wamid.HBgLMTY1MDM4Nzk0MzkV"', 'HBgLMTY1MDM4Nzk0MzkV'],
    ],
    misses: ['gBGGYgBuFEcn5WpNM3kCB0_ZLkSs', 'wamid. is an id', 'wamid.short'],
  },
  'personal.jid': {
    hits: [
      ['4915112345678@s.whatsapp.net', '4915112345678'],
      ['4915112345678-1612345678@g.us', '4915112345678'],
      ['to 4915112345678%40c.us', '4915112345678'],
    ],
    misses: ['status@broadcast', '12@c.us', 'v1234567@sha256'],
  },
  'personal.email': {
    hits: [
      ['anna.x@mail.example.net', 'anna.x@mail.example.net'],
      ['<a+b@c.org>', 'a+b@c.org'],
      ['u=anna%40example.com', 'anna@example.com'],
    ],
    misses: ['getty@tty1.service', 'left-pad@1.3.0', 'user@localhost'],
  },
  'personal.conversation': {
    hits: [
      ['Anna Meier says see you soon', 'Anna Meier', 'see you soon'],
      ['12/03/2024, 10:22 - Anna Meier: see you', 'Anna Meier', 'see you'],
      ['message from +66812345678: "see you soon"', 'see you soon'],
    ],
    misses: ['the spec says nothing', '2024-03-12 10:22:01 - INFO: started now', 'message from queue: retry later'],
  },
  'personal.phone': {
    hits: [
      ['call +66 81-234-5678 now', '66812345678'],
      ['(971) 8037-31688', '971803731688'],
      ['tel:0812345678', '0812345678'],
      ['00491701234567', '491701234567'],
    ],
    misses: ['errno=1045-28000', '2024-02-28 14:11:56', '16/Jul/2024:23:31:24 +0000', 'a+b=12345', 'pg-12-3456'],
  },
  'personal.phone-digits': {
    hits: [
      ['sent to 4989582717747', '4989582717747'],
      ['GET /v1/contacts/918797251851 200', '918797251851'],
      ['user=971938039360', '971938039360'],
    ],
    misses: [
      'rx 90981624188',
      'mem 14762122020',
      'at 3085300199517',
      'from 1700000000 to 1700003600',
      '--size=7116213733',
    ],
  },
  'personal.address': {
    hits: [
      ['at 23 Gesuwurat Marg', '23 Gesuwurat Marg'],
      ['12 Old Mill Road, Leeds', '12 Old Mill Road'],
      ['Hauptstrasse 12', 'Hauptstrasse 12'],
    ],
    misses: ['5 retries on the way', 'line 12 of Road', 'gateway 3'],
  },
  'personal.record': {
    hits: [
      ['7,Anna Meier,+66812345678,x', 'Anna Meier'],
      ['7;a@b.com;"see you at five"', 'see you at five'],
      ['a@b.com,João Silva,ok', 'João Silva'.normalize()],
    ],
    misses: ['1,2,3', 'Status Code,Count,Sum', 'a,b c,d'],
  },
  'personal.said-name': {
    hits: [
      ['this is Anna Meier from', 'Anna Meier'],
      ['pushname changed: Olu Zucus jid', 'Olu Zucus'],
      ['Dear Anna Meier,', 'Anna Meier'],
    ],
    misses: ['this is The End', 'user Access Denied', 'contact Direct Support'],
  },
  'network.host': {
    hits: [
      ['host db-n1.int.acme.org up', 'db-n1.int.acme.org'],
      ['Nov 23 00:33:01 fra-stg-1 dockerd[12]: x', 'fra-stg-1'],
      ['ssh root@bkk-core-7 ls', 'bkk-core-7'],
    ],
    misses: [
      'com.acme.foo.Main',
      'checks api.health, disk.free and host.os',
      'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      'libx.so.93751',
      'g.whatsapp.net',
      'graph.facebook.com',
      'wacore-1 waweb db',
      'docker-compose.yml',
      'kernel 4.18.0-511.el8.x86_64',
    ],
  },
  'network.mac': {
    hits: [
      ['fa:16:d2:2e:84:a8', 'fa:16:d2:2e:84:a8'],
      ['FA-16-D2-2E-84-A8', 'FA-16-D2-2E-84-A8'],
      ['fa16.d22e.84a8', 'fa16.d22e.84a8'],
    ],
    misses: ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', 'aa:bb:cc:dd:ee:ff:00:11', '12:34:56'],
  },
  'network.ip': {
    hits: [
      ['peer 88.137.114.175 reset', '88.137.114.175'],
      ['10.1.2.3:443', '10.1.2.3'],
      ['[2a03:2880:6278::664]:80', '2a03:2880:6278::664'],
      ['client=::ffff:10.213.77.4:4433', '10.213.77.4'],
    ],
    misses: [
      '127.0.0.1:9090',
      '0.0.0.0',
      'build 10.44.55.66',
      'oid 1.3.6.1.4.1.9',
      '255.255.255.0',
      '::1',
      'std::string',
      'Chrome/120.0.0.0',
    ],
  },
};

const bytes = (text: string) => Buffer.from(text).toString('latin1');

describe('rules', () => {
  test('every rule has its cases', () => {
    expect([...new Set(RULES.map(({ id }) => id))].sort()).toEqual(Object.keys(CASES).sort());
    for (const { hits, misses } of Object.values(CASES))
      expect(Math.min(hits.length, misses.length)).toBeGreaterThan(2);
  });

  describe.each(Object.entries(CASES))('%s', (_, { hits, misses }) => {
    test.each(hits)('takes a secret out of %s', (text, ...secrets) => {
      const { text: after, values } = taken((put) => cleanText(bytes(text), put));
      for (const secret of secrets) {
        expect(after).not.toContain(bytes(secret));
        expect(values.join('\n')).toContain(bytes(secret));
      }
    });

    test.each(misses)('leaves %s', (text) => {
      expect(cleanText(bytes(text), ({ kind }) => `<${kind}>`)).toBe(bytes(text));
    });
  });

  test('a rule without a trigger in a text has nothing to do there', () => {
    const texts = Object.values(CASES).flatMap(({ hits, misses }) => [...hits.map(([text]) => text), ...misses]);
    const present = presentIn(RULES);
    const applied = (rules: typeof RULES, text: string) =>
      rules.reduce((after, rule) => rule.apply(after, () => '?'), text);
    for (const text of texts.map(bytes)) expect(applied(present(text), text)).toBe(applied(RULES, text));
  });
});
