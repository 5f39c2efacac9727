/** Whether a value is a map of keys. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One value over another: maps are merged key by key, everything else is replaced. */
export const merged = (under: unknown, over: unknown): unknown => {
  if (over === undefined) return under;
  if (!isMap(under) || !isMap(over)) return over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, merged(under[key], over[key])]));
};
