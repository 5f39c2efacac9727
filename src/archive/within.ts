import { ArchiveError, type Limits } from './archive.ts';
import { shownName } from './names.ts';

const amount = (bytes: number): string => (bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : `${bytes} bytes`);

/** Counts what comes out of an archive against its limits. */
export type Ledger = {
  /** One more member; throws for one too many. */
  readonly member: () => void;
  /** Why a member of a stated size is not read; null where it may be. */
  readonly refuses: (name: string, bytes: number) => string | null;
  /** Bytes came out; throws where they are too many. */
  readonly took: (bytes: number) => void;
};

/** A new ledger: nothing came out yet. */
export const ledger = ({ members, memberBytes, totalBytes }: Limits): Ledger => {
  let count = 0;
  let total = 0;
  return {
    member: () => {
      count += 1;
      if (count > members) throw new ArchiveError(`it has more than ${members} members`);
    },
    refuses: (name, bytes) =>
      bytes > memberBytes ? `the member ${shownName(name)} is larger than ${amount(memberBytes)}` : null,
    took: (bytes) => {
      total += bytes;
      if (total > totalBytes) throw new ArchiveError(`its members are larger than ${amount(totalBytes)} together`);
    },
  };
};
