import type { ScopeTyped } from '../../report-templates/screen/bundle/action.ts';
import type { BundleShown, Failure } from '../../report-templates/screen/bundle/shown.ts';
import type { BundleOptions } from '../bundle/bundle.ts';
import { SecretLeft } from '../bundle/secret-left.ts';
import { OutputError } from '../output-error.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** What the first page is filled with. */
export const scopeOf = ({ window, case: named, around }: BundleOptions): ScopeTyped => {
  const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
  const hours = (window.until - window.since) / 3_600_000;
  return {
    time: around === null ? 'since' : 'around',
    since: Number.isInteger(hours) ? `${hours}h` : iso(window.since),
    around: around === null ? '' : iso(around),
    case: named ?? '',
  };
};

/** Errors that a person can do something about; any other is a bug and ends the wizard. */
export const failureOf = (error: unknown): Failure | null => {
  if (!(error instanceof Error)) return null;
  const message = oneLine(error.message);
  if (error instanceof SecretLeft) return { kind: 'secret-left', message };
  const isFull = /no space|free, and/.test(message);
  if (error instanceof OutputError) return { kind: isFull ? 'no-space' : 'other', message };
  return error instanceof UsageError ? { kind: 'other', message } : null;
};

/** What is wrong with the first page. */
export const faultOf = (error: unknown, typed: ScopeTyped, isCase: boolean): NonNullable<BundleShown['fault']> => ({
  field: isCase ? 'case' : typed.time,
  message: oneLine(error instanceof Error ? error.message : String(error)).replace(/^--(since|until|around) /, ''),
});
