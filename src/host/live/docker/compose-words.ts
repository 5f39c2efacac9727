// Plain words of a Compose file's values, whatever form they are written in.

/** A value as a map; empty where it is none. */
export const mapOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A value as a list; a single one is a list of one. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : [value].flat();

/** A value as a text; empty where it is neither text, number nor flag. */
export const textOf = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';

/** Keys of a map, or what stands before the first mark in the entries of a list: "db:172.17.0.1" is "db". */
export const keysOf = (value: unknown, mark: RegExp): readonly string[] =>
  Array.isArray(value) ? value.map((entry) => textOf(entry).split(mark)[0] ?? '') : Object.keys(mapOf(value));
