import * as z from 'zod/mini';
import { defineCheck, pass } from '../../src/check.ts';
import { answerOf } from '../../src/facts/api/answer.ts';
import { troubleFinding } from '../../src/facts/api/trouble.ts';

/** Whether the client takes a message; a person gets it, so it is sent only when it is wanted. */
export const accountTestMessage = defineCheck({
  id: 'account.test-message',
  title: 'Test message',
  group: 'account',
  phase: 'after',
  optIn: '--send-test-message',
  touches: 'POST /v1/messages: one text message to the number that was given.',
  remedy: 'Mend what the error names; outside the 24-hour window let the recipient write first.',
  requirement: z.strictObject({ state: z.literal('taken') }),
  limit: ({ state }) => ({ op: 'is', value: state, display: state }),
  async measure(host) {
    const { trouble, ms } = await answerOf(host, 'message');
    return { trouble, ms };
  },
  figure: ({ trouble }) => ({
    value: trouble ? (trouble.code ?? trouble.status) : 'taken',
    display: trouble ? `error ${trouble.code ?? trouble.status}` : 'taken',
  }),
  judge({ trouble }) {
    if (trouble) return troubleFinding(trouble);
    return pass('The client took the message; whether it arrives is told to the webhook and seen by the recipient');
  },
});
