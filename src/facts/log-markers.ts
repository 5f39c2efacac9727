import { DATABASE_MARKERS } from './markers/database.ts';
import { HOST_MARKERS } from './markers/host.ts';
import type { Marker } from './markers/marker.ts';
import { SERVICE_MARKERS } from './markers/service.ts';

/** What to look for in the logs of Coreapps and Webapps, in the order in which it is told. */
export const MARKERS: readonly Marker[] = [...HOST_MARKERS, ...DATABASE_MARKERS, ...SERVICE_MARKERS];

/** A code behind "code", also in JSON within JSON; every repetition is bounded, so that no line takes long. */
const CODE = /\bcode\\?"? {0,4}[:=]? {0,4}"?(\d{3,5})\b/g;

/** The markers that a line has, and where the first text or code of each stands. */
export const markersIn = (line: string): readonly { readonly name: string; readonly at: number }[] => {
  const lower = line.toLowerCase();
  const codes = new Map<number, number>();
  if (lower.includes('code'))
    for (const { 1: code = '', index } of lower.matchAll(CODE)) codes.set(Number(code), index);
  const families = new Set<string>();
  return MARKERS.flatMap(({ name, any, codes: own = [], family }) => {
    if (family && families.has(family)) return [];
    const texts = any.find((all) => all.every((text) => lower.includes(text)));
    const code = own.find((one) => codes.has(one));
    const at = texts ? lower.indexOf(texts[0] ?? '') : code === undefined ? undefined : codes.get(code);
    if (at === undefined) return [];
    if (family) families.add(family);
    return [{ name, at }];
  });
};
