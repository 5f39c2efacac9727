import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../error-code.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** No JSON file that this tool reads is larger: with all that is made of it, it fits into the memory that the tool may take. */
export const MOST_JSON = 32 * 1024 * 1024;

const WHY: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link',
};

/** Why a file cannot be read, as the end of a sentence. */
export const whyUnread = (error: unknown): string => {
  const code = codeOf(error) ?? '';
  return WHY[code] ?? (code || 'it cannot be read');
};

/** The bytes of a plain file, as many as it has; a usage error where it is none, or holds more than `most`. */
const readPlain = async (file: FileHandle, shown: string, most = MOST_JSON): Promise<Buffer> => {
  const stat = await file.stat();
  if (!stat.isFile()) throw new UsageError(`${shown}: it is not a file`);
  if (stat.size > most) throw new UsageError(`${shown}: it is larger than ${most / 2 ** 20} MiB`);
  return file.readFile();
};

/** A file that a person named, or one in a folder that a person named (`flags`: no link there is followed). */
export const readBytes = async (path: string, shown: string, flags = 0): Promise<Buffer> => {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | flags);
    try {
      return await readPlain(file, oneLine(shown));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${oneLine(shown)}: ${whyUnread(error)}`);
  }
};

/** The bytes of a stream that are at most `most`; null where there are more. */
export const gathered = async (chunks: AsyncIterable<Uint8Array>, most = MOST_JSON): Promise<Buffer | null> => {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) return null;
    kept.push(chunk);
  }
  return Buffer.concat(kept, size);
};
