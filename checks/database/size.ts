import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { apart } from '../../src/units.ts';

const millions = (rows: number): string =>
  rows >= 1e6 ? `${(rows / 1e6).toFixed(1).replace(/\.0$/, '')} million rows` : `${rows} rows`;

/** How large the client's tables of messages and media have grown, by the catalogue's estimate. */
export const databaseSize = defineCheck({
  id: 'database.size',
  title: 'Database size',
  group: 'database',
  phase: 'after',
  needs: ['database.connect'],
  touches: 'Reads the estimated rows of tables named messages and media from the catalogue; nothing is counted.',
  remedy: "Run the client's garbage collection of messages and media.",
  requirement: z.strictObject({ maxRows: z.int().check(z.positive()) }),
  limit: ({ maxRows }) => ({
    op: '<=',
    value: maxRows,
    unit: '{row}',
    display: `<= ${millions(maxRows)} a table`,
  }),
  async measure(host) {
    await loginOf(host);
    const { tables, cut } = await host.database('size');
    return { tables: tables.toSorted((a, b) => b.rows - a.rows), cut };
  },
  figure: ({ tables: [largest] }) => ({
    value: largest?.rows ?? 0,
    unit: '{row}',
    display: largest ? `${millions(largest.rows)} in ${largest.database}.${largest.table}` : 'no such table',
  }),
  judge({ tables, cut }, { maxRows }) {
    const large = tables.filter(({ rows }) => rows > maxRows);
    if (large.length > 0)
      return large.map(({ database, table, rows }) => {
        const [is, due] = apart([rows, maxRows], millions, 'rows');
        return warn(`${database}.${table} has about ${is}; garbage collection is due above ${due}`, {
          subject: `${database}.${table}`,
          remedy: `Run the garbage collection of ${table} (services/${table === 'media' ? 'media' : 'message'}/gc), again until it stays below.`,
        });
      });
    if (cut)
      return unknown('There are more tables of messages and media than are read; those that were are small enough', {
        remedy: "Look at the others' size in the server's catalogue.",
      });
    const [largest] = tables;
    return pass(
      largest
        ? `The largest table, ${largest.database}.${largest.table}, has about ${millions(largest.rows)}`
        : 'There are no tables of messages and media yet',
    );
  },
});
