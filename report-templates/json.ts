import { refuseIncomplete } from '../src/complete.ts';
import type { Report } from '../src/model.ts';

/** The canonical report: one JSON document and a newline, the same bytes for the same report. */
export const write = (report: Report): string => {
  refuseIncomplete(report);
  const { pending: _none, ...written } = report;
  return `${JSON.stringify(written, null, 2)}\n`;
};
