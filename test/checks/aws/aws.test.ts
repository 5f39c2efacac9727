import { describe, expect, it } from 'vitest';
import { awsInstance } from '../../../checks/aws/instance.ts';
import { awsTemplate } from '../../../checks/aws/template.ts';
import { ec2Disks } from '../../../src/facts/ec2-disks.ts';
import type { Json } from '../../../src/model.ts';
import { boring } from '../../support/hosts.ts';
import { judged, saying } from '../../support/judged.ts';

const template = (over: Record<string, Json>) =>
  judged(awsTemplate, {
    'given "aws-template"': {
      ...{
        path: '/t.yml',
        wrong: null,
        kind: 'template',
        version: '3.0.1',
        from: 'the comment at its head',
        signs: [],
      },
      ...{ clientVersion: null },
      ...over,
    },
  });

describe('aws.template', () => {
  it.each([
    ['2.4.0', 'fail'],
    ['3.0', 'fail'],
    ['3.0.0', 'fail'],
    ['3.0.1', 'pass'],
    ['3.0.2', 'pass'],
    ['3.0.3', 'pass'],
    ['3.1', 'pass'],
    ['10.0.0', 'pass'],
  ])('%s is %s', async (version, outcome) => {
    expect((await template({ version })).outcome).toBe(outcome);
  });
  it('tells newer ones from those that are known', async () => {
    expect(saying(await template({ version: '3.0.2' }))).toContain("newer than 3.0.1, which the vendor's page names");
    expect(saying(await template({ version: '3.0.4' }))).toContain('newer than the last one known, 3.0.3');
  });
  it('passes by what only newer ones hold, and cannot tell without', async () => {
    const untold = { version: null, from: null, kind: 'stack' };
    expect((await template({ ...untold, signs: ['StoreJWTSecret'] })).outcome).toBe('pass');
    expect((await template({ ...untold, signs: ['SomethingElse'] })).outcome).toBe('unknown');
    const result = await template(untold);
    expect(result.outcome).toBe('unknown');
    expect(result.findings[0]?.remedy).toContain('get-template');
  });
  it('fails for another file, and is skip without one', async () => {
    expect((await template({ wrong: 'it is empty', version: null })).outcome).toBe('fail');
    expect((await judged(awsTemplate, { 'given "aws-template"': null })).message).toContain('--aws-template');
    expect((await judged(awsTemplate, { 'given "aws-template"': new Error('reading it takes longer') })).outcome).toBe(
      'unknown',
    );
  });
});

const ON = { wrong: null, region: 'eu-west-1', imageId: 'ami-1', devices: [] };
const disks = () => {
  const value = (key: string) => {
    const entry = boring.evidence[key];
    return entry && 'value' in entry ? entry.value : null;
  };
  return {
    'disk "target"': value('disk "target"'),
    'disk "place" "/var/lib/docker"': value('disk "place" "/var/lib/docker"'),
  };
};
const instance = (over: Record<string, Json>) =>
  judged(awsInstance, { 'system "ec2"': { ...ON, ...over }, ...disks() });

describe('aws.instance', () => {
  it.each([
    ['c5.large', 'pass'],
    ['c5.9xlarge', 'pass'],
    ['m7i.2xlarge', 'pass'],
    ['c6g.medium', 'warn'],
    ['t2.2xlarge', 'warn'],
    ['t3a.large', 'warn'],
    ['t4g.xlarge', 'warn'],
    ['trn1.2xlarge', 'pass'],
  ])('%s is %s', async (instanceType, outcome) => {
    expect((await instance({ instanceType })).outcome).toBe(outcome);
  });
  it('is skip elsewhere, and unknown where the service tells nothing', async () => {
    expect((await judged(awsInstance, { 'system "ec2"': null })).outcome).toBe('skip');
    const result = await instance({ instanceType: null, wrong: 'the service at x: no answer' });
    expect([result.outcome, result.message]).toEqual(['unknown', expect.stringContaining('no answer')]);
    expect((await judged(awsInstance, { 'system "ec2"': new Error('no') })).outcome).toBe('unknown');
  });
  it('is judged without its disks where these are not told', async () => {
    const answers = { 'system "ec2"': { ...ON, instanceType: 'c5.large' }, 'disk "target"': new Error('no') };
    expect(saying(await judged(awsInstance, answers))).toMatch(/^pass\nEC2 instance c5\.large .*$/);
  });
});

describe('disks of EC2', () => {
  it.each([
    ['nvme0n1', 'Amazon Elastic Block Store', [], 'ebs'],
    ['nvme1n1', 'Amazon EC2 NVMe Instance Storage', [], 'instance-store'],
    ['xvdb', null, ['ephemeral0 sdb'], 'instance-store'],
    ['xvda', null, ['root /dev/sda1', 'ephemeral0 sdb'], 'ebs'],
    ['xvdaa', null, ['ebs1 /dev/xvdaa'], 'ebs'],
  ])('%s (%s) by %j is %s', (name, model, devices, kind) => {
    expect(ec2Disks([{ name, model }], devices)).toEqual([{ name, kind }]);
  });
  it.each([
    ['sda', 'QEMU HARDDISK', []],
    ['xvdb', null, ['root /dev/sda1']],
    ['nvme0n1', null, ['ephemeral0 sdb']],
    ['dm-0', null, ['nonsense', '']],
  ])('%s (%s) by %j is left out', (name, model, devices) => {
    expect(ec2Disks([{ name, model }], devices)).toEqual([]);
  });
});
