import { describe, expect, it } from 'vitest';
import { lifecycleProduct } from '../../../checks/lifecycle/product.ts';
import { judged } from '../../support/judged.ts';

const on = (time: string) => judged(lifecycleProduct, { 'system "now"': { epochMs: Date.parse(time) } });

describe('lifecycle.product', () => {
  it.each([
    ['2024-01-01T00:00:00Z', 'pass'],
    ['2025-10-23T23:59:59Z', 'pass'],
    ['2025-10-24T00:00:00Z', 'warn'],
    ['2026-11-22T12:00:00Z', 'warn'],
  ])('on %s: %s', async (time, outcome) => {
    const result = await on(time);
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain('2025-10-23');
  });

  it('is never a promise of going live', async () => {
    const { message, findings } = await on('2026-11-22T12:00:00Z');
    expect(message).toContain('conformance');
    expect(findings[0]?.remedy).toContain('Cloud API');
  });

  it('cannot tell without a clock', async () => {
    expect((await judged(lifecycleProduct, { 'system "now"': new Error('no clock') })).outcome).toBe('unknown');
  });
});
