import { extname } from 'node:path';
import { type Format, templates } from '../../report-templates/index.ts';
import type { Report } from '../model.ts';
import { writeFile } from './output.ts';

const BY_ENDING: Readonly<Record<string, Format>> = { '.json': 'json', '.md': 'markdown', '.txt': 'plain' };

/** Saves a report under a name whose ending (.json, .md or .txt) decides the format. */
export const saveReport = async (report: Report, path: string): Promise<void> => {
  const format = BY_ENDING[extname(path).toLowerCase()];
  if (!format) throw new Error(`no format is known for ${path}`);
  const template = await templates[format]();
  await writeFile(path, template.write(report, { color: false, ascii: false, width: 100, verbose: true }));
};
