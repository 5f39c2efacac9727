import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';

const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** Whether the vendor still offers the product: said first, always. */
export const lifecycleProduct = defineCheck({
  id: 'lifecycle.product',
  title: 'Product lifecycle',
  group: 'lifecycle',
  phase: 'before',
  touches: 'Reads the clock.',
  remedy: 'Plan the move to the Cloud API.',
  requirement: z.strictObject({ endedOn: z.iso.date() }),
  limit: ({ endedOn }) => ({ op: '<=', value: endedOn, display: `until ${endedOn}` }),
  measure: async (host) => ({ today: dayOf((await host.system('now')).epochMs) }),
  figure: ({ today }) => ({ value: today, display: today }),
  judge: ({ today }, { endedOn }) =>
    today > endedOn
      ? warn(`The vendor ended the product on ${endedOn}. This run judges conformance, not whether it can go live.`, {
          remedy: 'Plan the move to the Cloud API; use the on-premises client for archives, tickets and training only.',
        })
      : pass(`The vendor supports the product until ${endedOn}.`),
});
