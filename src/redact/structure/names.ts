import type { RuleName, Tier } from '../rule.ts';
import type { Meaning } from './words.ts';

const named = (id: string, tier: Tier, kind: string): RuleName => ({ id, tier, kind });

const credentials = new Map<string, RuleName>();

/** The rule under which a credential behind a name is counted. */
export const credentialRule = (kind: string): RuleName => {
  const held = credentials.get(kind);
  if (held) return held;
  const made = named(`credential.${kind}`, 'credential', kind);
  credentials.set(kind, made);
  return made;
};

export const PHONE: RuleName = named('personal.phone', 'personal', 'phone');
export const EMAIL: RuleName = named('personal.email', 'personal', 'email');
export const PERSON: RuleName = named('personal.name', 'personal', 'name');
export const ADDRESS: RuleName = named('personal.address', 'personal', 'address');
export const HOST: RuleName = named('network.host', 'network', 'host');
export const IP: RuleName = named('network.ip', 'network', 'ip');
/** An address as the kernel's own tables write it. */
export const HEX_IP: RuleName = named('network.ip', 'network', 'ip in hex');
export const MAC: RuleName = named('network.mac', 'network', 'mac');

/** A message body under the name of what held it: only type and length are told. */
export const bodyRule = (type = 'text'): RuleName =>
  named('personal.message-body', 'personal', `body: ${/^[a-z]{1,20}$/.test(type) ? type : 'text'}`);

/** The type that the label of a body tells, by the name that the body stands behind. */
export const bodyTypeOf = (words: string): string => (/caption/i.test(words) ? 'caption' : 'text');

export type CredentialMeaning = Extract<Meaning, { is: 'credential' }>;
