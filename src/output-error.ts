import { codeOf } from './error-code.ts';

/** An output that could not be written: exit 74. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

const WHY: Record<string, string> = {
  EACCES: 'permission denied',
  EDQUOT: 'the quota is used up',
  EEXIST: 'there is such a file already, and it is kept',
  EFBIG: 'the file system takes no file as large as that',
  EIO: 'the disk reported an input/output error',
  EISDIR: 'it is a folder',
  ELOOP: 'there are too many symbolic links on the way',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'the folder does not exist',
  ENOSPC: 'no space is left there',
  ENOTDIR: 'what should be its folder is a file',
  EPERM: 'it is not permitted',
  EROFS: 'the file system is read-only',
  ESTALE: 'the file server no longer knows the folder',
};

/** Why something was not written, in words that follow a colon. */
export const whyNotWritten = (error: unknown): string => {
  const code = codeOf(error);
  return code === null ? String(error) : (WHY[code] ?? code);
};
