import type { NetworkAnswers } from '../../answers/network.ts';
import type { Names } from './names.ts';
import type { Limits, Timed } from './order.ts';

/** How often a name is resolved, and after how many without any answer that ends: each of those takes its whole limit. */
const TIMES = 10;
const MOST_SILENT = 2;
/** All of them together, ms: no further one begins that might end beyond the look's own limit. */
const MOST = 6000;

/** A name resolved ten times, one after the other, fewer where the time ends before. */
export const nameTimes = async (host: string, names: Names, { name, whole }: Limits): Promise<Timed> => {
  const end = performance.now() + Math.min(whole, MOST);
  const times: number[] = [];
  const failures: NetworkAnswers['dns']['failures'] = [];
  let addresses: readonly string[] = [];
  let silent = 0;
  for (let turn = 0; turn < TIMES && silent < MOST_SILENT; turn += 1) {
    const left = end - performance.now();
    if (turn > 0 && left < name / 2) break;
    const since = performance.now();
    const told = await names.resolve(host, Math.min(name, left));
    if ('kind' in told) {
      failures.push({ step: 'dns', ...told });
      if (told.kind === 'no-name-answer' && performance.now() - since > 1000) silent += 1;
    } else {
      times.push(performance.now() - since);
      addresses = told;
    }
  }
  return { servers: [...names.servers], times, failures, addresses: [...addresses] };
};
