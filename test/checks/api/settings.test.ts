import { describe, expect, it } from 'vitest';
import { apiProfile } from '../../../checks/api/profile.ts';
import { apiSettings } from '../../../checks/api/settings.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, bare, body, erring, lost, NO_API, notLoggedIn, refused } from './answers.ts';

type Over = { readonly [key: string]: Json };
const set = (application: Over, profile: 'production' | 'development' = 'production') =>
  judged(apiSettings, body('settings-application', { settings: { application } }), { profile });

describe('api.settings', () => {
  it.each<readonly [Over, 'pass' | 'warn']>([
    [{}, 'pass'],
    [{ webhooks: { max_concurrent_requests: 6 } }, 'pass'],
    [{ webhooks: { max_concurrent_requests: 5 } }, 'warn'],
    [{ webhooks: { max_concurrent_requests: '24' } }, 'pass'],
    [{ callback_persist: true }, 'pass'],
    [{ callback_persist: false }, 'warn'],
    [{ callback_persist: 'false' }, 'warn'],
    [{ callback_persist: 0 }, 'warn'],
    [{ callback_persist: 'perhaps' }, 'pass'],
    [{ garbagecollector_enable: { media: false, messages: true } }, 'pass'],
    [{ garbagecollector_enable: { messages: false } }, 'warn'],
    [{ garbagecollector_enable: false }, 'warn'],
    [{ db_garbagecollector_enable: false }, 'warn'],
    [{ pass_through: false }, 'pass'],
    [{ pass_through: true }, 'warn'],
    [{ log_level: 'info' }, 'pass'],
    [{ log_level: 'DEBUG' }, 'warn'],
    [{ verbose_logging: true }, 'warn'],
    [{ heartbeat_interval: 5, unhealthy_interval: 30 }, 'pass'],
    [{ heartbeat_interval: 15, unhealthy_interval: 30 }, 'pass'],
    [{ heartbeat_interval: 15.1, unhealthy_interval: 30 }, 'warn'],
    [{ heartbeat_interval: 0, unhealthy_interval: 30 }, 'warn'],
    [{ heartbeat_interval: 5 }, 'pass'],
    [{ sent_status: true }, 'pass'],
    [{ on_call_pager: 'x', constructor: 1, webhooks: [] }, 'pass'],
  ])('%j: %s', async (application, outcome) => {
    const result = await set(application);
    expect(result.outcome).toBe(outcome);
    if (outcome === 'warn') expect(result.findings[0]?.remedy).toMatch(/^Set .*PATCH.*\.$/);
  });

  it('bears a verbose log in development', async () => {
    expect((await set({ log_level: 'debug' }, 'development')).outcome).toBe('pass');
  });

  it('tells what another setting replaces, without an alarm', async () => {
    expect(saying(await set({ sent_status: true }))).toContain('webhooks.message.sent replaces');
  });

  it('is skip for one who is no administrator, for a key and without an API', async () => {
    const denied = erring('settings-application', 403, [{ code: 1005, title: 'Access denied' }]);
    const result = await judged(apiSettings, denied);
    expect(result.outcome).toBe('skip');
    expect(result.findings[0]?.remedy).toContain('administrator');
    expect((await judged(apiSettings, bare('settings-application', 403))).outcome).toBe('skip');
    for (const nobody of [notLoggedIn('key'), NO_API]) expect((await judged(apiSettings, nobody)).outcome).toBe('skip');
  });

  it('cannot tell without an answer that is known', async () => {
    for (const told of [null, {}, { settings: [] }, { settings: { application: 'x' } }])
      expect((await judged(apiSettings, body('settings-application', told as Json))).outcome).toBe('unknown');
    expect((await judged(apiSettings, refused('settings-application'))).outcome).toBe('unknown');
  });
});

describe('api.profile', () => {
  const profile = (business: Json) => judged(apiProfile, body('business-profile', { settings: { business } }));

  it('tells which fields are filled, and never what with', async () => {
    const result = await judged(apiProfile, answers);
    expect(result.message).toContain('filled address, description, email, vertical, websites');
    expect(JSON.stringify(result)).not.toContain('Example Road');
    expect((await profile({ profile: { address: ' ', websites: [''] } })).message).toContain('filled none');
    expect((await profile([{ profile: [{ address: 'x' }] }])).message).toContain('filled address; empty description');
  });

  it('does without the about text', async () => {
    expect((await judged(apiProfile, lost('profile-about'))).outcome).toBe('pass');
    const empty = body('profile-about', { settings: { profile: { about: { text: '' } } } });
    expect((await judged(apiProfile, empty)).message).toContain('the about text is empty');
  });

  it('is skip before the registration, and cannot tell from what it does not know', async () => {
    expect((await judged(apiProfile, bare('business-profile', 404))).outcome).toBe('skip');
    expect((await judged(apiProfile, notLoggedIn('key'))).outcome).toBe('skip');
    expect((await profile('x')).outcome).toBe('unknown');
    expect((await judged(apiProfile, lost('business-profile'))).outcome).toBe('unknown');
  });
});
