/** What exit codes mean that the kernel or Docker gives: 128 and the number of a signal, or Docker's own. */
const MEANINGS: Readonly<Record<number, string>> = {
  126: 'its command cannot be executed',
  127: 'its command is not there',
  128: 'Docker could not start it',
  130: 'it was interrupted',
  132: 'it ended on an instruction that this processor does not know',
  134: 'it crashed (aborted by itself)',
  137: 'it was killed: by someone, by a stop that took too long, or by the kernel for want of memory on the host',
  139: 'it crashed (invalid memory access)',
  143: 'it was asked to end',
};

/** How a container ended, in words that follow its exit code: "exit code 137: ...". */
export const exitWords = (exitCode: number, oomKilled: boolean, isCoreapp: boolean): string => {
  const plain =
    exitCode === 1 && isCoreapp ? 'most often it could not use its database: see database.connect and its log' : null;
  const meaning = oomKilled ? 'the kernel killed it for want of memory' : (MEANINGS[exitCode] ?? plain);
  return `exit code ${exitCode}${meaning ? `: ${meaning}` : ''}`;
};
