import type { AnyCheck } from '../src/check.ts';
import { hostMemory } from './host/memory.ts';
import { lifecycleProduct } from './lifecycle/product.ts';

/** All checks, in report order. A check needs only those above it. */
export const checks: readonly AnyCheck[] = [lifecycleProduct, hostMemory];
