import { describe, expect, it } from 'vitest';
import { accountTestMessage } from '../../../checks/account/test-message.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, body, erring, lost, NO_API, notLoggedIn, refused } from '../api/answers.ts';

describe('account.test-message', () => {
  it('passes what the client takes, with 200 or 201', async () => {
    expect(saying(await judged(accountTestMessage, answers))).toMatch(/^pass\nThe client took the message/);
    expect((await judged(accountTestMessage, body('message', { messages: [{ id: 'x' }] }))).outcome).toBe('pass');
  });

  it('explains the 24-hour window', async () => {
    const result = await judged(accountTestMessage, erring('message', 400, [{ code: 470 }]));
    expect(saying(result)).toMatch(/^warn\n.*error 470 \(Outside the 24-hour window\): .* within 24 hours/);
    expect(result.findings[0]?.remedy).toMatch(/^Write from the recipient's WhatsApp to the business number first/);
  });

  it.each([
    [402, 'fail'],
    [408, 'warn'],
    [430, 'fail'],
    [432, 'fail'],
    [433, 'fail'],
    [471, 'warn'],
    [472, 'warn'],
    [1013, 'warn'],
    [1015, 'unknown'],
    [1026, 'warn'],
    [9999, 'fail'],
  ])('error %i: %s', async (code, outcome) => {
    const result = await judged(accountTestMessage, erring('message', 400, [{ code }]));
    expect(result.outcome).toBe(outcome);
    expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('reads a code that is written as text', async () => {
    expect((await judged(accountTestMessage, erring('message', 400, [{ code: '470' }]))).message).toContain('470');
  });

  it('is skip without an API or a user, and unknown without an answer', async () => {
    for (const nobody of [NO_API, notLoggedIn('no-login'), notLoggedIn('denied'), notLoggedIn('key')])
      expect((await judged(accountTestMessage, nobody)).outcome).toBe('skip');
    expect((await judged(accountTestMessage, lost('message'))).outcome).toBe('unknown');
    expect((await judged(accountTestMessage, refused('message'))).outcome).toBe('unknown');
  });
});
