/** What is left of a bundle, while it is being filled by priority. */
export type Room = {
  /** Whether a file of so many bytes, packed to so many, still finds room. */
  readonly fits: (file: { readonly bytes: number; readonly packed: number }) => boolean;
  /** Takes the room of a file that went in. */
  readonly take: (file: { readonly bytes: number; readonly packed: number }) => void;
  /** Whether there is any room worth asking a source for. */
  readonly isFull: () => boolean;
};

/** What an archive needs for a member beside its bytes: headers and names, of either kind, bytes. */
export const OVERHEAD = 1600;

/** Less than this is left to nobody. */
const SCRAP = 4096;

/**
 * The room of a bundle: `bytes` raw in all, `packed` in one file of it, of which there is one (`single`) or as many as are needed.
 */
export const roomOf = ({
  bytes,
  packed,
  single,
}: {
  readonly bytes: number;
  readonly packed: number;
  readonly single: boolean;
}): Room => {
  const left = { bytes, packed };
  return {
    fits: (file) => file.bytes <= left.bytes && file.packed + OVERHEAD <= left.packed,
    take: (file) => {
      left.bytes -= file.bytes;
      if (single) left.packed -= file.packed + OVERHEAD;
    },
    isFull: () => left.bytes < SCRAP || left.packed < OVERHEAD + SCRAP,
  };
};
