import * as z from 'zod/mini';
import { defineCheck, pass } from '../../src/check.ts';
import { answerOf } from '../../src/facts/api/answer.ts';
import { applicationSettings, settingsFindings } from '../../src/facts/api/settings.ts';
import { troubleFinding } from '../../src/facts/api/trouble.ts';

/** Application settings with which messages or callbacks are lost, or the disk fills. */
export const apiSettings = defineCheck({
  id: 'api.settings',
  title: 'Application settings',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  touches: 'GET /v1/settings/application, which is told to administrators of the API only.',
  remedy: 'Change the setting that the finding names: PATCH /v1/settings/application.',
  requirement: z.strictObject({
    minConcurrent: z.int().check(z.positive()),
    beats: z.int().check(z.positive()),
    verbose: z.enum(['warn', 'allowed']),
  }),
  limit: () => ({ op: 'is', value: 'safe', display: 'nothing lost at a restart, nothing without end' }),
  async measure(host) {
    const { trouble, body } = await answerOf(host, 'settings-application');
    const settings = trouble ? null : applicationSettings(body);
    if (!trouble && !settings) throw new Error('/v1/settings/application answers nothing that is known as settings');
    return { trouble, settings };
  },
  figure({ trouble, settings }) {
    if (!settings) return { value: trouble?.code ?? trouble?.status ?? null, display: 'not told' };
    const { concurrentRequests, logLevel } = settings;
    return {
      value: concurrentRequests,
      unit: '{request}',
      display: `${concurrentRequests ?? 'default'} callbacks at a time, log level ${logLevel ?? 'not told'}`,
    };
  },
  judge({ trouble, settings }, rule) {
    if (trouble) return troubleFinding(trouble);
    if (!settings) throw new Error('there are no settings');
    const findings = settingsFindings(settings, rule);
    const ok = pass('Nothing in the application settings puts messages or callbacks at risk');
    return findings.some(({ outcome }) => outcome === 'warn') ? findings : [ok, ...findings];
  },
});
