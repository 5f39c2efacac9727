import { nameBook } from './names.ts';

/** Holds the names of an archive that is written to the rules of those that are read; gives their bytes. Throws for a wrong one. */
export const nameKeeper = (): ((path: string) => Buffer) => {
  const book = nameBook();
  return (path) => {
    const fault = book.enter(path, 'file');
    if (fault) throw new Error(`an archive of ours cannot hold it: ${fault}`);
    return Buffer.from(path);
  };
};
