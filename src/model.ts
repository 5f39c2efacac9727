// The vocabulary of the tool. Imports nothing, decides little: what every other file talks about.

/** What JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What an observation came to, from good to bad. `unknown` = looked and could not find out: never a pass, never a fail. */
export const OUTCOMES = ['pass', 'skip', 'warn', 'unknown', 'fail'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How binding a requirement is. Only the vendor's own words make a check `required`; `advice` is at most a `warn`. */
export const LEVELS = ['required', 'recommended', 'advice'] as const;
export type Level = (typeof LEVELS)[number];

/** Where a limit comes from: a number in the vendor's documents, the vendor's words with our number, or our own advice. */
export const ORIGINS = ['vendor-number', 'vendor-text', 'our-advice'] as const;
export type Origin = (typeof ORIGINS)[number];

/** When a check is asked: before the product is installed, or on the installed product. */
export const PHASES = ['before', 'after'] as const;
export type Phase = (typeof PHASES)[number];

export const PROFILES = ['production', 'development'] as const;
export type Profile = (typeof PROFILES)[number];

/** The deployment shapes of the vendor's compose files: one host for all, or several Coreapps with masters. */
export const SHAPES = ['single', 'multiconnect'] as const;
export type Shape = (typeof SHAPES)[number];

/** One thing learned, in words that a stranger can act on. */
export type Finding = {
  readonly outcome: Outcome;
  readonly subject?: string;
  readonly message: string;
  readonly remedy?: string;
  readonly link?: string;
};

/** The figure that a check measured, beside all that was measured as data. Base units: bytes, milliseconds. */
export type Measured = {
  readonly value: number | string | boolean | null;
  readonly unit?: string;
  readonly stat?: string;
  readonly display: string;
  readonly [data: string]: Json | undefined;
};

/** The limit that a figure is held against. */
export type Limit = {
  readonly op: '>=' | '<=' | '=' | 'in' | 'is';
  readonly value: Json;
  readonly unit?: string;
  readonly stat?: string;
  readonly display: string;
};
export type Required = Limit & { readonly origin: Origin };

/** The clause that a requirement stands in. `says` is the clause in our own words. */
export type Source = {
  readonly document: string;
  readonly clause: string;
  readonly says: string;
  readonly link?: string;
  readonly checkedOn: string;
};

export type Waiver = { readonly reason: string; readonly until: string; readonly by: string };

/** What one check came to. `message` is the worst finding's. */
export type Result = {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly phase: Phase;
  readonly level: Level;
  readonly outcome: Outcome;
  readonly waived?: Waiver;
  readonly message: string;
  readonly measured?: Measured;
  readonly required?: Required;
  readonly findings: readonly Finding[];
  readonly reason?: string;
  readonly source?: Source;
  readonly durationMs: number;
};

/** A planned check that has no result yet. `asking` is the question it waits for, `progress` runs from 0 to 1. */
export type Pending = {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly required?: Required;
  readonly state: 'waiting' | 'running';
  readonly asking?: string;
  readonly progress?: number;
  readonly note?: string;
};

export type RunOutcome = 'ready' | 'ready-with-warnings' | 'not-ready' | 'not-proven';

export type Lifecycle = {
  readonly status: 'ended' | 'supported';
  readonly endedOn: string;
  readonly message: string;
  readonly source: Source;
};

/** Whose figures the report holds. */
export type HostIdentity = {
  readonly name: string;
  readonly os: string;
  readonly kernel: string;
  readonly arch: string;
  readonly virtualization: string;
};

export type Summary = Readonly<Record<Outcome | 'waived', number>>;

export type Report = {
  readonly $schema: string;
  readonly schemaVersion: string;
  readonly kind: 'HostReport';
  readonly tool: { readonly name: string; readonly version: string };
  readonly spec: { readonly name: string; readonly version: string; readonly checkedOn: string };
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly outcome: RunOutcome;
    readonly exitCode: number;
    readonly profile: Profile;
    readonly phase: string;
    readonly shape: Shape;
    readonly privileged: boolean;
    readonly strict: boolean;
    readonly replayed: boolean;
    readonly interrupted?: string;
    readonly planned: readonly string[];
  };
  readonly lifecycle: Lifecycle;
  readonly host: HostIdentity;
  readonly summary: Summary;
  readonly checks: readonly Result[];
  readonly pending: readonly Pending[];
};

/** The worst of some outcomes; a check that found nothing at all is `unknown`. */
export const worst = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce<Outcome | undefined>(
    (a, b) => (a !== undefined && OUTCOMES.indexOf(a) >= OUTCOMES.indexOf(b) ? a : b),
    undefined,
  ) ?? 'unknown';
