import * as z from 'zod/mini';
import { defineCheck, pass, skip } from '../../src/check.ts';
import { answerOf, nodeOf } from '../../src/facts/api/answer.ts';
import { healthNodes, supportNodes } from '../../src/facts/api/nodes.ts';
import { signsOf } from '../../src/facts/api/starting.ts';

/** Whether the message templates were loaded, as far as the API tells: it has no node for them, but a start waits for them. */
export const apiTemplates = defineCheck({
  id: 'api.templates',
  title: 'Message templates',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  touches: 'Reads the answers of /v1/health and /v1/support; the API has no node for templates.',
  remedy: 'Wait until the initialization is over.',
  requirement: z.strictObject({ state: z.literal('loaded') }),
  limit: ({ state }) => ({ op: 'is', value: state, display: state }),
  async measure(host) {
    const { trouble, body } = await nodeOf(host, 'health');
    const support = await answerOf(host, 'support').catch(() => null);
    const health = trouble ? [] : (healthNodes(body) ?? []);
    const signs = signsOf(health, supportNodes(support?.body ?? null) ?? [], [trouble, support?.trouble ?? null]);
    // Health alone says connected while offline messages are still taken.
    const told = support !== null && support.trouble === null;
    return { connected: health.some(({ status }) => status === 'connected'), told, signs };
  },
  figure: ({ connected, told, signs }) => {
    const loaded = connected && told && signs.length === 0;
    return { value: loaded, display: loaded ? 'loaded' : 'not told' };
  },
  judge({ connected, told, signs }) {
    const none = 'The API has no node for message templates';
    if (connected && signs.length === 0 && !told)
      return skip(
        `${none}, and whether a start is over is told by the support node, which gave no answer to this login.`,
        {
          remedy: 'Give a user: WA_API_USERNAME and WA_API_PASSWORD.',
        },
      );
    if (connected && signs.length === 0)
      return pass(`${none}; they were loaded, since a start waits for them and this one is over`);
    if (signs.length > 0)
      return skip(`${none}; a start waits for them among others, and it is not over: see api.ready.`, {
        subject: 'api.ready',
      });
    return skip(`${none}, and the client is not known to be connected: see api.health.`, { subject: 'api.health' });
  },
});
