import type * as z from 'zod/mini';
import type { Host } from './host/host.ts';
import type { Finding, Json, Limit, Measured, Phase } from './model.ts';

type Judged = Finding | readonly Finding[];

/** One check: it first measures (looks, never judges) and then judges (never looks: pure). */
export interface Check<Requirement, Measurement extends { readonly [key: string]: Json }> {
  /** Dotted, lower case, permanent: `group.name`. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly phase: Phase;
  /** The shape of this check's `value` in the spec. */
  readonly requirement: z.ZodMiniType<Requirement>;
  /** Ids of checks above it in the list; unless all of them pass or warn, this one is `skip` and names the one that did not. */
  readonly needs?: readonly string[];
  /** One sentence for `explain`: what is looked at or touched on the host. */
  readonly touches: string;
  /** What it writes or loads on the host, if it does: `--quick` leaves such checks out. */
  readonly writes?: string;
  /** The option without which it is not asked: it does more than looking. */
  readonly optIn?: string;
  /** It connects to hosts beyond this one, the database and the API that were given: `--offline` leaves such checks out. */
  readonly outbound?: boolean;
  /** What to do when it fails, in general, for `explain` and the docs; the remedy of a finding fits its host. */
  readonly remedy: string;
  /** The limit as people read it; shown also where nothing could be measured. */
  limit(requirement: Requirement): Limit;
  measure(host: Host, requirement: Requirement): Promise<Measurement>;
  /** The figure as people read it. */
  figure(measured: Measurement, requirement: Requirement): Pick<Measured, 'value' | 'unit' | 'stat' | 'display'>;
  judge(measured: Measurement, requirement: Requirement): Judged;
  /** Whether what needs this check may be asked although it did not pass: what they need held, and something else did not. */
  holds?(measured: Measurement): boolean;
}

/** Any check, as the list of checks holds it: what goes in and comes out is closed over by its own types. */
export type AnyCheck = Check<unknown, { readonly [key: string]: Json }>;

/** Types a check by its own requirement schema and measurement. */
export const defineCheck = <Requirement, Measurement extends { readonly [key: string]: Json }>(
  check: Check<Requirement, Measurement>,
): AnyCheck => check as unknown as AnyCheck;

type Extra = Pick<Finding, 'subject' | 'remedy' | 'link'>;

const finding =
  (outcome: Finding['outcome']) =>
  (message: string, extra: Extra = {}): Finding => ({ outcome, message, ...extra });

export const pass = finding('pass');
export const warn = finding('warn');
export const unknown = finding('unknown');
/** Nothing to judge here: says why, and what would make it judged. */
export const skip = finding('skip');

/** What a measurement throws that has nothing to look at: its check is `skip`, and says this. */
export class Unasked extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(finding.message);
    this.finding = finding;
  }
}

/** A failure always names its remedy. */
export const fail = (message: string, extra: Extra & { readonly remedy: string }): Finding => ({
  outcome: 'fail',
  message,
  ...extra,
});
