/** Errors of Linux that Node has no name for. */
const UNNAMED: Record<number, string> = { [-116]: 'ESTALE', [-122]: 'EDQUOT' };

/** The code of a system error, such as ENOENT; null where it is none. */
export const codeOf = (error: unknown): string | null => {
  if (!(error instanceof Error && 'code' in error)) return null;
  return ('errno' in error && UNNAMED[Number(error.errno)]) || String(error.code);
};
