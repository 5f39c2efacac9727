/** How far two texts are the same, in characters. */
const sameUpTo = (one: string, other: string): number => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
};

const LABEL = /\[[a-z.]{2,20}-[a-z2-7]{8}\]/;

/**
 * A line before and after, cut to what stands around its first change: a document of one line shows what became of it, and not its
 * first words alone. A line that fits stays whole; where nothing is known of the line before, its first label is looked for.
 */
export const excerptOf = <Before extends string | null>(
  before: Before,
  after: string,
  most: number,
): { readonly before: Before; readonly after: string } => {
  const at = before === null ? Math.max(0, after.search(LABEL)) : sameUpTo(before, after);
  const from = Math.max(after.length, before?.length ?? 0) <= most ? 0 : Math.max(0, at - Math.floor(most / 3));
  const cut = (text: string): string =>
    from === 0 ? text.slice(0, most) : `…${text.slice(from, from + most - 1).replace(/^[\udc00-\udfff]/, '')}`;
  return { before: (before === null ? null : cut(before)) as Before, after: cut(after) };
};
