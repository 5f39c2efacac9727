import { lstat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Format, templates } from '../../report-templates/index.ts';
import type { Report } from '../model.ts';
import { oneLine } from '../printable.ts';
import { OutputError, writeFile } from './output.ts';

const BY_ENDING: Readonly<Record<string, Format>> = { '.json': 'json', '.md': 'markdown', '.txt': 'plain' };

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    (stat) => stat.isFile() || stat.isSymbolicLink(),
    () => false,
  );

/** Saves a report under a name whose ending (.json, .md or .txt) decides the format; over a file that is there only where `replace` says so. */
export const saveReport = async (report: Report, path: string, replace: boolean): Promise<void> => {
  const format = BY_ENDING[extname(path).toLowerCase()];
  if (!format) throw new Error(`no format is known for ${path}`);
  if (!replace && (await isThere(path)))
    throw new OutputError(`${oneLine(path)} is there already; s, then enter replaces it`);
  const template = await templates[format]();
  await writeFile(path, template.write(report, { color: false, ascii: false, width: 100, verbose: true }));
};
