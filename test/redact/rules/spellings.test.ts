import { describe, expect, test } from 'vitest';
import { redactorOf } from '../../../src/redact/redactor.ts';
import { cleanText } from '../../../src/redact/text.ts';
import { taken } from '../labelled.ts';

const cleaned = (text: string) => taken((put) => cleanText(text, put));

describe('other spellings of what is secret', () => {
  test.each([
    ['gpg --batch --passphrase kd8Sjs9Dkf2 -c a', 'kd8Sjs9Dkf2'],
    [
      'aws configure set aws_secret_access_key 3JBNWqb9Mt8sCG3CRKbKeyv6xQrM3hwwjhCS6jkd',
      '3JBNWqb9Mt8sCG3CRKbKeyv6xQrM3',
    ],
    ['chpasswd <<< "ann:kd8Sjs9Dkf3"', 'kd8Sjs9Dkf3'],
    ['redis: 6379> AUTH kd8Sjs9Dkf8', 'kd8Sjs9Dkf8'],
    ['auth_pass Z8CBly7Fgee', 'Z8CBly7Fgee'],
    ['"Server=db-7.bank.example;Uid=wa;Pwd=cAs2D!Go40@GrLH;"', 'cAs2D!Go40@GrLH'],
    ['<property name="db.password" value="kd8Sjs9Dks1"/>', 'kd8Sjs9Dks1'],
    ['verification code for 66812345678 is 482913', '482913'],
    ['482913 is your WhatsApp code', '482913'],
    ['webhook_url: https://hook.bank.example/alert/kd8Sjs9Dkd1kd8S', 'kd8Sjs9Dkd1kd8S'],
    ['{"webhooks":{"url":"https://x.bank.example/in/kd8Sjs9Dkd1kd8S"}}', 'kd8Sjs9Dkd1kd8S'],
    ['{"github-oauth":{"github.example":"2PMLgRiJUaNFg2w0lCyf"}}', '2PMLgRiJUaNFg2w0lCyf'],
    ["parameters: $1 = '66812345678', $2 = 'Where is it?'", '66812345678', 'Where is it?'],
    ['User is not valid: 66812345678', '66812345678'],
    ['66812345678 -> 4930123456789 text', '66812345678', '4930123456789'],
    ['phones: 66812345678, 66812345679', '66812345678', '66812345679'],
    ['batch ["66812345678","66812345679"] done', '66812345678', '66812345679'],
    ['SMS to 0170/1234567 ok', '0170/1234567'],
    ['inbound from +66812345678 (Somchai Jaidee)', 'Somchai Jaidee'],
    ['group 491701234567-1583922222 made', '491701234567'],
    ['voice_66812345678_2024.ogg', '66812345678'],
  ])('goes out of %s', (text, ...secrets) => {
    const { text: after } = cleaned(text);
    for (const secret of secrets) expect(after).not.toContain(secret);
  });
});

describe('what only looks so', () => {
  test.each([
    'docker login --password-stdin reg.local',
    'passwd:         files systemd',
    `WA_DB_PASSWORD: ${'$'}{WA_DB_PASSWORD:?missing}`,
    'timedatectl gave no answer: Failed to connect to bus: Host is down',
    'Docker says: port is already allocated',
    'Coreapp asked: what is your version',
    '{"RepoTags":["x"],"Comment":"Imported from -"}',
    '{"whatsappMedia":{"Driver":"local","Name":"installation_whatsappMedia"}}',
    'number of rows: 34815503 from 11605992515 to 71537216911 bytes',
    'numa_hit 66812345678',
    'IpExt: 0 0 0 4 0 0 78671234567 69713234567 0',
    'uuid 00608548-9456-d185-8647-c15f4f6981ba',
    'webhook http://localhost:8080/webhook/inbound-messages',
  ])('%s stays', (text) => {
    expect(cleaned(text).text).toBe(text);
  });
});

const redactor = redactorOf({ key: new Uint8Array(32).fill(3), literals: [], own: [], keepNetwork: false });
const block = (text: string): string => Buffer.from(redactor.block(Buffer.from(text), 'log').bytes).toString();

describe('values on further lines', () => {
  test.each([
    ['a heredoc', 'cat > /run/secrets/token <<EOF\nkd8Sjs9Dks1kd8S\nEOF\nnext\n', 'kd8Sjs9Dks1kd8S'],
    [
      'a part of a form',
      'Content-Type: multipart/form-data; boundary=xx\r\n\r\n--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--xx\r\nContent-Disposition: form-data; name="password"\r\n\r\nkd8&Sjs\r\n--xx\r\n',
      'kd8&Sjs',
    ],
    ['rows far below their head', `a | password | b\n${'1 | Hsdhj2jds8 | 2\n'.repeat(3000)}`, 'Hsdhj2jds8'],
  ])('%s', (_, text, secret) => {
    expect(block(text)).not.toContain(secret);
  });

  test('addresses in tables of the kernel become what they are elsewhere', () => {
    const [route = '', plain = '', other = ''] = block(
      'eth0\t00000000\t0103020A\t0003\t0\t0\nvia 10.2.3.1\ndocker0\t000011AC\t00000000\t0001\t0\t0\n',
    ).split('\n');
    const hex = route.split('\t')[2] ?? '';
    const dotted = (hex.match(/../g) ?? []).reverse().map((pair) => Number.parseInt(pair, 16));
    expect(plain).toBe(`via ${dotted.join('.')}`);
    expect(hex).not.toBe('0103020A');
    expect(other).toBe('docker0\t000011AC\t00000000\t0001\t0\t0');
  });

  test('torn records keep their times, and their text is read as one', () => {
    const record = (log: string, at: number) =>
      `{"log":"${log}","stream":"stdout","time":"2024-05-05T10:11:1${at}.0Z"}\n`;
    const after = block(
      record('token=kd8Sjs9', 1) + record('Dks1kd8S', 2) + record('abc end\\n', 3) + record('ok\\n', 4),
    );
    expect(after.match(/"time":"[^"]+"/g)).toHaveLength(4);
    expect(after).not.toMatch(/Dks1|kd8S/);
    expect(
      after
        .split('\n')
        .slice(0, 4)
        .map((line) => JSON.parse(line).log),
    ).toEqual([expect.stringMatching(/^token=\[token-\w{8}\] end\n$/), '', '', 'ok\n']);
    expect(block(after)).toBe(after);
  });
});
