/** The title of a test that may be skipped: it holds the reason, which is shown at the end of a run. */
export const titled = (title: string, reason: string | null): string =>
  reason === null ? title : `${title} (skipped: ${reason})`;
