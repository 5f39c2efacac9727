/** One value that must not be found any more, in the form of ../shared/samples/secrets/truth.json. */
export type Secret = {
  readonly id: string;
  readonly class: string;
  /** 1 a credential, 2 personal, 3 network. */
  readonly tier: 1 | 2 | 3;
  readonly file: string;
  readonly canary: string;
  readonly needles: readonly string[];
  readonly match: Match;
  readonly encoding: string;
  readonly note: string;
  readonly hard?: true;
  readonly must_redact: true;
};

/** How a needle is looked for: as it is, without regard to case, or not inside a longer number or address. */
export type Match = 'exact' | 'ci' | 'digits' | 'ip';

/** One harmless value that must be found still. */
type Decoy = {
  readonly id: string;
  readonly class: string;
  readonly file: string;
  readonly value: string;
  readonly match: 'exact';
  readonly hard?: true;
  readonly must_keep: true;
};

export type Truth = {
  readonly style: string;
  readonly about: string;
  readonly files: number;
  readonly secrets: readonly Secret[];
  readonly decoys: readonly Decoy[];
};

/** Files by path, and what was planted in them. */
export type Corpus = { readonly files: ReadonlyMap<string, Uint8Array>; readonly truth: Truth };

const TIER_TWO = new Set([
  ...['email', 'message_body', 'person_name', 'postal_address', 'wa_id', 'wamid_phone'],
  ...['phone_e164', 'phone_formatted', 'phone_in_filename', 'phone_plain'],
]);
const TIER_THREE = new Set(['hostname', 'ipv4_private', 'ipv4_public', 'ipv6', 'mac']);

/** The tier of a class; what is neither of a person nor of a network opens something. */
const tierOf = (name: string): 1 | 2 | 3 => (TIER_TWO.has(name) ? 2 : TIER_THREE.has(name) ? 3 : 1);

/** How a planted value may be told apart: none of it is needed for a plain one. */
export type Way = {
  readonly needles?: readonly string[];
  readonly match?: Match;
  readonly encoding?: string;
  readonly hard?: boolean;
};

/** Takes what is planted and gives it back, to be written where it stands. */
export type Ledger = {
  readonly secret: (file: string, name: string, canary: string, way?: Way) => string;
  readonly decoy: (file: string, name: string, value: string, hard?: boolean) => string;
  /** Draws again until the value was not handed out before: a value found stands for one planting alone. */
  readonly fresh: (make: () => string) => string;
  readonly secrets: readonly Secret[];
  readonly decoys: readonly Decoy[];
};

/** An empty ledger. */
export const ledger = (): Ledger => {
  const secrets: Secret[] = [];
  const decoys: Decoy[] = [];
  const taken = new Set<string>();
  return {
    secrets,
    decoys,
    fresh(make) {
      for (;;) {
        const value = make();
        if (taken.has(value)) continue;
        taken.add(value);
        return value;
      }
    },
    secret(file, name, canary, way = {}) {
      secrets.push({
        id: `S${String(secrets.length + 1).padStart(4, '0')}`,
        ...{ class: name, tier: tierOf(name), file, canary, needles: way.needles ?? [canary] },
        ...{ match: way.match ?? 'exact', encoding: way.encoding ?? 'plain', note: '' },
        ...(way.hard ? { hard: true as const } : {}),
        must_redact: true,
      });
      return canary;
    },
    decoy(file, name, value, hard = false) {
      decoys.push({
        id: `D${String(decoys.length + 1).padStart(4, '0')}`,
        ...{ class: name, file, value, match: 'exact' as const },
        ...(hard ? { hard: true as const } : {}),
        must_keep: true,
      });
      return value;
    },
  };
};
