import { readBytes } from '../bundle/document.ts';
import { oneLine } from '../printable.ts';

/** Text of a file that was named on the command line; a usage error where it cannot be read. `-` is refused. */
export const readInput = async (path: string, option: string): Promise<string> =>
  (await readBytes(path, `${option} ${oneLine(path)}`)).toString('utf8');
