import * as z from 'zod/mini';
import type { Waiver } from './model.ts';
import { firstWrong } from './schema-words.ts';
import { didYouMean, UsageError } from './usage-error.ts';
import { parseYaml } from './yaml.ts';

const waiverFile = z.array(
  z.strictObject({
    id: z.string(),
    reason: z.string().check(z.minLength(1)),
    until: z.iso.date(),
    by: z.string().check(z.minLength(1)),
  }),
);

/** Reads a waiver file. Each waiver names a check, a reason, a last day and a person; an expired one no longer counts. */
export const readWaivers = (
  text: string,
  name: string,
  ids: readonly string[],
  today: string,
): ReadonlyMap<string, Waiver> => {
  const read = waiverFile.safeParse(parseYaml(text, name));
  if (!read.success) {
    const { at, words } = firstWrong(read.error);
    throw new UsageError(`${name} at ${at || 'its top'}: ${words}`);
  }
  for (const { id } of read.data)
    if (!ids.includes(id)) throw new UsageError(`${name}: there is no check "${id}"${didYouMean(id, ids)}`);
  const twice = read.data.find(({ id }, at) => read.data.findIndex((other) => other.id === id) < at);
  if (twice) throw new UsageError(`${name}: ${twice.id} is waived twice`);
  const valid = read.data.filter((waiver) => waiver.until >= today);
  return new Map(valid.map(({ id, ...waiver }) => [id, waiver]));
};
