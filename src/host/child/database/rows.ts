/** A row by the names of its columns, each value as the text that the server sent. */
export type Row = Readonly<Record<string, string | null>>;

/** Most rows that are kept of a reply. */
export const MOST_ROWS = 100;

/** Rows by name of rows by place. */
export const rowsOf = (
  columns: readonly string[],
  rows: readonly (readonly (string | Buffer | null)[])[],
): readonly Row[] =>
  rows
    .slice(0, MOST_ROWS)
    .map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]?.toString() ?? null])));
