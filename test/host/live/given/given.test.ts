import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { given as shapes } from '../../../../src/host/answers/given.ts';
import { askGiven } from '../../../../src/host/live/given/ask.ts';
import { LAUNCHER, NOBODY, noNobody, ran } from '../../../support/command.ts';
import { tree } from '../../../support/tree.ts';

const NONE = { awsTemplate: null, phoneNumber: null, accountCertificate: null };
const signal = () => new AbortController().signal;

const number = async (phoneNumber: string) =>
  shapes['phone-number'].parse(await askGiven('phone-number', { ...NONE, phoneNumber }, signal()));
const certificate = async (text: string) => {
  const accountCertificate = join(tree({ 'name.cert': text }), 'name.cert');
  return shapes['account-certificate'].parse(
    await askGiven('account-certificate', { ...NONE, accountCertificate }, signal()),
  );
};
const template = async (text: string, name = 'wa_ent.yml') => {
  const awsTemplate = join(tree({ [name]: text }), name);
  return shapes['aws-template'].parse(await askGiven('aws-template', { ...NONE, awsTemplate }, signal()));
};

describe('what the command line did not give', () => {
  it.each(['aws-template', 'phone-number', 'account-certificate'])('is null: %s', async (topic) => {
    expect(await askGiven(topic, NONE, signal())).toBeNull();
  });
  it('is no question that nobody knows', async () => {
    await expect(askGiven('x', NONE, signal())).rejects.toThrow('is not a question');
  });
});

describe('a phone number', () => {
  it.each([
    ['+66812345678', '+66 *******78', { possible: true, valid: true, country: 'TH', kind: 'MOBILE' }],
    ['+66 81-234 (5678)', '+66 *******78', { valid: true, kind: 'MOBILE' }],
    ['+6621234567', '+66 ******67', { valid: true, kind: 'FIXED_LINE' }],
    ['+18005551234', '+1 ********34', { valid: true, country: 'US', kind: 'TOLL_FREE' }],
    ['+445600123456', '+44 ********56', { valid: true, country: 'GB', kind: 'VOIP' }],
    ['+15550100077', '+1 ********77', { possible: true, valid: false, country: null, kind: null }],
  ])('%s', async (text, masked, told) => {
    expect(await number(text)).toMatchObject({ masked, wrong: null, international: true, ...told });
  });

  it.each([
    ['0812345678', 'does not begin with "+"'],
    ['0066812345678', 'does not begin with "+"'],
    ['66812345678', 'does not begin with "+"'],
    ['19123', 'does not begin with "+"'],
    ['+6619', 'too short'],
    ['+668123456789012345', 'too long'],
    ['+999123456789', 'no country has that code'],
    ['+', 'more than digits'],
    ['++66812345678', 'more than digits'],
    ['+1-800-FLOWERS', 'more than digits'],
    ['+66812345678x5', 'more than digits'],
    ['+๖๖๘๑๒๓๔๕๖๗๘', 'more than digits'],
    [`+${'9'.repeat(100_000)}`, 'too long'],
  ])('is none: %.20s', async (text, words) => {
    const told = await number(text);
    expect(told).toMatchObject({ valid: false, possible: false });
    expect(told?.wrong).toContain(words);
  });

  it('is never told whole', async () => {
    for (const text of ['+66812345678', '0812345678', '+6619', '+999123456789', '+66812345678x5', '+1 800 3569377 x']) {
      const told = JSON.stringify(await number(text));
      const digits = text.replace(/\D/g, '');
      expect(told).not.toContain(digits);
      expect(told).not.toContain(digits.slice(-5));
    }
  });
});

describe('the certificate of the display name', () => {
  const good = Buffer.from('a certificate of no name, which is long enough to be one, and then some').toString(
    'base64',
  );

  it('is base64', async () => {
    expect(await certificate(`${good}\n`)).toMatchObject({
      wrong: null,
      characters: good.length,
      decoded: 71,
      oddities: [],
    });
  });

  it.each([
    [`"${good}"`, ['quotes around it']],
    [`'${good}'\n`, ['quotes around it']],
    [good.replace(/(.{40})/g, '$1\n'), ['line breaks']],
    [good.replace(/(.{40})/g, '$1\r\n'), ['line breaks']],
    [good.replace(/(.{40})/g, '$1\\n'), ['line breaks written as \\n']],
    [good.replace(/(.{40})/g, '$1 '), ['spaces']],
    [`\ufeff${good}`, ['a byte order mark before it']],
    [good.replace(/=+$/, ''), ['no padding']],
    [good.replace(/=+$/, '').replace(/.$/, '-'), ['the URL-safe alphabet', 'no padding']],
  ])('is odd: %.60j', async (text, oddities) => {
    const told = await certificate(text);
    expect(told).toMatchObject({ wrong: null, oddities });
    expect(told?.decoded).toBeGreaterThan(69);
  });

  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', 'it is a PEM file'],
    ['{"cert": "Q21F"}', 'it is JSON'],
    ['<html>', 'characters that base64 does not have'],
    ['Q21FQ', 'its end is missing'],
    ['Q2==='.repeat(2), 'characters that base64 does not have'],
    ['Q21F===', 'more than two "="'],
  ])('is none: %j', async (text, words) => {
    const told = await certificate(text);
    expect(told).toMatchObject({ decoded: 0 });
    expect(told?.wrong).toContain(words);
  });

  it('says nothing of what it holds, and takes no time', async () => {
    const since = performance.now();
    const told = await certificate(`"${'QUJD '.repeat(100_000)}`);
    expect(performance.now() - since).toBeLessThan(3000);
    expect(JSON.stringify(told)).not.toContain('QUJD');
  });
});

const HEAD = '# Copyright\n#\n\n# WhatsApp Business API CFN Version ';
const BODY = `
AWSTemplateFormatVersion: "2010-09-09"
Description: >-
  AWS CloudFormation template to create WhatsApp Enterprise Client.
Parameters:
  EnvThroughput:
    Type: String
    AllowedValues: [20, 40]
  WAEntContTag:
    Description: the tag
    Default: v2.45.2
    Type: String
  DBPassword:
    Default: top-secret-1
    NoEcho: true
Conditions:
  IsHA: !Equals [!Ref HAEnabled, "enabled"]
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !GetAtt Cluster.Arn
      Name: !Sub "\${AWS::StackName}-x"
      Environment:
        - { Name: WA_RUNNING_ENV_VERSION, Value: "v3.0.0" }
`;
const stack = (name: string, parameters: Record<string, string>) => ({
  StackName: name,
  Description: 'AWS CloudFormation template to create WhatsApp Enterprise Client.',
  Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
});
const OWN = { EnvThroughput: '20', WAEntContTag: 'v2.45.2', DBPassword: 'top-secret-1' };

describe('an AWS template', () => {
  it.each(['2.4.0', '3.0.0', '3.0.1', '3.0.2', '3.0.3', '10.0'])(
    'tells its version %s by its head alone',
    async (version) => {
      expect(await template(`${HEAD}${version}\n${BODY}`)).toMatchObject({
        ...{
          wrong: null,
          kind: 'template',
          version,
          from: 'the comment at its head',
          clientVersion: 'v2.45.2',
          signs: [],
        },
      });
    },
  );

  it('tells none by the variable in it, which is wrong', async () => {
    expect(await template(BODY)).toMatchObject({ wrong: null, version: null, from: null });
  });

  it('tells what only newer ones hold', async () => {
    const newer = BODY.replace('Parameters:', 'Parameters:\n  CostEffectiveEnabled: { Type: String }');
    expect(await template(newer)).toMatchObject({ signs: ['CostEffectiveEnabled'] });
  });

  it('is read as AWS prints it', async () => {
    const yaml = JSON.stringify({ TemplateBody: `${HEAD}3.0.3\n${BODY}`, StagesAvailable: ['Original'] });
    expect(await template(yaml, 't.json')).toMatchObject({ wrong: null, kind: 'template', version: '3.0.3' });
    const body = {
      Parameters: { EnvThroughput: {}, WAEntContTag: { Default: 'v2.57.2' } },
      Resources: { StoreJWTSecret: {} },
    };
    for (const text of [{ TemplateBody: body }, body])
      expect(await template(JSON.stringify(text), 't.json')).toMatchObject({
        ...{ wrong: null, version: null, signs: ['StoreJWTSecret'], clientVersion: 'v2.57.2' },
      });
  });

  it('is known as a stack among others', async () => {
    const described = { Stacks: [stack('other', { A: 'b' }), stack('wa', { ...OWN, CostEffectiveEnabled: 'enable' })] };
    const told = await template(JSON.stringify(described), 's.json');
    expect(told).toMatchObject({
      ...{ wrong: null, kind: 'stack', version: null, signs: ['CostEffectiveEnabled'], clientVersion: 'v2.45.2' },
    });
    expect(await template(JSON.stringify(stack('wa', OWN)), 's.json')).toMatchObject({ wrong: null, kind: 'stack' });
  });

  it.each([
    ['', 'it is empty'],
    ['just text', 'it is no CloudFormation template'],
    ['a: [', 'it is no CloudFormation template'],
    ['{"Stacks": []}', 'it describes no stack'],
    [JSON.stringify({ Stacks: [stack('x', { A: 'b' })] }), "not the vendor's template"],
    ['Resources: { A: { Type: "AWS::S3::Bucket" } }', "not the vendor's template"],
    [`# WhatsApp Business API Instance Monitoring CFN Version 1.0.2\n${BODY}`, 'monitoring template'],
    [BODY.replace('EnvThroughput', 'WAEntLB'), 'monitoring template'],
    [JSON.stringify(stack('m', { WAEntContTag: 'v2', WAEntLB: 'x' })), 'monitoring template'],
  ])('is none: %.50j', async (text, words) => {
    expect((await template(text))?.wrong).toContain(words);
  });

  it('gives away no value but the version of the client', async () => {
    const told = [await template(`${HEAD}3.0.1\n${BODY}`), await template(JSON.stringify(stack('wa', OWN)))];
    expect(JSON.stringify(told)).not.toContain('top-secret-1');
  });

  it('holds nobody up, however long it takes to read', async () => {
    const since = performance.now();
    await expect(template('!a '.repeat(170_000))).rejects.toThrow('longer than 4 s');
    expect(performance.now() - since).toBeLessThan(6000);
  }, 20_000);
});

describe('files that cannot be read', () => {
  const refused = async (option: string, make: (folder: string) => string) => {
    const folder = tree({ 'empty.txt': '', 'binary.txt': 'a\0b', 'huge.txt': 'A'.repeat(600_000), 'secret.txt': 'x' });
    const name = make(folder);
    const { stdout, stderr, exitCode } = await ran(LAUNCHER, [
      'check',
      '--no-tui',
      '--only',
      'lifecycle.*',
      option,
      name,
    ]);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    return stderr;
  };
  const CASES: readonly (readonly [string, (folder: string) => string, string])[] = [
    ['none', (folder) => join(folder, 'none.txt'), 'there is no such file'],
    ['a folder', (folder) => folder, 'it is a folder'],
    ['binary', (folder) => join(folder, 'binary.txt'), 'it is binary'],
    ['too large', (folder) => join(folder, 'huge.txt'), 'it is larger than 512 KiB'],
    [
      'a FIFO',
      (folder) => {
        execFileSync('mkfifo', [join(folder, 'fifo')]);
        return join(folder, 'fifo');
      },
      'it is not a regular file',
    ],
  ];
  it.each(CASES)('end the call before the run: %s', async (_, make, words) => {
    for (const option of ['--aws-template', '--account-certificate']) {
      const said = await refused(option, make);
      expect(said).toContain(option);
      expect(said).toContain(words);
      expect(said.trim().split('\n')).toHaveLength(1);
    }
  });
  const closed = noNobody();
  it.skipIf(closed)(`end it where they are not for the user (${closed ?? 'as nobody'})`, async () => {
    const folder = tree({ 'secret.txt': 'x' });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'secret.txt'), 0o600);
    const call = [LAUNCHER, 'check', '--no-tui', '--only', 'lifecycle.*', '--aws-template', join(folder, 'secret.txt')];
    const { stderr, exitCode } = await ran('setpriv', [...NOBODY, ...call]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('EACCES')]);
  });
});
