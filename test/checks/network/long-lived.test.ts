import { describe, expect, it } from 'vitest';
import { networkLongLived } from '../../../checks/network/long-lived.ts';
import { judged } from '../../support/judged.ts';
import { answers, failure } from './answers.ts';

type Failed = ReturnType<typeof failure>;
const held = (port: number, heldMs: number, failed: Failed | null, skipped: string | null = null) => ({
  [`network "hold" "g.whatsapp.net" "${port}" "600"`]: { skipped, heldMs, wantedMs: 600_000, failed },
});
const ask = (...over: readonly object[]) => judged(networkLongLived, Object.assign({}, answers, ...over));
const REFUSED = failure('tcp', 'refused', 'ECONNREFUSED');

describe('network.long-lived', () => {
  it.each([
    ['survives', held(5222, 600_000, null), 'pass'],
    ['is reset', held(5222, 300_000, failure('tcp', 'closed', 'ECONNRESET')), 'fail'],
    ['is cut off', held(5222, 599_999, failure('tcp', 'no-answer', 'ETIMEDOUT')), 'fail'],
    ['is ended in good order', held(5222, 60_000, failure('tcp', 'closed', null)), 'unknown'],
    ['is not held at all', held(5222, 0, null, 'nobody asked for it'), 'skip'],
  ])('one that %s', async (_, over, outcome) => expect((await ask(over)).outcome).toBe(outcome));
  it('takes the next port where the first takes no connection, and is skip where none does', async () => {
    const next = await ask(held(5222, 0, REFUSED), held(443, 600_000, null));
    expect(next).toMatchObject({ outcome: 'pass', measured: { value: 600_000, unit: 'ms', port: 443 } });
    const none = await ask(held(5222, 0, REFUSED), held(443, 0, REFUSED));
    expect(none).toMatchObject({ outcome: 'skip', findings: [{ subject: 'network.chat' }] });
  });
  it('cannot tell without an answer', async () => {
    expect((await ask({ 'network "hold" "g.whatsapp.net" "5222" "600"': new Error('cancelled') })).outcome).toBe(
      'unknown',
    );
  });
});
