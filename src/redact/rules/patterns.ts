import type { Rule } from '../rule.ts';
import { postalAddresses } from './addresses.ts';
import { calls } from './calls.ts';
import { commandLines } from './command-lines.ts';
import { conversations } from './conversations.ts';
import { passwordHashes } from './hashes.ts';
import { hexAddresses } from './hex-addresses.ts';
import { formParts, markup } from './markup.ts';
import { named } from './named.ts';
import { hardwareAddresses, hostNames, ipv4Addresses, ipv6Addresses } from './network.ts';
import { privateKeys } from './pem.ts';
import { emails, jids, messageIds } from './personal.ts';
import { toldPhones, writtenPhones } from './phones.ts';
import { records, saidNames } from './records.ts';
import { sqlPasswords, sqlValues } from './sql.ts';
import { tables } from './tables.ts';
import { jsonWebTokens, markedKeys } from './tokens.ts';
import { toldSecrets } from './told.ts';
import { dataSources, pathTokens, urlLogins } from './urls.ts';

/**
 * The rules for text, in the order in which they run: what is told by structure before what is told by shape, and every rule that
 * gives a value of the same kind (a host for a host) last and once.
 */
export const PATTERNS: readonly Rule[] = [
  privateKeys,
  urlLogins,
  dataSources,
  pathTokens,
  sqlPasswords,
  sqlValues,
  passwordHashes,
  markup,
  formParts,
  tables,
  named,
  commandLines,
  calls,
  jsonWebTokens,
  markedKeys,
  toldSecrets,
  messageIds,
  jids,
  emails,
  conversations,
  writtenPhones,
  toldPhones,
  postalAddresses,
  records,
  saidNames,
  hostNames,
  hardwareAddresses,
  hexAddresses,
  ipv6Addresses,
  ipv4Addresses,
];
