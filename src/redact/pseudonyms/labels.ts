import type { RuleName } from '../rule.ts';
import { hexPseudonym } from './hex.ts';
import { hostPseudonyms, OWN_HOST } from './hosts.ts';
import { ipv4Pseudonyms, isPlainIpv4, readIpv4 } from './ipv4.ts';
import { ipv6Pseudonyms, isMappedIpv4, isPlainIpv6, readIpv6, writeIpv6 } from './ipv6.ts';
import { type Keyed, keyedBy, mark, remembered } from './keyed.ts';

/** What stands in the place of a value; the same for the same value as long as the key is the same. */
export type Labels = (rule: RuleName, value: string) => string;

/** A label of ours, so that what is labelled once is not labelled again. */
const OWN_LABEL = /^\[(?:[a-z0-9-]{1,40}-[a-z2-7]{8}|body: [a-z -]{1,30}, \d{1,9} characters)\](?![A-Za-z0-9+/=])/;
export const isLabel = (text: string): boolean => OWN_LABEL.test(text) || OWN_HOST.test(text);

const macOf = (keyed: Keyed, value: string): string => {
  const digits = value.replace(/[^0-9a-f]/gi, '').toLowerCase();
  const bytes = keyed(`mac/${digits}`).subarray(0, 6);
  // Locally administered, and of one machine: IEEE 802, the two lowest bits of the first byte.
  const hex = Buffer.from([((bytes[0] ?? 0) & 0xfc) | 2, ...bytes.subarray(1)]).toString('hex');
  let at = 0;
  const moved = value.replace(/[0-9a-f]/gi, () => hex[at++] ?? '0');
  return /[A-F]/.test(value) ? moved.toUpperCase() : moved;
};

const addressesOf = (keyed: Keyed) => {
  const [four, six] = [ipv4Pseudonyms(keyed), ipv6Pseudonyms(keyed)];
  return (value: string): string => {
    if (/^(?:[0-9a-f]{8}|[0-9a-f]{32})$/i.test(value)) return hexPseudonym(value, four, six);
    const dotted = readIpv4(value);
    if (dotted) return isPlainIpv4(dotted) ? value : four(dotted).join('.');
    const bytes = readIpv6(value);
    if (!bytes || isPlainIpv6(bytes)) return value;
    if (!isMappedIpv4(bytes)) return writeIpv6(six(bytes));
    const mapped = bytes.slice(12);
    return `::ffff:${(isPlainIpv4(mapped) ? mapped : four(mapped)).join('.')}`;
  };
};

const characters = (value: string): number => {
  const text = Buffer.from(value, 'latin1').toString('utf8');
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

// Spellings of one thing are one value: digits of a phone number, an e-mail address in any case.
const sameOf = (kind: string, value: string): string => {
  if (kind === 'phone') return value.replace(/\D/g, '').replace(/^0+/, '');
  return kind === 'email' || kind === 'name' ? value.toLowerCase().trim() : value;
};

/**
 * The labels of one bundle. A credential's says nothing of its length or its bytes; a message body's says its type and its length;
 * an address, a MAC or a name of a host becomes another one that is valid. With `keepNetwork` those stay. `onLabel` hears of each
 * pair, for a map that is kept at home; it may hear of a pair more than once.
 */
export const labelsOf = (
  key: Uint8Array,
  keepNetwork: boolean,
  onLabel: (label: string, value: string) => void = () => {},
): Labels => {
  const keyed = keyedBy(key);
  const address = remembered(addressesOf(keyed));
  const host = remembered(hostPseudonyms(keyed));
  const marked = remembered((text: string) => mark(keyed(text)));
  const labelOf = ({ kind, tier }: RuleName, value: string): string => {
    if (kind.startsWith('body')) return `[${kind}, ${characters(value)} characters]`;
    if (tier !== 'network') return `[${kind}-${marked(`${kind}/${sameOf(kind, value)}`)}]`;
    if (kind.startsWith('ip')) return address(value);
    if (kind === 'mac') return macOf(keyed, value);
    return kind === 'host' ? host(value) : `[${kind}-${marked(`${kind}/${value}`)}]`;
  };
  return (rule, value) => {
    if ((rule.tier === 'network' && keepNetwork) || isLabel(value)) return value;
    const label = labelOf(rule, value);
    if (label !== value) onLabel(label, value);
    return label;
  };
};
