import type { Rule } from '../rule.ts';
import { PATTERNS } from './patterns.ts';

/**
 * All rules. A line that holds no trigger of any of them is as it was after `cleanText`, so it need not be given to it.
 */
export const RULES: readonly Rule[] = PATTERNS;
