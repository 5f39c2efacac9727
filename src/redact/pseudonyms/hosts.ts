import { type Keyed, mark } from './keyed.ts';

/** The shape of our own names of hosts, so that a second look does not rename them again. */
export const OWN_HOST = /^(?:host-[a-z2-7]{8}|(?:host-[a-z2-7]{8}\.)?domain-[a-z2-7]{8}\.example)$/i;

// How many labels at the end of a name a registry gives out.
const suffixOf = (labels: readonly string[]) =>
  labels.length > 2 &&
  /^(?:ac|co|com|edu|go|gov|in|ne|net|or|org)$/.test(labels.at(-2) ?? '') &&
  labels.at(-1)?.length === 2
    ? 3
    : 2;

/**
 * A name of a host for another that resolves nowhere: the same host under its short name and its full one shares the first label, and
 * names of one domain share theirs. A domain alone gets a domain alone.
 */
export const hostPseudonyms =
  (keyed: Keyed) =>
  (name: string): string => {
    const labels = name.toLowerCase().replace(/\.$/, '').split('.');
    const domain = (of: readonly string[]) => `domain-${mark(keyed(`domain/${of.join('.')}`))}.example`;
    if (labels.length === 1) return `host-${mark(keyed(`host/${labels[0]}`))}`;
    if (labels.length <= suffixOf(labels)) return domain(labels);
    // The short name may have been taken out of the full one before.
    const [first = ''] = labels;
    return `${OWN_HOST.test(first) ? first : `host-${mark(keyed(`host/${first}`))}`}.${domain(labels.slice(1))}`;
  };
