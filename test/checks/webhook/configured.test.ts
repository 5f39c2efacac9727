import { describe, expect, it } from 'vitest';
import { webhookConfigured } from '../../../checks/webhook/configured.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { body, erring, lost, NO_API, notLoggedIn } from '../api/answers.ts';

const url = (told: Json) =>
  judged(webhookConfigured, body('settings-application', { settings: { application: { webhooks: { url: told } } } }));

describe('webhook.configured', () => {
  it.each([
    ['https://hooks.example.com/wa', 'pass'],
    [' https://hooks.example.com:8443 ', 'pass'],
    ['HTTPS://hooks.example.com', 'pass'],
    ['http://hooks.example.com', 'fail'],
    ['hooks.example.com', 'fail'],
    ['javascript:alert(1)', 'fail'],
    ['', 'fail'],
    [' ', 'fail'],
    [null, 'fail'],
    [7, 'fail'],
  ])('%j: %s', async (told, outcome) => {
    expect((await url(told)).outcome).toBe(outcome);
  });

  it('names the code that requests get without one', async () => {
    expect((await url('')).message).toContain('1022');
    const none = body('settings-application', { settings: { application: {} } });
    expect((await judged(webhookConfigured, none)).outcome).toBe('fail');
  });

  it('keeps nothing of the address that may be secret', async () => {
    const result = await url('https://user:hunter2@hooks.example.com/hook/tok3n?key=s3cret');
    expect(saying(result)).toBe('pass\nThe webhook is at https://hooks.example.com');
    expect(JSON.stringify(result)).not.toMatch(/hunter2|tok3n|s3cret/);
  });

  it('leaves settings that are not told to api.settings', async () => {
    const denied = erring('settings-application', 403, [{ code: 1005 }]);
    expect(await judged(webhookConfigured, denied)).toMatchObject({
      outcome: 'skip',
      findings: [{ subject: 'api.settings' }],
    });
    expect((await judged(webhookConfigured, notLoggedIn('key'))).outcome).toBe('skip');
    expect((await judged(webhookConfigured, NO_API)).outcome).toBe('skip');
  });

  it('cannot tell without an answer that is known', async () => {
    expect((await judged(webhookConfigured, lost('settings-application'))).outcome).toBe('unknown');
    expect((await judged(webhookConfigured, body('settings-application', { settings: 7 }))).outcome).toBe('unknown');
  });
});
