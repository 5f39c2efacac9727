/** A file that cannot be cleaned, and so cannot leave: its message is the sentence of the stub that stands in its place. */
export class Uncleanable extends Error {
  override readonly name = 'Uncleanable';
}
