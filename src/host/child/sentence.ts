import { codeOf } from '../../error-code.ts';

const MEANINGS: Record<string, string> = {
  EACCES: 'permission denied',
  EDQUOT: 'the quota is used up',
  EIO: 'the disk reported an input/output error',
  ELOOP: 'too many symbolic links',
  ENOSPC: 'no space is left there',
  ENOTCONN: 'the file system behind it is not connected',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ESTALE: 'the server no longer knows it',
  ETIMEDOUT: 'the server behind it did not answer',
};

/** An error in one sentence; what the system means by its codes in words. */
export const sentenceOf = (error: unknown): string => {
  const code = codeOf(error);
  const meaning = code === null ? undefined : MEANINGS[code];
  if (meaning && error instanceof Error) {
    const path = 'path' in error && error.path ? ` at ${String(error.path)}` : '';
    return `${meaning}${path} (${'syscall' in error ? `${String(error.syscall)}: ` : ''}${code})`;
  }
  return error instanceof Error ? error.message : String(error);
};
