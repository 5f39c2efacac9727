import { describe, expect, it } from 'vitest';
import { hostOs } from '../../../checks/host/os.ts';
import { endOfLife } from '../../../src/facts/end-of-life.ts';
import { judged } from '../../support/judged.ts';
import { NO_OS_RELEASE, now, osRelease } from './answers.ts';

const on = (day: string, id: string, version: string, pretty?: string) =>
  judged(hostOs, { ...osRelease(id, version, pretty), ...now(day) });

describe('host.os', () => {
  it.each([
    ['ubuntu', '14.04', 'warn'],
    ['ubuntu', '16.04', 'warn'],
    ['ubuntu', '18.04', 'warn'],
    ['ubuntu', '20.04', 'warn'],
    ['ubuntu', '22.04', 'pass'],
    ['ubuntu', '24.04', 'pass'],
    ['ubuntu', '25.10', 'warn'],
    ['debian', '8', 'warn'],
    ['debian', '9', 'warn'],
    ['debian', '10', 'warn'],
    ['debian', '11', 'warn'],
    ['debian', '12', 'pass'],
    ['debian', '13', 'pass'],
    ['centos', '7', 'warn'],
    ['centos', '8', 'warn'],
    ['rhel', '6.10', 'warn'],
    ['rhel', '7.9', 'warn'],
    ['rhel', '8.10', 'pass'],
    ['rhel', '9.4', 'pass'],
    ['rhel', '10.0', 'pass'],
    ['rocky', '8.9', 'pass'],
    ['almalinux', '9.4', 'pass'],
    ['ol', '7.9', 'warn'],
    ['ol', '8.8', 'pass'],
    ['amzn', '2018.03', 'warn'],
    ['amzn', '2', 'warn'],
    ['amzn', '2023', 'pass'],
    ['sles', '12', 'warn'],
    ['sles', '12.5', 'warn'],
    ['sles', '15', 'warn'],
    ['sles', '15.6', 'warn'],
    ['sles', '15.7', 'pass'],
    ['opensuse-leap', '15.6', 'warn'],
    ['fedora', '40', 'warn'],
    ['fedora', '44', 'pass'],
    ['alpine', '3.18.4', 'warn'],
    ['alpine', '3.23.0', 'pass'],
  ])('judges %s %s on 2026-11-22: %s', async (id, version, outcome) => {
    const result = await on('2026-11-22', id, version);
    expect(result.outcome).toBe(outcome);
    expect(result.message).toMatch(/\d{4}-\d\d-\d\d/);
    expect(result.findings[0]?.link).toMatch(/^https:/);
  });

  it('turns on the day after the last one', async () => {
    expect((await on('2024-06-30', 'centos', '7')).outcome).toBe('pass');
    expect((await on('2024-07-01', 'centos', '7')).outcome).toBe('warn');
  });

  it('tells CentOS Stream from CentOS Linux', async () => {
    expect((await on('2024-01-01', 'centos', '8', 'CentOS Stream 8')).outcome).toBe('pass');
    expect((await on('2024-01-01', 'centos', '8', 'CentOS Linux 8')).outcome).toBe('warn');
    expect((await on('2026-11-22', 'centos', '9', 'CentOS Stream 9')).outcome).toBe('pass');
  });

  it('moves within the family, and names what a contract would cover', async () => {
    const remedy = (await on('2026-11-22', 'ubuntu', '18.04')).findings[0]?.remedy;
    expect(remedy).toBe('Move to Ubuntu 24.04 LTS, or have it covered by Ubuntu Pro.');
  });

  it.each([
    ['nixos', '24.05'],
    ['linuxmint', '21.3'],
    ['debian', ''],
    ['ubuntu', '99.04'],
    ['sles', '15.9'],
    ['constructor', '1'],
    ['ubuntu', 'constructor'],
  ])('records %s "%s", whose end of life it does not know', async (id, version) => {
    const result = await on('2026-11-22', id, version);
    expect(result.outcome).toBe('pass');
    expect(result.message).toContain('not known');
  });

  it('reads the files of older distributions', async () => {
    const old = { ...NO_OS_RELEASE, 'readFile "/etc/centos-release"': 'CentOS release 6.10 (Final)\n' };
    const result = await judged(hostOs, { ...old, ...now('2026-11-22') });
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('CentOS release 6.10 (Final)');
  });

  it('cannot tell where no file names it', async () => {
    expect((await judged(hostOs, { ...NO_OS_RELEASE, ...now('2026-11-22') })).outcome).toBe('unknown');
  });
});

describe('endOfLife', () => {
  it('names the release by as many numbers as its family counts', () => {
    const of = (id: string, version: string) => endOfLife({ id, version, pretty: '', file: '' })?.release;
    expect(of('rhel', '8.10')).toBe('Red Hat Enterprise Linux 8');
    expect(of('alpine', '3.10.9')).toBe('Alpine Linux 3.10');
    expect(of('amzn', '2017.09')).toBe('Amazon Linux 2017');
    expect(of('debian', '1')).toBeUndefined();
  });
});
