import type { Evidence } from '../host/evidence.ts';
import type { CheckOptions } from './options.ts';
import type { Extra } from './show.ts';
import { isHar } from './values.ts';

/** `--api-calls`: the calls that this run made, or those of the recording that it judged, as the name of the file wants them. */
export const apiCalls = async (
  { apiCalls: file, from }: CheckOptions,
  evidence: Evidence,
): Promise<readonly Extra[]> => {
  if (file === null) return [];
  const made = from === null ? evidence : (await (await import('./from.ts')).readFrom(from)).recording.evidence;
  const text = isHar(file)
    ? (await import('../calls/har.ts')).har(made)
    : (await import('../calls/postman.ts')).postman(made);
  return [{ file, text }];
};
