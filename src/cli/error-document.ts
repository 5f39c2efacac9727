/** Whether the caller reads JSON, by the words alone: true also where they do not parse. */
export const wantsJson = (argv: readonly string[]): boolean =>
  argv.some(
    (word, at) => word === '--json' || word === '--format=json' || (word === '--format' && argv[at + 1] === 'json'),
  );

/** The one document on standard output where there is no report. */
export const errorDocument = (code: string, message: string): string =>
  `${JSON.stringify({ schemaVersion: '1.0', kind: 'Error', code, message })}\n`;
