import type { ApiCall } from '../../src/host/answers/api.ts';
import { called } from '../../src/host/live/api/caller.ts';
import { keeper } from '../../src/host/live/api/keeper.ts';
import { openLine, within } from '../../src/host/live/api/line.ts';
import { maskOf } from '../../src/host/live/api/mask.ts';
import { placeOf } from '../../src/host/live/api/place.ts';
import { readTrust } from '../../src/host/live/api/trust.ts';

/** What a process of its own says of a hostile server: each call, and the most memory that it took, bytes. */
export type HostileTold = { readonly calls: Readonly<Record<string, ApiCall>>; readonly largestRss: number };

const [url = '', caFile = '', deadline = '', how = '', ...paths] = process.argv.slice(2);
const life = new AbortController();
const place = placeOf(url, '--api-url');
const trust = await readTrust(caFile, null, life.signal);
const mask = maskOf([]);

const ask = async (path: string): Promise<[string, ApiCall]> => {
  const kept = keeper(async () => (await openLine(place, trust, within(life.signal))).socket);
  const call = { method: 'GET', path: `/${path}`, auth: null, sent: null, again: true } as const;
  const { answer } = await called(call, { place, keeper: kept }, within(life.signal, Number(deadline)), () => mask);
  kept.agent.destroy();
  return [path, answer];
};

const calls: [string, ApiCall][] = [];
if (how === 'together') calls.push(...(await Promise.all(paths.map(ask))));
else for (const path of paths) calls.push(await ask(path));
const told: HostileTold = { calls: Object.fromEntries(calls), largestRss: process.resourceUsage().maxRSS * 1024 };
process.stdout.write(JSON.stringify(told));
