/** A time as the client writes it, in UTC with or without a zone, as ms since the epoch; null where it is none. */
export const utcOf = (text: string | null): number | null => {
  if (text === null || !/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const whole = text
    .trim()
    .replace(/^(\S+) (\d\d:)/, '$1T$2')
    .replace(/ ?(?:UTC|GMT)$/i, 'Z')
    .replace(/(:[\d.]+[+-]\d\d)$/, '$1:00');
  const zoned = !whole.includes('T') || /(Z|[+-]\d\d:?\d\d)$/i.test(whole) ? whole : `${whole}Z`;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? null : ms;
};

/** The day of a time, in UTC: "2025-10-23". */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
