import { readBytes } from '../bundle/document.ts';
import { parsedJson } from '../json-text.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Text of a file that was named on the command line; a usage error where it cannot be read. `-` is refused. */
export const readInput = async (path: string, option: string): Promise<string> =>
  (await readBytes(path, `${option} ${oneLine(path)}`)).toString('utf8');

/** The JSON of a file that was named on the command line. */
export const readJson = async (path: string, option: string): Promise<unknown> => {
  const shown = `${option} ${oneLine(path)}`;
  const read = parsedJson(await readBytes(path, shown));
  if ('wrong' in read) throw new UsageError(`${shown}: ${read.wrong}`);
  return read.json;
};
