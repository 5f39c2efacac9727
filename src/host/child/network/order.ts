import type { ConnectionFailure } from '../../answers/connection.ts';
import type { NetworkAnswers } from '../../answers/network.ts';

/** A container whose network the child stands in: its first process, and its full id. */
export type From = { readonly pid: number; readonly id: string };

/** A host and its ports to be tried. No secret is among it. */
export type ReachLook = {
  readonly what: 'reach';
  readonly host: string;
  /** Such as "443/tls" or "5222/tcp". */
  readonly ports: readonly string[];
  /** Certificates of an authority, PEM, that may vouch in place of this machine's own store, and its name. */
  readonly authority: { readonly by: string; readonly certificates: readonly string[] } | null;
};

/** One thing to look at. */
export type Look = ReachLook | { readonly what: 'dns'; readonly host: string };

/** How long a name may take to resolve, a step after it to pass, and one look as a whole, ms. */
export type Limits = { readonly name: number; readonly step: number; readonly whole: number };

/** What a child is told to look at, all of it at the same time; null: from the network of this host. */
export type LookOrder = { readonly from: From | null; readonly looks: readonly Look[]; readonly limits: Limits };

/** What came of each look, in their order. */
export type Reached = Omit<NetworkAnswers['reach'], 'skipped' | 'container'>;
export type Timed = Omit<NetworkAnswers['dns'], 'skipped' | 'container'>;

/** Why a step did not pass, before its step is known. */
export type Fault = Omit<ConnectionFailure, 'step'>;
