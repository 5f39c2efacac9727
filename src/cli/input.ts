import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { tooDeep } from '../depth.ts';
import { codeOf } from '../error-code.ts';
import { type Recording, recordingSchema } from '../host/evidence.ts';
import { oneLine } from '../printable.ts';
import { firstWrong } from '../schema-words.ts';
import { UsageError } from '../usage-error.ts';

/** No file that a person gives is larger. */
const MOST = 64 * 1024 * 1024;

const WHY: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};

/** Text of a file that was named on the command line; a usage error where it cannot be read. `-` is refused. */
export const readInput = async (path: string, option: string): Promise<string> => {
  const shown = oneLine(path);
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new UsageError(`${option} ${shown}: it is not a file`);
      if (stat.size > MOST) throw new UsageError(`${option} ${shown}: it is larger than ${MOST / 2 ** 20} MiB`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = codeOf(error) ?? '';
    throw new UsageError(`${option} ${shown}: ${WHY[code] ?? (code || 'it cannot be read')}`);
  }
};

const jsonOf = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new UsageError(`${name}: it is not JSON`);
  }
};

/** The JSON of a file that was named on the command line. */
export const readJson = async (path: string, option: string): Promise<unknown> => {
  const text = await readInput(path, option);
  const json = jsonOf(text, `${option} ${oneLine(path)}`);
  if (tooDeep(json)) throw new UsageError(`${option} ${oneLine(path)}: it is nested deeper than any file of this tool`);
  return json;
};

/** The recording in a file. */
export const readRecording = async (path: string): Promise<Recording> => {
  const read = recordingSchema.safeParse(await readJson(path, '--from'));
  if (read.success) return read.data;
  const { at, words } = firstWrong(read.error);
  const where = at && ` at ${oneLine(at)}`;
  throw new UsageError(`--from ${oneLine(path)}: it is not a recording of this tool${where} (${words})`);
};
