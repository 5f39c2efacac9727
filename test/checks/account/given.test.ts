import { describe, expect, it } from 'vitest';
import { accountCertificate } from '../../../checks/account/certificate.ts';
import { accountPhoneNumber } from '../../../checks/account/phone-number.ts';
import type { Json } from '../../../src/model.ts';
import { judged } from '../../support/judged.ts';

const number = (over: Record<string, Json>) =>
  judged(accountPhoneNumber, {
    'given "phone-number"': {
      ...{
        masked: '+66 *******78',
        wrong: null,
        international: true,
        possible: true,
        valid: true,
        country: 'TH',
        kind: 'MOBILE',
      },
      ...over,
    },
  });

describe('account.phone-number', () => {
  it.each([
    ['MOBILE', 'pass'],
    ['FIXED_LINE', 'pass'],
    ['FIXED_LINE_OR_MOBILE', 'pass'],
    ['PERSONAL_NUMBER', 'pass'],
    ['VOIP', 'pass'],
    [null, 'pass'],
    ['TOLL_FREE', 'warn'],
    ['PREMIUM_RATE', 'warn'],
    ['SHARED_COST', 'warn'],
    ['UAN', 'warn'],
    ['PAGER', 'warn'],
    ['VOICEMAIL', 'warn'],
  ])('%s is %s', async (kind, outcome) => {
    expect((await number({ kind })).outcome).toBe(outcome);
  });
  it('warns of one that nobody was given, and fails where it is none', async () => {
    expect((await number({ valid: false, kind: null })).outcome).toBe('warn');
    const none = { wrong: 'it is too short', valid: false, possible: false, kind: null, country: null };
    expect(await number(none)).toMatchObject({ outcome: 'fail', message: expect.stringContaining('too short') });
  });
  it('is skip without one, naming the option, and cannot tell without an answer', async () => {
    const result = await judged(accountPhoneNumber, { 'given "phone-number"': null });
    expect([result.outcome, result.message]).toEqual(['skip', expect.stringContaining('--phone-number')]);
    expect((await judged(accountPhoneNumber, { 'given "phone-number"': new Error('x') })).outcome).toBe('unknown');
  });
});

const certificate = (over: Record<string, Json>) =>
  judged(accountCertificate, {
    'given "account-certificate"': { path: '/c', wrong: null, characters: 316, decoded: 236, oddities: [], ...over },
  });

describe('account.certificate', () => {
  it.each([
    [64, [], 'pass'],
    [63, [], 'warn'],
    [236, ['quotes around it'], 'warn'],
  ])('%s bytes with %j is %s', async (decoded, oddities, outcome) => {
    expect((await certificate({ decoded, oddities })).outcome).toBe(outcome);
  });
  it('fails where it is none', async () => {
    const result = await certificate({ wrong: 'it is a PEM file', decoded: 0 });
    expect(result).toMatchObject({ outcome: 'fail', measured: { display: 'does not decode' } });
    expect(result.findings[0]?.remedy).toContain('Business Manager');
  });
  it('is skip without one, naming the option, and cannot tell without an answer', async () => {
    const result = await judged(accountCertificate, { 'given "account-certificate"': null });
    expect([result.outcome, result.message]).toEqual(['skip', expect.stringContaining('--account-certificate')]);
    expect((await judged(accountCertificate, { 'given "account-certificate"': new Error('x') })).outcome).toBe(
      'unknown',
    );
  });
});
