import { readBytes } from '../bundle/document.ts';
import { oneLine } from '../printable.ts';
import { refuseHungInput } from './hung.ts';

/** Text of a file that was named on the command line; a usage error where it cannot be read. `-` is refused. */
export const readInput = async (path: string, option: string): Promise<string> => {
  const name = `${option} ${oneLine(path)}`;
  await refuseHungInput(path, name);
  return (await readBytes(path, name)).toString('utf8');
};
