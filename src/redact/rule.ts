// The vocabulary of redaction. Imports nothing.

/** What a value is to somebody else: it opens something, it tells of a person, or it tells of a network. */
const TIERS = ['credential', 'personal', 'network'] as const;
export type Tier = (typeof TIERS)[number];

/** How a file is read before patterns are: by its structure where it has one, else line by line. */
export const FORMS = ['json', 'yaml', 'env', 'log', 'text'] as const;
export type Form = (typeof FORMS)[number];

/** What was replaced, by rule; values are nowhere. `different` counts pseudonyms, as far as they can be told apart. */
export type Tally = Readonly<
  Record<string, { readonly tier: Tier; readonly found: number; readonly labels: readonly string[] }>
>;

/** Takes a value out of a text: counts it for a rule, and gives the label that stands in its place. */
export type Put = (rule: RuleName, value: string) => string;
export type RuleName = {
  readonly id: string;
  readonly tier: Tier /** What a label says: `[password]`. */;
  readonly kind: string;
};

/**
 * A pattern rule over a text that is latin1: one character for each byte, so that bad UTF-8 passes unharmed. Its time is linear in
 * the length of the text.
 */
export type Rule = RuleName & {
  /**
   * What the one pass over all bytes looks for: a text without any of these holds nothing for this rule. Literals, character
   * classes and counts only (`passw`, `[+][0-9]{7}`, `[0-9]{1,3}\.[0-9]`), matched without regard to case.
   */
  readonly triggers: readonly string[];
  readonly apply: (text: string, put: Put) => string;
};

/** A value that is secret on this host, wherever it stands: found in an environment, a Compose file, a DSN, a login. */
export type Literal = { readonly rule: RuleName; readonly value: string };

/** A rule of the operator's own (`--redact-rules`). */
export type OwnRule = { readonly id: string; readonly tier: Tier } & (
  | { readonly literal: string }
  | { readonly pattern: string }
  | { readonly key: string }
);

/** All that one bundle's redaction depends on; it can be handed to a worker thread. */
export type Terms = {
  /** 32 random bytes of this bundle alone, thrown away with it: pseudonyms cannot be traced back without. */
  readonly key: Uint8Array;
  readonly literals: readonly Literal[];
  readonly own: readonly OwnRule[];
  /** `--keep-network`: addresses and names of hosts stay as they are. */
  readonly keepNetwork: boolean;
  /** `--map`: what labels of persons and networks stand for is told beside what was cleaned. */
  readonly named?: boolean;
};

/** A label and the value that it stands for; never of a credential. */
export type Named = readonly (readonly [label: string, value: string])[];

/** Bytes that may leave, and what was taken out of them. */
type Cleaned = { readonly bytes: Uint8Array; readonly found: Tally; readonly named?: Named };

/** One redactor for every byte on its way into an archive. Throws where it cannot clean: such a file is left out. */
export type Redactor = {
  /** A whole file, or a block of lines of a log that begins and ends with a line. */
  readonly block: (bytes: Uint8Array, form: Form) => Cleaned;
  /** A name of a file or a host. */
  readonly name: (name: string) => string;
};
